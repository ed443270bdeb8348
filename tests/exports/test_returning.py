"""What an annotator made of an export comes back as that person's decisions, or is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.exports.conftest import DOCUMENT, STORY, crossing, denial, formula

from allegedly import review
from allegedly.exports.formats import FORMATS, RETURNING, returned
from allegedly.exports.leaving import export
from allegedly.exports.returning import Annotated, Wanted, decide_all

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.store import Store

BO = Wanted(reviewer="bo", reason="read the story")


def taken(store: Store, name: str, path: Path, wanted: Wanted = BO) -> Annotated:
    return decide_all(store, returned(name, store.now, path), wanted, review.decide)


@pytest.fixture
def brat(sheep: Store, tmp_path: Path) -> Path:
    export(sheep.now, "brat", tmp_path / "brat")
    return tmp_path / "brat"


@pytest.fixture
def web(sheep: Store, tmp_path: Path) -> Path:
    export(sheep.now, "webannotation", tmp_path / "web.jsonld")
    return tmp_path / "web.jsonld"


@pytest.fixture
def jsonl(sheep: Store, tmp_path: Path) -> Path:
    export(sheep.now, "jsonl", tmp_path / "lines.jsonl")
    return tmp_path / "lines.jsonl"


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_bytes().decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_bytes(text.encode())


def ann(folder: Path) -> Path:
    return folder / f"{DOCUMENT}.ann"


def mark_of(folder: Path, claim: str) -> str:
    lines = ann(folder).read_text("utf-8").splitlines()
    [note] = [line for line in lines if line.startswith("#") and claim in line]
    return note.split("\t")[1].split()[1]


def items(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["first"]["items"]
    return found


def put(path: Path, annotations: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(annotations), "utf-8")


@pytest.mark.parametrize("name", RETURNING)
def test_what_nobody_touched_decides_nothing(name: str, sheep: Store, tmp_path: Path) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    export(sheep.now, name, target)
    head = sheep.now.head()
    done = taken(sheep, name, target)
    assert not done.refused
    assert not done.decided
    assert (done.unchanged, done.missing) == (6, 0)
    assert sheep.now.head() == head


@pytest.mark.parametrize("name", RETURNING)
def test_who_looked_at_everything_accepts_it(name: str, sheep: Store, tmp_path: Path) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    export(sheep.now, name, target)
    done = taken(sheep, name, target, Wanted(reviewer="bo", reason="all read", unchanged="accept"))
    assert done.decided == {"accept": 6}
    assert sheep.now.record(formula().id).stands.status == "accepted"


def test_brat_a_changed_attribute_is_a_correction(sheep: Store, brat: Path) -> None:
    mark = mark_of(brat, denial().id)
    edit(ann(brat), (f"Act {mark} deny", f"Act {mark} confirm"))
    done = taken(sheep, "brat", brat)
    assert (dict(done.decided), done.refused) == ({"correct": 1}, [])
    [word] = [w for w in sheep.now.decisions(denial().id) if w.reviewer == "bo"]
    assert (word.value, word.reason) == ({"act": "confirm"}, "read the story")
    assert sheep.now.record(denial().id).body["act"] == "deny"


def test_the_same_file_twice_adds_nothing(sheep: Store, brat: Path) -> None:
    mark = mark_of(brat, denial().id)
    edit(ann(brat), (f"Act {mark} deny", f"Act {mark} confirm"))
    with ann(brat).open("a", encoding="utf-8") as file:
        file.write(f"#99\tAnnotatorNotes {mark_of(brat, formula().id)}\tlooks like code\n")
    assert taken(sheep, "brat", brat).decided == {"correct": 1, "note": 1}
    head = sheep.now.head()
    assert taken(sheep, "brat", brat).known == 2
    assert sheep.now.head() == head


def test_brat_a_moved_span_a_verdict_and_a_note(sheep: Store, brat: Path) -> None:
    mark = mark_of(brat, formula().id)
    start = STORY.index("=cmd")
    lines = ann(brat).read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{mark}\t")]
    kept += [
        f"{mark}\tClaim {start} {start + 4}\t=cmd",
        f"A90\tVerdict {mark} reject",
        f"#90\tAnnotatorNotes {mark}\tcode, not speech",
    ]
    ann(brat).write_text("\n".join(kept), "utf-8")
    done = taken(sheep, "brat", brat)
    assert done.decided == {"correct": 1, "reject": 1}
    words = [w for w in sheep.now.decisions(formula().id) if w.reviewer == "bo"]
    assert {w.reason for w in words} == {"code, not speech"}
    assert {"content": [[start, start + 4]]} in [w.value for w in words]


def test_brat_what_was_deleted_is_rejected_only_when_that_is_said(sheep: Store, brat: Path) -> None:
    mark = mark_of(brat, denial().id)
    lines = ann(brat).read_text("utf-8").splitlines()
    kept = [line for line in lines if mark not in line.replace("\t", " ").split()]
    ann(brat).write_text("\n".join(kept), "utf-8")
    done = taken(sheep, "brat", brat)
    assert (done.missing, dict(done.decided)) == (1, {})
    wanted = Wanted(reviewer="bo", reason="deleted", missing="reject")
    assert taken(sheep, "brat", brat, wanted).decided == {"reject": 1}
    assert sheep.now.record(denial().id).stands.status == "rejected"


def test_brat_what_was_added_is_a_note_on_the_document(sheep: Store, brat: Path) -> None:
    words = "nobody answers for this sentence"
    start = STORY.index(words)
    with ann(brat).open("a", encoding="utf-8") as file:
        file.write(f"T900\tClaim {start} {start + len(words)}\t{words}\nA900\tAct T900 assert\n")
    assert taken(sheep, "brat", brat).decided == {"note": 1}
    [note] = [w for w in sheep.now.decisions(DOCUMENT) if w.reviewer == "bo"]
    assert note.reason.startswith(f"missed claim: “{words}”; act assert; at [[{start}, ")


def test_brat_on_a_text_that_has_moved_finds_its_words_again(sheep: Store, brat: Path) -> None:
    shift = "Updated at noon. 🔔\n"
    mark = mark_of(brat, denial().id)
    lines = []
    for line in ann(brat).read_text("utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            kind, _, after = rest.partition(" ")
            places, _, said = after.partition("\t")
            moved = ";".join(
                " ".join(str(int(p) + len(shift)) for p in pair.split())
                for pair in places.split(";")
            )
            line = f"{name}\t{kind} {moved}\t{said}"  # noqa: PLW2901
        lines.append(line)
    ann(brat).write_text("\n".join(lines), "utf-8")
    edit(ann(brat), (f"Act {mark} deny", f"Act {mark} confirm"))
    edit(brat / f"{DOCUMENT}.txt", ("Plainly", f"{shift}Plainly"))
    text = (brat / f"{DOCUMENT}.txt").read_text("utf-8")
    (brat / f"{DOCUMENT}.txt").write_text(shift + text.replace(shift, ""), "utf-8")
    done = taken(sheep, "brat", brat)
    # “it” is in the story more than once, but only one stands after “The quiet miller denied”.
    assert (dict(done.decided), done.refused, done.unchanged) == ({"correct": 1}, [], 5)


def test_brat_words_that_are_not_in_the_text_are_refused(sheep: Store, brat: Path) -> None:
    edit(brat / f"{DOCUMENT}.txt", ("The quiet miller denied", "The quiet miller refused"))
    edit(ann(brat), ("\tThe quiet miller\n", "\tThe quiet baker\n"))
    done = taken(sheep, "brat", brat)
    assert any("the text is another" in each.reason for each in done.refused)


def test_brat_files_that_are_none(sheep: Store, brat: Path, tmp_path: Path) -> None:
    (brat / "ffffffff.ann").write_text("T1\tClaim 0 1\tx", "utf-8")
    (brat / f"{crossing().id}.ann").write_text("T1\tClaim 0 1\tx", "utf-8")
    ann(brat).write_text("hello\nworld", "utf-8")
    reasons = " ".join(each.reason for each in taken(sheep, "brat", brat).refused)
    assert "nothing begins with ffffffff" in reasons
    assert "is the id of a claim" in reasons
    assert "no line of it holds" in reasons
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no .ann file" in taken(sheep, "brat", empty).refused[0].reason


def test_brat_a_file_that_was_cut_off_loses_only_what_is_cut(sheep: Store, brat: Path) -> None:
    whole = ann(brat).read_bytes()
    ann(brat).write_bytes(whole[: len(whole) // 3])
    done = taken(sheep, "brat", brat)
    assert "correct" not in done.decided or done.refused
    assert "reject" not in done.decided


def test_brat_files_that_are_too_large_are_refused(
    sheep: Store, brat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allegedly.exports.brat.reading.LARGEST", 100)
    assert "larger than" in taken(sheep, "brat", brat).refused[0].reason


def test_web_a_changed_act_span_and_name(sheep: Store, web: Path) -> None:
    found = items(web)
    for each in found:
        if each["id"].endswith(f"claim:{formula().id}"):
            each["body"][0]["value"] = "ask"
            each["target"] = each["target"][0]
            each["target"]["selector"] = {"type": "TextQuoteSelector", "exact": "C calc"}
        if each["id"].endswith(f"{crossing().id}:source:1"):
            each["body"][0]["value"] = "Ina Keeper"
    put(web, found)
    done = taken(sheep, "webannotation", web)
    assert (dict(done.decided), done.refused) == ({"correct": 2}, [])
    stands = sheep.now.record(formula().id).stands
    start = STORY.index("C calc")
    assert stands.corrected == {"act": "ask", "content": [[start, start + 6]]}
    sources = (sheep.now.record(crossing().id).stands.corrected or {})["sources"]
    assert [source["name"] for source in sources] == ["Outa Namm", "Ina Keeper"]


def test_web_a_person_s_annotation_of_a_claim_judges_it(sheep: Store, web: Path) -> None:
    mine = {
        "type": "Annotation",
        "id": "urn:uuid:1",
        "body": [
            {"type": "TextualBody", "purpose": "assessing", "value": "Rejected"},
            {"type": "TextualBody", "purpose": "commenting", "value": "a formula, not speech"},
        ],
        "target": f"urn:allegedly:claim:{formula().id}",
    }
    put(web, [mine])
    done = taken(sheep, "webannotation", web)
    assert (dict(done.decided), done.refused) == ({"reject": 1}, [])
    [word] = [w for w in sheep.now.decisions(formula().id) if w.reviewer == "bo"]
    assert word.reason == "a formula, not speech"


def test_web_an_annotation_of_the_text_is_a_note(sheep: Store, web: Path) -> None:
    quote = {"type": "TextQuoteSelector", "exact": "nobody answers", "prefix": "Plainly "}
    mine = {
        "type": "Annotation",
        "bodyValue": "who says so?",
        "target": {"source": "https://orrin.example/sheep", "selector": quote},
    }
    put(web, [mine])
    done = taken(sheep, "webannotation", web)
    assert (dict(done.decided), done.refused) == ({"note": 1}, [])
    [word] = [w for w in sheep.now.decisions(DOCUMENT) if w.reviewer == "bo"]
    assert "“nobody answers”" in word.reason
    assert word.reason.endswith("who says so?")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"target": "urn:allegedly:claim:" + "e" * 32}, "no record"),
        ({"target": {"source": "https://elsewhere.example/", "selector": {}}}, "no document here"),
        ({"target": []}, "no target"),
        ({"target": "https://orrin.example/sheep"}, "without a selector"),
        ({"id": "urn:allegedly:decision:" + "e" * 32}, "somebody else's decision"),
        ({"id": f"urn:allegedly:claim:{denial().id}:source:9"}, "no source 9"),
        (
            {"target": {"source": f"urn:allegedly:document:{DOCUMENT}", "selector": {"type": "X"}}},
            "no TextQuoteSelector",
        ),
        (
            {
                "target": {
                    "source": f"urn:allegedly:document:{DOCUMENT}",
                    "selector": {"type": "TextQuoteSelector", "exact": "the lost words"},
                }
            },
            "“the lost words” are not in the text",
        ),
        (
            {
                "target": f"urn:allegedly:claim:{denial().id}",
                "body": {"purpose": "assessing", "value": "perhaps"},
            },
            "no verdict",
        ),
    ],
)
def test_web_what_points_nowhere_is_refused(
    change: dict[str, Any], complaint: str, sheep: Store, web: Path
) -> None:
    quote = {"type": "TextQuoteSelector", "exact": "nobody answers"}
    whole = {"source": f"urn:allegedly:document:{DOCUMENT}", "selector": quote}
    put(web, [{"type": "Annotation", "target": whole} | change])
    [refused] = taken(sheep, "webannotation", web).refused
    assert complaint in refused.reason


@pytest.mark.parametrize("text", ['{"first": {"items": [', "[1]", "3", "", '{"a": 1}'])
def test_web_files_that_are_none(text: str, sheep: Store, web: Path) -> None:
    web.write_text(text, "utf-8")
    done = taken(sheep, "webannotation", web)
    assert not done.decided
    assert text == "" or done.refused


def test_jsonl_edited_fields_are_corrections(sheep: Store, jsonl: Path) -> None:
    edit(jsonl, ('"unit":"sheepunit"', '"unit":"sheep"'))
    done = taken(sheep, "jsonl", jsonl)
    assert (dict(done.decided), done.refused) == ({"correct": 1}, [])
    corrected = sheep.now.record(crossing().id).stands.corrected or {}
    assert corrected["quantities"][0]["unit"] == "sheep"


def test_jsonl_on_a_moved_text_and_with_unknown_ids(sheep: Store, jsonl: Path) -> None:
    [*_, last] = [
        json.loads(line)["ledger"]
        for line in jsonl.read_text("utf-8").splitlines()
        if '"current":true' in line
    ]
    last["document"]["text"] = last["document"]["text"].replace("crossed\n", "crossed\t")
    last["claims"][1]["modality"] = "possible"
    last["claims"][2]["id"] = "9" * 32
    jsonl.write_text(json.dumps(last), "utf-8")
    done = taken(sheep, "jsonl", jsonl)
    assert (dict(done.decided), done.refused) == ({"correct": 1, "note": 1}, [])
    assert done.missing == 1
    last["document"]["id"] = "8" * 32
    jsonl.write_text(json.dumps(last), "utf-8")
    assert "no document" in taken(sheep, "jsonl", jsonl).refused[0].reason


@pytest.mark.parametrize("name", RETURNING)
def test_a_correction_that_does_not_hold_is_refused(
    name: str, sheep: Store, tmp_path: Path
) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    export(sheep.now, name, target)
    file = ann(target) if name == "brat" else target
    old = {
        "brat": "Act T2 deny",
        "webannotation": '"purpose": "classifying", "value": "deny"',
        "jsonl": '"act":"deny"',
    }[name]
    edit(file, (old, old.replace("deny", "sing")))
    done = taken(sheep, name, target)
    assert done.refused
    assert "sing" in done.refused[0].reason
    assert not done.decided
