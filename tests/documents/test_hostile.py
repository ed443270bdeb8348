"""Input that means harm, or is only broken: a word of refusal, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from benchmarks import reader_inputs as inputs

from allegedly.documents import Captured, Limits, Reads, read_bytes, read_path
from allegedly.documents.isolation import end_parsing, parse
from allegedly.documents.wire import Task
from allegedly.records import Rejected

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Reads(
    limits=Limits(
        file=200_000,
        page=100_000,
        feed=100_000,
        row=10_000,
        json=300_000,
        free=100_000,
        unpacked=1_000_000,
    )
)
GOOD = inputs.STORY.encode()


def read(raw: bytes, reads: Reads = SMALL) -> tuple[list[Captured], list[str]]:
    found = list(read_bytes(raw, reads))
    good = [one for one in found if isinstance(one, Captured)]
    return good, [one.reason for one in found if isinstance(one, Rejected)]


def test_a_zip_bomb_is_named_and_its_neighbours_are_read() -> None:
    raw = inputs.zipped({"a.txt": GOOD, "bomb": bytes(30_000_000), "z.txt": inputs.MORE.encode()})
    good, refused = read(raw)
    assert len(good) == 2
    assert refused == ["a zip bomb? 29 kB would unpack to 30 MB"]


def test_a_zip_that_lies_about_sizes_is_cut() -> None:
    raw = bytearray(inputs.zipped({"a": bytes(5_000_000)}))
    central = raw.rfind(b"PK\x01\x02")
    raw[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    good, refused = read(bytes(raw))
    assert good == []
    assert len(refused) == 1


def test_a_gzip_bomb() -> None:
    good, refused = read(gzip.compress(bytes(20_000_000)))
    assert good == []
    assert len(refused) == 1


def test_archives_without_end() -> None:
    raw = GOOD
    for _ in range(10):
        raw = inputs.zipped({"a": raw}, zipfile.ZIP_STORED)
    assert read(raw) == ([], ["archives within archives, more than 4 deep"])


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/\x01/b"])
def test_a_members_name_leads_nowhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "in" / "ner"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    for raw in (inputs.zipped({name: GOOD}), inputs.tarred({name: GOOD})):
        path = inner / "a.bin"
        path.write_bytes(raw)
        (found,) = read_path(path)
        assert isinstance(found, Captured)
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["a.bin"]


def test_links_in_a_tar_are_not_followed() -> None:
    import io  # noqa: PLC0415
    import tarfile  # noqa: PLC0415

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("link")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert read(out.getvalue()) == ([], [])


def test_a_huge_page() -> None:
    page = b"<html>" + b"<p>words " * 1_000_000
    assert read(page) == ([], ["too large: a web page may have 100 kB at most"])


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


def test_a_billion_laughs() -> None:
    feed = f"{LAUGHS}<rss><channel><item><title>T &j;</title><description>{inputs.STORY} &file;"
    began = time.monotonic()
    good, _ = read(f"{feed}</description></item></channel></rss>".encode())
    assert time.monotonic() - began < 5
    text = "".join(one.document.text for one in good)
    assert "haha" not in text
    assert "root:" not in text


def test_a_feed_without_end() -> None:
    item = f"<item><title>T</title><description>{inputs.STORY}</description></item>"
    reads = replace(SMALL, limits=replace(SMALL.limits, items=5))
    good, _ = read(f"<rss><channel>{item * 50}".encode(), reads)
    assert len(good) == 5
    _, refused = read(f"<rss><channel>{item * 2000}".encode())
    assert refused == ["too large: a feed may have 100 kB at most"]


def test_a_row_without_end() -> None:
    good, refused = read(b'{"text": "a"}\n{"text": "' + b"x" * 50_000 + b'"}\n')
    assert len(good) == 1
    assert refused == ["too large: a line may have 10 kB at most"]
    good, refused = read(b'text,date\n"' + b"x\n" * 50_000)
    assert len(refused) == 1


@pytest.mark.parametrize("raw", [b"[" * 200_000, b'{"a":' * 50_000, b'{"messages":"type","date"'])
def test_json_that_nests_without_end(raw: bytes) -> None:
    good, refused = read(raw)
    assert (good, len(refused)) == ([], 1)


def test_scripts_styles_and_hidden_text_are_no_words() -> None:
    page = (
        f"<p>{inputs.STORY}</p><script>document.write('The mayor lied, he said')</script>"
        "<style>p { content: 'The mayor said' }</style><p hidden>The mayor hid this, he said.</p>"
        "<div style='visibility:hidden'><p>The mayor hid that too, he said.</p></div>"
        "<noscript><p>The mayor said no.</p></noscript><template><p>The mayor said yes.</p>"
        "</template><svg><text>The mayor drew.</text></svg><!-- The mayor thought. -->"
    )
    (found,) = read(f"<html><body>{page}</body></html>".encode())[0]
    assert found.document.text == inputs.STORY


@pytest.mark.parametrize("name", inputs.every_format())
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_files_that_were_cut_off(name: str, share: float) -> None:
    raw = inputs.every_format()[name]
    for found in read_bytes(raw[: int(share * len(raw))]):
        assert isinstance(found, Rejected) or found.document.text.strip()


def test_a_pdf_that_wants_a_password_and_one_that_is_none() -> None:
    assert read(b"%PDF-1.4\nnothing")[1] == ["a damaged PDF"]
    encrypted = inputs.pdf().replace(b"/Root", b"/Encrypt << /Filter /Standard >> /Root")
    assert len(read(encrypted)[1]) == 1


def test_a_parser_that_hangs_is_ended_and_the_next_page_is_read() -> None:
    spinning = f"<html><body>{'<b><i><p>' * 30_000}{inputs.STORY}"
    hasty = replace(SMALL, limits=replace(SMALL.limits, page=10_000_000, seconds=0.05))
    began = time.monotonic()
    good, refused = read(spinning.encode(), hasty)
    assert time.monotonic() - began < 5
    assert good == []
    assert refused == ["parsing took longer than 0.05 seconds and was ended"]
    good, refused = read(inputs.PAGE.encode())
    assert (len(good), refused) == (1, [])


def test_a_parser_that_crashes_is_survived() -> None:
    answer = parse(Task(kind="no such parser", raw=b""))
    assert answer.problem is not None
    assert "KeyError" in answer.problem
    assert parse(Task(kind="html", raw=inputs.PAGE.encode())).parsed is not None


def test_memory_is_bounded() -> None:
    page = f"<html><body>{f'<p>{inputs.STORY}</p>' * 20_000}".encode()
    tight = Limits(memory=150_000_000, seconds=20)
    end_parsing()
    answer = parse(Task(kind="html", raw=page), tight)
    end_parsing()
    assert answer.parsed is None
    assert answer.problem is not None


def test_a_ledgers_own_json_is_no_story() -> None:
    raw = json.dumps({"schema": "allegedly/1", "document": {"text": "x"}}).encode()
    assert read(raw)[1] == ["a ledger's own JSON, which is no story"]


def test_office_files_are_named() -> None:
    raw = inputs.zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"})
    assert "Word" in read(raw)[1][0]


def test_a_damaged_member_leaves_the_others() -> None:
    raw = bytearray(
        inputs.zipped({"a.txt": GOOD, "b.txt": inputs.MORE.encode()}, zipfile.ZIP_STORED)
    )
    at = raw.find(GOOD)
    raw[at : at + 5] = b"XXXXX"
    good, refused = read(bytes(raw))
    assert [one.document.text for one in good] == [inputs.MORE]
    assert len(refused) == 1
    assert "damaged" in refused[0]


def test_a_member_without_a_name_is_passed_over() -> None:
    raw = inputs.zipped({"x": GOOD, "b.txt": inputs.MORE.encode()}, zipfile.ZIP_STORED)
    nameless = raw.replace(b"x" + GOOD, b"\x00" + GOOD).replace(b"\x00\x00\x00\x00x", bytes(5))
    good, _ = read(nameless)
    assert [one.document.text for one in good] == [inputs.MORE]
