"""The brief: a case on one or two pages, every sentence built from records that it cites."""

from allegedly.brief.accounts import Linked, Material
from allegedly.brief.composing import compose
from allegedly.brief.parts import Brief, Reference, Section, Sentence
from allegedly.brief.rendering import to_html, to_json, to_markdown, to_text

__all__ = [
    "Brief",
    "Linked",
    "Material",
    "Reference",
    "Section",
    "Sentence",
    "compose",
    "to_html",
    "to_json",
    "to_markdown",
    "to_text",
]
