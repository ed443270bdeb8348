"""One HTML page of one reading: no network, no inline handlers, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from allegedly.exports import wording
from allegedly.exports.page import views
from allegedly.exports.page.families import FAMILIES
from allegedly.records.soundness import check

if TYPE_CHECKING:
    from jinja2 import Template

    from allegedly.records import Reading


def to_html(reading: Reading) -> str:
    """A reading as one self-contained HTML document.

    Its content security policy allows its own style sheet and script by their hashes and nothing
    else. Raises ValueError where a span of the reading does not hold.
    """
    check(reading)
    claims = views.claims(reading)
    return _template().render(
        policy=_policy(),
        style=_asset("style.css"),
        script=_asset("script.js"),
        document=reading.document,
        title=wording.title(reading),
        particulars=wording.particulars(reading),
        counts=wording.counts(reading),
        blocks=views.blocks(reading),
        claims=claims,
        sources=sorted({claim.source for claim in claims}, key=str.casefold),
        families=FAMILIES,
        acts=wording.ACTS,
        used=frozenset(claim.act for claim in claims),
        assessments=views.assessments(reading),
        silences=views.silences(reading),
    )


@cache
def _template() -> Template:
    loader = PackageLoader("allegedly.exports.page")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("story.html.j2")


@cache
def _asset(name: str) -> Markup:
    """A file of the package, trusted: it goes into the page as it is."""
    text = (files("allegedly.exports.page") / name).read_text("utf-8")
    return Markup(text)  # noqa: S704  # our own file, and it must match its hash


@cache
def _policy() -> str:
    style, script = (_digest(_asset(name)) for name in ("style.css", "script.js"))
    return (
        f"default-src 'none'; style-src {style}; script-src {script};"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
