"""One small input of every format that is read, made in memory: seeds for fuzzing and for tests."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from typing import Any, Final

STORY: Final = (
    "The ferry company halted all crossings on Tuesday after two boats had collided off the pier, "
    "the harbour office said."
)
MORE: Final = (
    "Mara Quay, a spokeswoman, denied that anybody had been hurt, and said that the boats would "
    "run again once engineers had inspected the pier."
)
TITLE: Final = "Ferries halted after collision"
ADDRESS: Final = "https://quay.example/ferries"
PAGE: Final = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title>
<meta property="og:site_name" content="Quay Post">
<meta property="article:published_time" content="2031-03-12T08:00:00Z">
<link rel="canonical" href="{ADDRESS}"></head><body><nav><a href="/">Home</a></nav>
<article><h1>{TITLE}</h1><div class="article-body"><p>{STORY}</p><p>{MORE}</p></div></article>
</body></html>"""


def warc(pages: list[tuple[str, str]] | None = None, *, packed: bool = True) -> bytes:
    """A WARC of responses, each with its address and page, among records to be skipped."""
    records = [_record("warcinfo", None, b"software: test\r\n", "application/warc-fields")]
    for address, page in pages or [(ADDRESS, PAGE)]:
        records += [
            _record("request", address, b"GET / HTTP/1.1\r\n\r\n", "application/http"),
            _record("response", address, _http(b"\x89PNG" + bytes(50), "image/png")),
            _record("response", address, _http(page.encode(), "text/html; charset=utf-8")),
            _record("response", address + "?gone", _http(b"<p>No", "text/html", "404 Gone")),
        ]
    return b"".join(gzip.compress(r, mtime=0) if packed else r for r in records)


def _http(body: bytes, kind: str, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _record(
    kind: str, address: str | None, block: bytes, media: str = "application/http;msgtype=response"
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Date: 2031-03-12T10:00:00Z",
        *([f"WARC-Target-URI: {address}"] if address else []),
        f"Content-Type: {media}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def wacz() -> bytes:
    """A WACZ, whose WARC is stored as it is."""
    return zipped(
        {
            "datapackage.json": b'{"profile": "data-package"}',
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
            "archive/data.warc.gz": warc(),
        },
        zipfile.ZIP_STORED,
    )


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """A tar, packed as the mode says."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]  # a str
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def rss() -> bytes:
    """An RSS feed of two entries, one with its whole text."""
    return f"""<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Post</title>
<item><title>{TITLE}</title><link>{ADDRESS}</link><dc:creator>Jo Reef</dc:creator>
<pubDate>Wed, 12 Mar 2031 08:00:00 GMT</pubDate><description>{STORY}</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>{MORE}</p>]]></content:encoded></item>
<item><title>Bread runs short</title><guid>https://quay.example/bread</guid>
<description>&lt;b&gt;Islanders&lt;/b&gt; said the shops were empty.</description></item>
</channel></rss>""".encode()


def atom() -> bytes:
    """An Atom feed."""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Post</title>
<entry><title type="html">{TITLE} &amp;amp; more</title><link rel="self" href="https://x.example/"/>
<link href="{ADDRESS}"/><author><name>Jo Reef</name></author>
<published>2031-03-12T08:00:00Z</published><updated>2031-03-12T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content>
</entry></feed>""".encode()


def json_feed() -> bytes:
    """A JSON Feed."""
    item = {
        "id": ADDRESS,
        "url": ADDRESS,
        "title": TITLE,
        "content_html": f"<p>{STORY}</p>",
        "date_published": "2031-03-12T08:00:00Z",
        "authors": [{"name": "Jo Reef"}],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay Post", "items": [item]}
    return json.dumps(feed, indent=1).encode()


def opml() -> bytes:
    """A list of one feed."""
    return b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline type="rss" text="Quay" xmlUrl="https://quay.example/feed"/></outline></body></opml>"""


def ninjs() -> bytes:
    """A ninjs item."""
    return json.dumps(
        {
            "uri": "urn:quay:1",
            "type": "text",
            "versioncreated": "2031-03-12T09:00:00Z",
            "firstcreated": "2031-03-12T08:00:00Z",
            "headline": TITLE,
            "byline": "Jo Reef",
            "language": "en-GB",
            "infosources": [{"name": "Quay Agency"}],
            "body_html": f"<p>{STORY}</p>\n<p>{MORE}</p>",
        }
    ).encode()


def newsml() -> bytes:
    """A NewsML-G2 item with an inline page."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:quay:1" xml:lang="en">
<itemMeta><provider literal="QA"><name>Quay Agency</name></provider>
<versionCreated>2031-03-12T09:00:00Z</versionCreated>
<firstCreated>2031-03-12T08:00:00Z</firstCreated></itemMeta>
<contentMeta><by>Jo Reef</by><language tag="en"/><headline>{TITLE}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>slug</title></head>
<body><p>{STORY}</p><p>{MORE}</p></body></html></inlineXML></contentSet></newsItem>""".encode()


def telegram() -> bytes:
    """A channel exported by Telegram Desktop."""
    told: dict[str, Any] = {
        "name": "Pier Watch",
        "type": "public_channel",
        "id": 123,
        "messages": [
            {"id": 1, "type": "service", "date": "2031-03-11T10:00:00", "action": "create"},
            {
                "id": 2,
                "type": "message",
                "date": "2031-03-12T08:00:00",
                "date_unixtime": "1931155200",
                "from": "Pier Watch",
                "text": ["The pier is ", {"type": "bold", "text": "closed"}, ", the mayor said."],
            },
            {
                "id": 3,
                "type": "message",
                "date": "2031-03-12T09:00:00",
                "from": "Pier Watch",
                "forwarded_from": "Harbour Office",
                "text": "No boat will leave today.",
            },
            {"id": 4, "type": "message", "date": "2031-03-12T09:30:00", "photo": "p.jpg"},
        ],
    }
    return json.dumps(told, indent=1).encode()


def table(rows: list[list[str]], delimiter: str = ",") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def stories_table() -> bytes:
    """A CSV of two stories."""
    return table(
        [
            ["id", "headline", "body", "url", "date", "outlet"],
            ["1", TITLE, f"{STORY}\n\n{MORE}", ADDRESS, "2031-03-12", "Quay Post"],
            ["2", "Bread", "Islanders said the shops were empty.", "", "1931155200", ""],
        ]
    )


def auto_archiver_sheet() -> bytes:
    """A sheet of Bellingcat's auto-archiver, exported as CSV."""
    head = ["Link", "Archive status", "Archive location", "Archive date", "Upload timestamp"]
    post = "https://twitter.com/anaruk/status/1"
    return table(
        [
            [*head, "Upload title", "Text content", "Hash"],
            [post, "done", "https://store.example/1.html", "2031-03-13T10:00:00",
             "2031-03-12T08:00:00", "A post", "The pier is gone, I saw it fall.", "ab"],
            [ADDRESS, "nothing archived", "", "", "", "", "", ""],
        ]
    )  # fmt: skip


def auto_archiver_db() -> bytes:
    """The CSV that auto-archiver writes itself."""
    metadata = (
        "{'url': 'https://t.me/pierwatch/7', 'title': 'Post', 'timestamp': "
        "datetime.datetime(2031, 3, 12, 8, 0, tzinfo=datetime.timezone.utc), "
        "'content': 'The pier is closed, the mayor said.'}"
    )
    return table([["status", "metadata", "media"], ["telegram: success", metadata, "[]"]])


def json_lines() -> bytes:
    """Two stories, a line each."""
    rows = [
        {"text": f"{STORY}\n\n{MORE}", "title": TITLE, "url": ADDRESS, "date": "2031-03-12"},
        {"text": "Islanders said the shops were empty.", "source": "Quay Post"},
    ]
    return "\n".join(map(json.dumps, rows)).encode()


def mail() -> bytes:
    """A message with a text."""
    return f"""From: "Quay Press Office" <press@quay.example>
To: desk@post.example
Subject: =?utf-8?q?Ferries_halted_=E2=80=93_statement?=
Date: Wed, 12 Mar 2031 08:00:00 +0100
Message-ID: <1@quay.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{STORY}

{MORE}
--b
Content-Type: text/html; charset=utf-8

<p>{STORY}</p>
--b--
""".encode()


def mhtml() -> bytes:
    """A page as Chrome saves it in one file."""
    return f"""From: <Saved by Blink>
Snapshot-Content-Location: {ADDRESS}
Subject: {TITLE}
Date: Wed, 12 Mar 2031 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: 8bit
Content-Location: {ADDRESS}

{PAGE}
------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://quay.example/pier.png

iVBORw0KGgo=
------b--
""".encode()


def pdf(pages: list[list[str]] | None = None) -> bytes:
    """A PDF, each page a list of lines."""
    pages = pages or [[TITLE, STORY[:60], STORY[60:]], [MORE[:70], MORE[70:]]]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        words = "".join(
            f"1 0 0 1 50 {750 - 16 * i} Tm ({_escaped(line)}) Tj\n" for i, line in enumerate(lines)
        )
        stream = f"BT /F1 11 Tf\n{words}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 800] /Resources << /Font << /F1 "
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
    inner = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{inner}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({TITLE}) /CreationDate (D:20310312080000+01'00') >>")
    return _pdf_file(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    tail = f"trailer << /Size {count} /Root 1 0 R /Info {count - 1} 0 R >>"
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}{tail}\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def parquet() -> bytes:
    """A Parquet file of two stories; needs pyarrow."""
    import pyarrow as pa  # noqa: PLC0415  # an extra
    from pyarrow import parquet as file  # noqa: PLC0415

    rows = pa.table({"body": [STORY, MORE], "title": [TITLE, None], "noise": [1, 2]})
    out = io.BytesIO()
    file.write_table(rows, out)
    return out.getvalue()


def every_format() -> dict[str, bytes]:
    """One input of each format, by name."""
    members = {"a/story.txt": STORY.encode(), "b/page.html": PAGE.encode(), "c.eml": mail()}
    return {
        "text": f"date 2031-03-12\n\n{STORY}\n\n{MORE}".encode(),
        "html": PAGE.encode(),
        "mhtml": mhtml(),
        "mail": mail(),
        "warc.gz": warc(),
        "warc": warc(packed=False),
        "wacz": wacz(),
        "zip": zipped(members),
        "tar": tarred(members, "w"),
        "tar.gz": tarred(members),
        "tar.xz": tarred(members, "w:xz"),
        "gzip": gzip.compress(PAGE.encode(), mtime=0),
        "bzip2": bz2.compress(PAGE.encode()),
        "xz": lzma.compress(PAGE.encode()),
        "rss": rss(),
        "atom": atom(),
        "json feed": json_feed(),
        "ninjs": ninjs(),
        "newsml": newsml(),
        "telegram": telegram(),
        "csv": stories_table(),
        "auto-archiver sheet": auto_archiver_sheet(),
        "auto-archiver csv": auto_archiver_db(),
        "jsonl": json_lines(),
        "pdf": pdf(),
        "parquet": parquet(),
        "opml": opml(),
    }
