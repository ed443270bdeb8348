"""The further cases hold together; their texts are elsewhere."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent.parent / "benchmarks" / "annotated" / "cases"
PATHS = sorted(CASES.glob("*/*.json"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_case_names_only_its_own_members_and_claims(path: Path) -> None:
    case: dict[str, Any] = json.loads(path.read_text("utf-8"))
    members, known = set(case["members"]), {claim["id"] for claim in case["claims"]}
    assert len(members) == len(case["members"])
    assert not members & {*case["near_misses"], *case["ignore"]}
    assert {m["link"] for m in case["mentions"]} <= members
    assert {m["claim"] for m in case["mentions"]} == known
    assert {r["to"] for claim in case["claims"] for r in claim["relation"]} <= known
    assert set(chain.from_iterable(case["origins"])) <= members


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_case_keeps_offsets_and_no_words(path: Path) -> None:
    for mention in json.loads(path.read_text("utf-8"))["mentions"]:
        assert set(mention) == {"link", "claim", "words", "source_words"}
        for start, end in filter(None, (mention["words"], mention["source_words"])):
            assert 0 <= start < end


def test_some_may_be_looked_at_and_some_are_held_out() -> None:
    assert {path.parent.name for path in PATHS} == {"development", "held_out"}
