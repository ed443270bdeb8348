"""Text as it really comes: capitals, lists, transcripts, times, marks left out."""

import pytest

from allegedly.pipeline import read_story
from allegedly.records import Reading, words


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "HARBOUR CHIEF DENIES TAKING MONEY\n\nThe harbour chief said the ledger was forged.",
            "The harbour chief",
            "the ledger was forged",
        ),
        (
            "'We will not pay,' the mayor said. 'It's the firm's fault,' she added.",
            "the mayor",
            "'We will not pay,'",
        ),
        (
            "“It is unsafe, said Dora Ilic, an engineer.\n\nThe bridge was closed on Tuesday.",
            "Dora Ilic, an engineer",
            "“It is unsafe",
        ),
        (
            "The inquiry found gaps:\n\n- Two guards warned that the wall was cracked\n- Etc",
            "Two guards",
            "that the wall was cracked",
        ),
        (
            "14:32 Police say two people have been arrested\n\n14:10 The gate is shut.",
            "Police",
            "two people have been arrested",
        ),
        (
            "SMIT: We never had the money.\nILIC: I disagree.\nSMIT: That is false.",
            "ILIC",
            "I disagree.",
        ),
    ],
)
def test_claims_of_rough_text(text: str, source: str, content: str) -> None:
    reading = read_story(text)
    assert isinstance(reading, Reading)
    found = [
        (words(text, c.sources[-1].spans), words(text, c.content).rstrip(","))
        for c in reading.claims
        if c.sources
    ]
    assert (source, content) in found
