"""Passages become attributions: spans, who belongs to what, and nesting."""

from allegedly.attributions.extract import extract

__all__ = ["extract"]
