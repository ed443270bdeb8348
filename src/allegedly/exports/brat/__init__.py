"""brat standoff: a text and a file of annotations for each document, and the way back."""

from allegedly.exports.brat.reading import read
from allegedly.exports.brat.writing import write

__all__ = ["read", "write"]
