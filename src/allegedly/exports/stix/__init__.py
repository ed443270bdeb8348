"""STIX 2.1: documents as reports, sources as identities, claims as notes, decisions as opinions."""

from allegedly.exports.stix.writing import write

__all__ = ["write"]
