"""Attributions become claims: act, form, modality, time, sources, assessments and silences."""

from allegedly.claims.probability import UNCALIBRATED, Calibration, calibration
from allegedly.claims.read import read_claims
from allegedly.claims.settings import settled

__all__ = ["UNCALIBRATED", "Calibration", "calibration", "read_claims", "settled"]
