from __future__ import annotations

import json
import random
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import allegedly
from allegedly.cli import app
from allegedly.documents import MOST_CHARACTERS
from allegedly.exports.ledger_json import from_dict, to_dict

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

STORY = (
    "Ferry sinks off Orrin Point\n\n"
    "Harbour master Ilse Vang said on Monday that “the pumps had failed”. "
    "The owner denied the claim – and declined to comment further.\n"
)


@cache
def validator() -> Draft202012Validator:
    schema = files("allegedly.exports").joinpath("ledger.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(schema))


def spans_in(ledger: dict[str, Any]) -> list[tuple[int, int]]:
    """Every [start, end) that a ledger holds, wherever it stands."""
    found: list[tuple[int, int]] = []
    queue: list[Any] = [ledger]
    while queue:
        value = queue.pop()
        if isinstance(value, dict):
            queue += value.values()
        elif isinstance(value, list) and len(value) == 2 and all(type(x) is int for x in value):
            found.append((value[0], value[1]))
        elif isinstance(value, list):
            queue += value
    return found


def check(reading: allegedly.Reading) -> dict[str, Any]:
    """The ledger of a reading once it has been found sound."""
    ledger = reading.to_dict()
    validator().validate(ledger)
    text = reading.document.text
    assert all(0 <= start < end <= len(text) for start, end in spans_in(ledger))
    assert "".join(text[z["start"] : z["end"]] for z in ledger["zones"]) == text
    assert "\0" not in text
    text.encode()
    assert from_dict(json.loads(reading.to_json())) == from_dict(ledger)
    assert to_dict(from_dict(ledger)) == ledger
    return ledger


def sound(raw: str | bytes | Path) -> dict[str, Any]:
    return check(allegedly.read(raw))


def call(*arguments: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], input=stdin)


def rejected(raw: bytes, path: Path) -> str:
    """What the command line says of a file that it does not read."""
    path.write_bytes(raw)
    result = call(path, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"allegedly: {path}: ")
    assert result.stderr.count("\n") == 1
    with pytest.raises(allegedly.ReadingError):
        allegedly.read(raw)
    return result.stderr


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    assert call(gone).stderr == f"allegedly: {gone}: no such file\n"
    assert call(tmp_path).stderr == f"allegedly: {tmp_path}: a directory, not a file\n"
    with pytest.raises(allegedly.ReadingError, match="no such file"):
        allegedly.read(gone)


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\x0c\n", "\u2003\n".encode()]
)
def test_nothing_but_blanks_is_empty(raw: bytes, tmp_path: Path) -> None:
    assert rejected(raw, tmp_path / "story.txt").endswith(": empty\n")


def test_only_a_date_header_is_empty(tmp_path: Path) -> None:
    assert rejected(b"date 2031-05-06\n\n", tmp_path / "story.txt").endswith(": empty\n")


@pytest.mark.parametrize(
    "head",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x7fELF\x02\x01\x01\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"",
    ],
)
def test_binary_files_are_no_text(head: bytes, tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(20_000)  # noqa: S311  # noise that is the same each time
    said = rejected(head + noise, tmp_path / "file.bin")
    assert any(reason in said for reason in ("not text", "a damaged ZIP", "a damaged PDF"))


def test_more_than_the_limit_is_told() -> None:
    with pytest.raises(allegedly.ReadingError, match="too long: more than 20,000,000 characters"):
        allegedly.read("a " * (MOST_CHARACTERS // 2 + 1))


def test_a_huge_file_is_told_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # sparse: it takes no room on the disk
    result = call(path)
    assert result.exit_code == 1
    assert "too long" in result.stderr


@pytest.mark.parametrize(
    "unit", ["Bo Ek said it burned, ", "“", '"', "Ana Ruk ", ", said", "7", "👩‍👧", "did not say "]
)
def test_one_long_line_is_read(unit: str) -> None:
    sound(unit * (9_000 // len(unit)))


def test_one_line_of_a_whole_file_is_read() -> None:
    # Words too long for the vocabulary cost the model little.
    sound("Bo said " + ("x" * 150 + " said, “") * (300_000 // 158))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_usual_encodings_give_the_same_ledger(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode(encoding))
    result = call(path, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    ledger = json.loads(result.stdout)
    assert {**ledger["document"], "uri": None} == {**sound(STORY)["document"], "uri": None}
    assert {**ledger, "document": None} == {**sound(STORY), "document": None}


def test_latin_1_is_read() -> None:
    text = sound("The café’s owner said: 'Señor Núñez left.'".replace("’", "'").encode("latin-1"))
    assert "Señor Núñez" in text["document"]["text"]


def test_newlines_of_all_kinds_are_one() -> None:
    plain = sound(STORY)["document"]["text"]
    for newline in ("\r\n", "\r", "\u2028", "\x85"):
        assert sound(STORY.replace("\n", newline))["document"]["text"] == plain
    assert sound("One said.\r\nTwo said.\rThree said.\nFour\u2029five")["document"]["text"] == (
        "One said.\nTwo said.\nThree said.\nFour\n\nfive"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Bo\0 Ek s\0aid the mill bu\0rned.\0",
        "\0\0Bo Ek said so.",
        "Bo Ek said \ud83d the mill \udc00 burned.",
        "\udcff\ud800",
        "Bo Ek said \ud83d\ude00 it burned.",
        "Bo\x1b[31m Ek said\x07 it \x85burned\u200b.",
    ],
)
def test_nuls_and_surrogates_are_never_stored(text: str) -> None:
    sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "قال عمدة المدينة إن الجسر انهار يوم الاثنين، ونفت الشركة ذلك.",
        "ראש העיר אמר: ״הגשר קרס״.",
        "市长说：“桥塌了。”公司否认了这一说法。",
        "Bo Ek said \u202e.denrub llim eht\u202c and left.",
        "👩‍👩‍👧‍👦 Bo Ek said 🏳️‍🌈 the mill 🇳🇴🇳 burned 👍🏽.",
        "Bo E\u0301k\u0301 sa\u0302\u0303\u0304id the mill \u0301burned\u0301.",
        "Bo Ek said the ﬁre ½ reached Ⅻ İstanbul, ẞ and ǅ.",
    ],
)
def test_every_script_is_read(text: str) -> None:
    assert sound(text)["document"]["text"] == text


@pytest.mark.parametrize(
    "text",
    [
        "“The mill burned, Bo Ek said.\n\nThe owner said “nobody” knew.",
        "Bo Ek said: “She told me ‘he said “burn it” to them’ that day.”",
        "”The mill“ burned, ”Bo Ek said.",
        "'It's the mills' fault', Bo Ek said. 'Tis so.",
        '"""Bo Ek said"" it " burned"',
        "«Bo „said‟ ‹so› »",
        "“‘“‘“‘“‘“‘“‘Bo Ek said so’”’”’”",
        "Bo Ek said “",
        "”",
    ],
)
def test_odd_quotation_marks_are_read(text: str) -> None:
    sound(text)


def test_a_file_of_teasers_claims_nothing() -> None:
    teasers = (
        "READ MORE: Mayor says the bridge is safe\n\n"
        "RELATED: Minister denies knowing of the leak\n\n"
        "WATCH: Farmers accuse the dairy of fraud\n"
    )
    assert sound(teasers)["claims"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Mayor denies the bridge is unsafe",
        "Mayor denies the bridge is unsafe\n\nMinister: ‘We knew nothing’\n\nDairy of fraud",
        "By Ana Ruk",
        "@boek pic.twitter.com/abc",
        "said",
        ".",
        "\n\n\n.\n\n\n",
    ],
)
def test_crumbs_of_a_story_are_read(text: str) -> None:
    sound(text)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "2031-05-06T23:59:59+14:00"])
def test_the_calendars_ends_are_no_trouble(published: str) -> None:
    text = "Bo Ek said the mill will open next Friday, as it did last week and two decades ago."
    check(allegedly.read(text, published=published))


def test_no_input_is_a_traceback(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(STORY, "utf-8")
    bad.write_bytes(b"\x7fELF" + bytes(100))
    page = tmp_path / "page"
    names = [str(good), str(bad), str(tmp_path / "gone"), str(tmp_path / "a\ud800b"), "-"]
    command = [sys.executable, "-c", "from allegedly.cli import main; main()", "read"]
    # A surrogate in an argument is how Python hands on a name that is not UTF-8.
    done = subprocess.run(
        [*command, "--html", str(page), *(n.replace("\ud800", "\udcff") for n in names)],
        input=b"\xff\xfe\x00",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"Ilse Vang" in done.stdout


FRAGMENTS = (
    *("“", "”", '"', "‘", "’", "'", "«", "»", "``", "''", "(", ")", "—", " – ", "…", "..."),
    *(", ", ". ", ": ", "; ", "? ", "! ", "\n", "\n\n", "\r\n", "\u2028", "\t", " ", "\xa0", "\0"),
    *("said", "says ", " denied that ", " told reporters", " according to ", " asked whether "),
    *(" declined to comment", " could not be reached", " did not elaborate", " gave no reason"),
    *("could not verify the claim", "there is no evidence that ", " called for ", " warned that "),
    *("Ana Ruk", "Mayor Bo Ek", "Ek", "the Kremlin", "He", "she", "they", "Reuters", "residents"),
    *("the mill burned", "nobody was hurt", "two boats had sunk", "it will open on Friday"),
    *("between four and six sailors", "about $3.5 million", "at least 1,200", "40%", "dozens of "),
    *("yesterday", "May 9, 2001", "at 2:30 a.m. local time", "31 February 2020", "last week"),
    *("which she rejects", "these allegations", "that", "whether ", "and", "but ", "also "),
    *("@boek", "pic.twitter.com/abc", "— Bo (@boek) May 9, 2001", "#mill", "https://t.co/x"),
    *(
        "READ MORE: ",
        "RELATED: ",
        "By Ana Ruk",
        "Photo: AP",
        "© 2031",
        "Sources",
        "date 2031-05-06",
    ),
    *(
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "e\u0301",
        "\u202e",
        "\u200b",
        "İ",
        "ß",
        "\ud800",
        "قال",
        "“市长说”",
        "\ufeff",
    ),
)


def read_or_empty(text: str) -> allegedly.Reading | None:
    """The reading of a text; None for one of blanks, the one reason to reject a short str."""
    try:
        return allegedly.read(text, published="2031-05-06")
    except allegedly.ReadingError as error:
        if str(error) != "empty":
            raise
        return None


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40), st.sampled_from(["", " "]))
def test_news_of_any_make_is_read(fragments: list[str], joint: str) -> None:
    text = joint.join(fragments)
    reading = read_or_empty(text)
    if reading is not None:
        check(reading)
        again = read_or_empty(text)
        assert again is not None
        assert again.to_json() == reading.to_json()
        assert "<html" in reading.to_html()
        assert str(reading)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_bytes_of_any_make_are_read_or_rejected(raw: bytes) -> None:
    with suppress(allegedly.ReadingError):
        check(allegedly.read(raw))
