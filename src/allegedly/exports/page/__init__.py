"""A reading as one self-contained page."""

from allegedly.exports.page.render import to_html

__all__ = ["to_html"]
