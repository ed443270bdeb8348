"""The ledger JSON as an export; the format is spelt in the records, for the store writes it too."""

from allegedly.records.ledger_json import POLARITIES, SCHEMA, from_dict, to_dict

__all__ = ["POLARITIES", "SCHEMA", "from_dict", "to_dict"]
