"""One row a claim: CSV and an Excel workbook for people, Parquet for programs."""
