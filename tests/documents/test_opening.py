"""Every format, known by its content, and what a capture says of it."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest
from benchmarks import reader_inputs as inputs

from allegedly.documents import Captured, Overrides, Place, Reads, read_bytes, read_path
from allegedly.documents.captured import clean
from allegedly.documents.sniffing import sniff
from allegedly.records import Rejected

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = inputs.every_format()
HERE = Place(name="in", archive="file:///in")


def taken(raw: bytes, reads: Reads | None = None) -> list[Captured]:
    found = list(read_bytes(raw, reads or Reads(), place=HERE))
    assert all(isinstance(one, Captured) for one in found), found
    return [one for one in found if isinstance(one, Captured)]


def refused(raw: bytes, reads: Reads | None = None) -> str:
    (found,) = read_bytes(raw, reads or Reads(), place=HERE)
    assert isinstance(found, Rejected)
    return found.reason


@pytest.mark.parametrize(
    "name", [name for name in FORMATS if name not in ("opml", "auto-archiver sheet")]
)
def test_every_format_is_read_whatever_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / "misnamed.png"
    path.write_bytes(FORMATS[name])
    found = list(read_path(path))
    assert found
    for one in found:
        assert isinstance(one, Captured), one
        capture, document = one.capture, one.document
        assert capture.document == document.id
        assert capture.reader is not None
        assert capture.reader.startswith("allegedly ")
        assert capture.archive is not None
        assert capture.archive.startswith(("file://", "https://"))
        assert len(capture.sha256) == 64
        assert all(mark.span.end <= len(document.text) for mark in document.marks)


@pytest.mark.parametrize(
    "name", ["html", "mhtml", "warc", "warc.gz", "wacz", "gzip", "bzip2", "xz"]
)
def test_one_page_is_one_document_however_it_came(name: str) -> None:
    (found,) = taken(FORMATS[name])
    (page,) = taken(FORMATS["html"])
    assert found.document == page.document
    assert found.document.title == inputs.TITLE
    assert found.document.publisher == "Quay Post"
    assert found.document.uri == inputs.ADDRESS


@pytest.mark.parametrize("name", ["zip", "tar", "tar.gz", "tar.xz"])
def test_archives_of_anything(name: str) -> None:
    found = taken(FORMATS[name])
    assert [one.capture.media_type for one in found] == [
        "text/plain",
        "text/html",
        "message/rfc822",
    ]
    assert [one.capture.archive for one in found] == [
        "file:///in#member=a/story.txt",
        "file:///in#member=b/page.html",
        "file:///in#member=c.eml",
    ]


def test_an_archive_in_an_archive() -> None:
    inner = inputs.tarred({"in.txt": inputs.STORY.encode()})
    (found,) = taken(inputs.zipped({"out.bin": inner}))
    assert found.capture.archive == "file:///in#member=out.bin&member=in.txt"


def test_a_warc_tells_the_offset_the_time_and_the_address() -> None:
    raw = inputs.warc()
    (found,) = taken(raw)
    offset = int(str(found.capture.archive).rpartition("=")[2])
    record = gzip.GzipFile(fileobj=io.BytesIO(raw[offset:])).read(200)
    assert record.startswith(b"WARC/1.0\r\nWARC-Type: response")
    assert found.capture.uri == inputs.ADDRESS
    assert found.capture.retrieved_at == "2031-03-12T10:00:00+00:00"


def test_a_payload_is_read_once_and_errors_and_pictures_never() -> None:
    again = [(f"https://quay.example/{i}", inputs.PAGE) for i in range(3)]
    assert len(taken(inputs.warc(again))) == 1
    others = [(f"https://quay.example/{i}", inputs.PAGE + f"<!-- {i} -->") for i in range(3)]
    assert len(taken(inputs.warc(others))) == 3


def test_a_page_of_one_site_does_not_pass_for_anothers() -> None:
    lying = inputs.PAGE.replace("quay.example", "bank.example")
    (found,) = taken(inputs.warc([("https://quay.example/x", lying)]))
    assert found.document.uri == "https://quay.example/x"


SINGLE_FILE = """<!--
 Page saved with SingleFile
 url: https://quay.example/ferries
 saved date: Wed Mar 12 2031 12:00:00 GMT+0200 (Eastern)
-->"""


@pytest.mark.parametrize(
    ("note", "uri", "when"),
    [
        ("<!-- saved from url=(0028)https://quay.example/ferries -->", inputs.ADDRESS, None),
        (
            SINGLE_FILE,
            inputs.ADDRESS,
            "2031-03-12T12:00:00+02:00",
        ),
    ],
)
def test_a_saved_page_tells_where_it_is_from(note: str, uri: str, when: str | None) -> None:
    page = inputs.PAGE.replace("canonical", "other").replace("<html", f"{note}<html")
    (found,) = taken(page.encode())
    assert (found.capture.uri, found.capture.retrieved_at) == (uri, when)


def test_feeds() -> None:
    whole, short = taken(FORMATS["rss"])
    assert whole.document.text == f"{inputs.TITLE}\n\n{inputs.STORY}\n\n{inputs.MORE}"
    assert (whole.document.publisher, whole.capture.byline) == ("Quay Post", "Jo Reef")
    assert whole.document.published == "2031-03-12T08:00:00+00:00"
    assert short.document.uri == "https://quay.example/bread"
    assert short.document.text == "Bread runs short\n\nIslanders said the shops were empty."
    (entry,) = taken(FORMATS["atom"])
    assert entry.document.title == f"{inputs.TITLE} & more"
    assert (entry.document.uri, entry.capture.updated) == (
        inputs.ADDRESS,
        "2031-03-12T09:00:00+00:00",
    )
    (item,) = taken(FORMATS["json feed"])
    assert item.document.uri == inputs.ADDRESS


def test_news_items() -> None:
    for name in ("ninjs", "newsml"):
        (found,) = taken(FORMATS[name])
        assert found.document.text == f"{inputs.TITLE}\n\n{inputs.STORY}\n\n{inputs.MORE}"
        assert found.document.publisher == "Quay Agency"
        assert found.capture.byline == "Jo Reef"
        assert found.capture.updated == "2031-03-12T09:00:00+00:00"


def test_messages_of_a_channel_are_posts_and_forwarded_ones_their_authors() -> None:
    own, forwarded = taken(FORMATS["telegram"])
    assert own.document.text == "The pier is closed, the mayor said."
    assert [m.author for m in own.document.marks] == ["Pier Watch"]
    assert [m.author for m in forwarded.document.marks] == ["Harbour Office"]
    assert own.document.uri == "https://t.me/c/123/2"
    assert own.capture.archive == "file:///in#chat=123&message=2"


def test_tables() -> None:
    first, second = taken(FORMATS["csv"])
    assert first.document.text == f"{inputs.STORY}\n\n{inputs.MORE}"
    assert (first.document.title, first.document.publisher) == (inputs.TITLE, "Quay Post")
    assert (first.document.uri, first.capture.archive) == (inputs.ADDRESS, "file:///in#row=1")
    assert second.capture.archive == "file:///in#row=2"
    assert [len(taken(FORMATS[name])) for name in ("jsonl", "parquet")] == [2, 2]


def test_a_table_with_columns_of_other_names() -> None:
    raw = inputs.table([["Wann", "Was"], ["2031-03-12", inputs.STORY]])
    (found,) = taken(raw, Reads(columns={"text": "was", "published": "Wann"}))
    assert (found.document.text, found.document.published) == (inputs.STORY, "2031-03-12")


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_tables_with_other_separators(delimiter: str) -> None:
    raw = inputs.table([["text", "date"], [inputs.STORY, "2031-03-12"]], delimiter)
    assert taken(raw)[0].document.text == inputs.STORY


def test_auto_archivers_tables() -> None:
    (post,) = [
        one
        for one in read_bytes(FORMATS["auto-archiver sheet"], place=HERE)
        if isinstance(one, Captured)
    ]
    assert post.document.marks[0].author == "anaruk"
    assert post.capture.archive == "https://store.example/1.html"
    assert post.capture.retrieved_at == "2031-03-13T10:00:00"
    (own,) = taken(FORMATS["auto-archiver csv"])
    assert (own.document.marks[0].author, own.document.published) == (
        "pierwatch",
        "2031-03-12T08:00:00",
    )


def test_mail() -> None:
    (found,) = taken(FORMATS["mail"])
    assert found.document.title == "Ferries halted – statement"
    assert found.document.publisher == "Quay Press Office"
    assert found.document.text == f"{inputs.STORY}\n\n{inputs.MORE}"
    assert found.document.uri == "mid:1@quay.example"
    page = FORMATS["mail"].replace(b"text/plain", b"text/x-none")
    (found,) = taken(page)
    assert found.document.text.endswith(inputs.STORY)


def test_a_mailbox_is_its_messages() -> None:
    line = b"From press@quay.example Wed Mar 12 08:00:00 2031\n"
    second = FORMATS["mail"].replace(b"The ferry", b"The other ferry")
    found = taken(line + FORMATS["mail"] + b"\n" + line + second)
    assert [one.capture.archive for one in found] == [
        "file:///in#message=1",
        "file:///in#message=2",
    ]
    assert found[1].document.text.startswith("The other ferry")


def test_a_pdf_has_page_numbers_and_running_heads_marked() -> None:
    pages = [
        [f"Quay Post {n}", f"{word} said: {inputs.STORY[:50]}", f"{inputs.STORY[50:]} {word} left."]
        for n, word in enumerate(("Ana", "Bo", "Cato", "Dora"), 1)
    ]
    (found,) = taken(inputs.pdf(pages))
    text = found.document.text
    assert "[page 2]" in text
    assert "[page 4]" in text
    marked = {text[m.span.start : m.span.end] for m in found.document.marks}
    assert {"[page 2]", "Quay Post 1", "Quay Post 4"} <= marked
    assert inputs.STORY in text
    assert found.document.published == "2031-03-12T08:00:00+01:00"


def test_what_the_caller_knows_wins() -> None:
    known = Overrides(uri="u", title="T", publisher="P", published="2030-01-01")
    (found,) = taken(FORMATS["html"], Reads(overrides=known))
    document, capture = found.document, found.capture
    assert (document.uri, document.title) == ("u", "T")
    assert (capture.publisher, capture.published) == ("P", "2030-01-01")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Title: A\nDate: 2031-03-12\n\nThe mayor said so.", "text"),
        ("From the pier, the mayor said: it is closed.\nTo be sure, he said it twice.", "text"),
        ("text, body and soul\nwere there, she said, and more", "text"),
        ("<quay> The mayor said so.", "text"),
        ("{Editor's note} The mayor said so.", "text"),
        ("[1] The mayor said so.", "text"),
        ("The PDF, he said, starts with %PDF-1.4.", "text"),
        ("<p>The mayor said so.</p>", "html"),
        ("\ufeff\n<!-- a -->\n<!DOCTYPE html><p>x", "html"),
        ("<?xml version='1.0'?><!-- a --><rss>", "feed"),
        ("<?xml version='1.0'?><html>", "html"),
        ('{"text": "a"}\n{"text": "b"}', "jsonl"),
    ],
)
def test_what_a_text_is(text: str, kind: str) -> None:
    assert sniff(text.encode()) == kind


def test_metadata_is_one_line() -> None:
    assert clean(" A\nB\x00\x1b ") == "A B"
    assert clean(" ") is None
