"""A reading leaves the program: ledger JSON, a terminal record, one self-contained page."""
