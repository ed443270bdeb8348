"""Attributions become claims: act, form, modality, time, sources, assessments and silences."""

from allegedly.claims.read import read_claims

__all__ = ["read_claims"]
