"""The style sheets, scripts and pictures of the package, served under addresses that never change.

An address carries the digest of its content, so that a browser may keep it for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from allegedly.web.app.problems import ProblemError

if TYPE_CHECKING:
    from allegedly.web.app.routing import Call

# Each served name with the file that it is; the story's style is that of the single page.
FILES: Final = {
    "story.css": ("allegedly.exports.page", "style.css"),
    "desk.css": ("allegedly.web.assets", "desk.css"),
    "desk.js": ("allegedly.web.assets", "desk.js"),
    "icon.svg": ("allegedly.web.assets", "icon.svg"),
}
TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    content: bytes
    media: str
    digest: str


@cache
def _asset(name: str) -> Asset:
    package, file = FILES[name]
    content = (files(package) / file).read_bytes()
    media = f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8"
    return Asset(content, media, sha256(content).hexdigest()[:16])


def address(name: str) -> str:
    """Where a file is served."""
    return f"/assets/{_asset(name).digest}/{name}"


def serve(call: Call) -> Response:
    """A file, for whoever asks: the page to sign in needs them too."""
    name = call.part("name")
    if name not in FILES:
        raise ProblemError(404, "There is no such file.")
    found = _asset(name)
    kept = FOR_EVER if call.part("digest") == found.digest else "no-cache"
    return Response(found.content, media_type=found.media, headers={"cache-control": kept})
