"""Whose account an address on a social platform belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from allegedly.records import Span, Zone

if TYPE_CHECKING:
    from allegedly.documents.captured import Parsed

_PLATFORMS: Final = re.compile(
    r"(?:^|\.)(?:twitter\.com|x\.com|instagram\.com|t\.me|telegram\.me|threads\.(?:net|com)"
    r"|tiktok\.com|facebook\.com|fb\.com|bsky\.app|vk\.com|truthsocial\.com|mastodon\.\w+)$"
)
# First parts of a path that are no account.
_NO_ACCOUNTS: Final = frozenset(
    {
        *("p", "reel", "reels", "hashtag", "search", "i", "s", "c", "tv", "share", "watch", "tags"),
        *(
            "stories",
            "explore",
            "groups",
            "events",
            "photo",
            "photos",
            "permalink.php",
            "story.php",
        ),
    }
)


def account_of(address: str | None) -> str | None:
    """The handle in the address of a post, without its @; None where it is no platform's."""
    try:
        parts = urlsplit(address or "")
        host = parts.hostname or ""
    except ValueError:
        return None
    if not _PLATFORMS.search(host):
        return None
    path = [part.lstrip("@") for part in parts.path.split("/") if part]
    if path[:1] in (["s"], ["profile"]) and len(path) > 1:  # t.me/s/CHANNEL, bsky.app/profile/…
        path = path[1:]
    return path[0] if path and path[0].lower() not in _NO_ACCOUNTS else None


def on_platform(address: str | None) -> bool:
    """Whether an address is one of a social platform."""
    try:
        return _PLATFORMS.search(urlsplit(address or "").hostname or "") is not None
    except ValueError:
        return False


def post(text: str, author: str | None, published: str | None) -> tuple[Zone, ...]:
    """A mark that says of a whole text that it is somebody's post."""
    span = Span(start=0, end=len(text))
    day = published[:10] if published else None
    return (Zone(span=span, kind="social_post", author=author, published=day),) if text else ()


def as_post(parsed: Parsed, author: str | None) -> Parsed:
    """What was parsed, marked as a post."""
    return replace(parsed, marks=post(parsed.text, author, parsed.published))
