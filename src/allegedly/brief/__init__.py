"""The brief: a case on one or two pages, every sentence built from records that it cites."""

from allegedly.brief.composing import compose
from allegedly.brief.material import Material
from allegedly.brief.parts import Brief, Reference, Section, Sentence
from allegedly.brief.rendering import to_html, to_json, to_markdown, to_text
from allegedly.brief.saying import called, plain
from allegedly.brief.standing import (
    CHANGES,
    QUESTIONS,
    Fact,
    amount_of,
    at_the_desk,
    counted,
    facts,
    span_of,
)

__all__ = [
    "CHANGES",
    "QUESTIONS",
    "Brief",
    "Fact",
    "Material",
    "Reference",
    "Section",
    "Sentence",
    "amount_of",
    "at_the_desk",
    "called",
    "compose",
    "counted",
    "facts",
    "plain",
    "span_of",
    "to_html",
    "to_json",
    "to_markdown",
    "to_text",
]
