"""Events across documents: which stories are about the same thing, by their words and time."""

from allegedly.linking.events.corpus import (
    Corpus,
    Encode,
    Story,
    counted_stories,
    keys_of,
    moment,
    together,
    usual,
)
from allegedly.linking.events.growing import (
    WITH_VECTORS,
    WITHOUT_VECTORS,
    Found,
    Grown,
    Settings,
    belonging,
    grow,
)
from allegedly.linking.events.suggesting import Suggested, suggest

__all__ = [
    "WITHOUT_VECTORS",
    "WITH_VECTORS",
    "Corpus",
    "Encode",
    "Found",
    "Grown",
    "Settings",
    "Story",
    "Suggested",
    "belonging",
    "counted_stories",
    "grow",
    "keys_of",
    "moment",
    "suggest",
    "together",
    "usual",
]
