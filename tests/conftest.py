"""One reading made by hand, with everything that a reading can hold."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings

from allegedly.records import (
    Assessment,
    Claim,
    Document,
    Place,
    Quantity,
    Reading,
    Silence,
    Source,
    Span,
    Spans,
    Target,
    Time,
    Zone,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The first example of a test pays for reading the word lists, so its time says nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real PostgreSQL for as long as the tests run; it need not outlive a power cut."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a run-time folder that we do not use
        pgserver = pytest.importorskip("pgserver")
    running = pgserver.get_server(mkdtemp(prefix="allegedly-pg-"), cleanup_mode="delete")
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture
def schema(server: str) -> Iterator[str]:
    """The address of an empty schema of that PostgreSQL."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    yield f"{server}&options=-csearch_path%3D{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a ledger that is not there yet, once on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "news.ledger")
    address: str = request.getfixturevalue("schema")
    return address


TEXT = """Bell <b>stolen</b> from & tower, says warden
Warden Ana Ruk said that villagers told her two men took the bell “at noon on 4 May”.
The mayor denied that. He did not say why. The warden gave no evidence.
Sale on now! <script>alert(1)</script>
قال الحارس إن الجرس سُرق
🔔 The bell is gone @belltower
A_very_long_word_without_any_break_at_all_that_goes_on_and_on_and_on_and_on_past_the_edge_of_it
"""


def at(words: str) -> Spans:
    found = re.search(re.escape(words), TEXT)
    assert found, words
    return (Span(*found.span()),)


def said(claim: str, content: Spans, **other: object) -> Claim:
    plain = Claim(
        id=claim,
        zone="story",
        content=content,
        cue=(),
        sources=(),
        act="assert",
        form="indirect",
        polarity="positive",
        modality="certain",
        probability=0.5,
    )
    return replace(plain, **other)  # type: ignore[arg-type]  # fields by name


def zones() -> tuple[Zone, ...]:
    kinds = ("headline", "story", "story", "teaser", "story", "social_post", "story")
    made, start = [], 0
    for kind, line in zip(kinds, TEXT.splitlines(keepends=True), strict=True):
        author = "belltower" if kind == "social_post" else None
        span = Span(start, start + len(line))
        made.append(Zone(span=span, kind=kind, author=author, published=author and "2031-05-05"))  # type: ignore[arg-type]  # kinds are strings here
        start += len(line)
    return tuple(made)


def claims() -> tuple[Claim, ...]:
    ana = Source(spans=at("Warden Ana Ruk"), name="Ana Ruk", kind="person", role="bell warden")
    villagers = Source(spans=at("villagers"), name=None, kind="witnesses")
    mayor = Source(spans=at("The mayor"), name="mayor", kind="government")
    tower = Source(
        spans=at("Bell <b>stolen</b> from & tower, says warden"), name=None, kind="media"
    )
    outer = at("that villagers told her two men took the bell “at noon on 4 May”")
    return (
        said("head", at("Bell <b>stolen</b> from & tower"), zone="headline", sources=(tower,)),
        said("outer", outer, cue=at("said"), sources=(ana,), act="accuse", form="mixed"),
        said(
            "inner",
            at("two men took the bell “at noon on 4 May”"),
            cue=at("told"),
            sources=(ana, villagers),
            modality="possible",
            hedges=at("told"),
            time=Time(value="2031-05-04T12:00", span=at("at noon on 4 May")[0]),
            places=(Place(span=at("tower")[0], name="Tower", lat=1, lon=2, precision_km=3),),
            quantities=(Quantity(span=at("two men")[0], value=2, low=2, high=2, unit="man"),),
        ),
        said("crossing", at("her two men"), sources=(), act="speculate"),
        said(
            "denial",
            at("that. He"),
            cue=at("denied"),
            sources=(mayor,),
            act="deny",
            polarity="negative",
            targets=(Target(relation="denies", claim="outer"),),
        ),
        said("arabic", at("إن الجرس سُرق"), cue=at("قال"), act="confirm"),
        said("post", at("The bell is gone"), zone="social_post", form="direct", act="ask"),
        said("long", (*at("A_very"), *at("edge_of_it")), act="demand"),
    )


@pytest.fixture(scope="session")
def bells() -> Reading:
    return Reading(
        document=Document(
            id="d" * 32, text=TEXT, title="Bells & <i>whistles</i>", published="2031-05-05"
        ),
        zones=zones(),
        claims=claims(),
        assessments=(
            Assessment(
                id="a",
                kind="no_evidence",
                by="publisher",
                spans=at("The warden gave no evidence"),
                about=("outer", "inner"),
            ),
        ),
        silences=(
            Silence(
                id="s", name="mayor", name_spans=at("He"), spans=at("did not say why"), about="why"
            ),
        ),
    )
