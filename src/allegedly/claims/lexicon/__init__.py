"""Word lists by language, read from package data once and kept."""

from __future__ import annotations

from allegedly.claims.lexicon.cues import CueClass, CueLexicon, CueReading, cue_lexicon
from allegedly.claims.lexicon.phrases import Match, Phrases, Token, tokens
from allegedly.claims.lexicon.tables import table, word_lists

__all__ = [
    "CueClass",
    "CueLexicon",
    "CueReading",
    "Match",
    "Phrases",
    "Token",
    "cue_lexicon",
    "table",
    "tokens",
    "word_lists",
]
