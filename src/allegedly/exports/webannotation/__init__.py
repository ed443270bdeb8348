"""W3C Web Annotation: claims and decisions as annotations of a text, and the way back."""

from allegedly.exports.webannotation.reading import read
from allegedly.exports.webannotation.writing import write

__all__ = ["read", "write"]
