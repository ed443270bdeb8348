"""What a page says about itself: JSON-LD first, then OpenGraph and meta, then its own elements."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from allegedly.documents.dates import iso_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_LONGEST: Final = 1_000  # characters of a value
_LONGEST_JSON: Final = 4_000_000
_MOST_NODES: Final = 20_000  # of one page's JSON-LD
_ARTICLE: Final = re.compile(
    r"Article$|^(?:BlogPosting|Report|ClaimReview|SocialMediaPosting)$|Posting$"
)
_TITLES: Final = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "headline",
)
_SITES: Final = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)
_AUTHORS: Final = (
    *("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator"),
    *("dcterms.creator", "cxenseparse:author", "byline"),
)
_PUBLISHED: Final = (
    *("article:published_time", "og:published_time", "datepublished", "parsely-pub-date"),
    *("sailthru.date", "article.published", "pubdate", "publishdate", "publish-date", "ptime"),
    *(
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "date",
        "rnews:datepublished",
    ),
    *("cxenseparse:recs:publishtime", "article:published", "originalpublicationdate"),
)
_UPDATED: Final = (
    *("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified"),
    *("dcterms.modified", "article.updated", "article:modified", "revised"),
)
_SPACES: Final = re.compile(r"\s+")
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}(?=$|[-_])")
_SITE_AT_END: Final = re.compile(r"\s+[|•·»–—-]\s+[^|•·»]{2,50}$")
_BARS: Final = frozenset("|•·»–—-:")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a page's metadata tell; times are ISO 8601, `body` is the article as JSON-LD spells it.

    `canonical` is the address that the page claims for itself, http or https.
    """

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    canonical: str | None = None
    language: str | None = None
    body: str = ""


def described(root: HtmlElement) -> Described:
    """The metadata of a page, each field from the best place that has it."""
    article = _article(root)
    meta = _meta(root)
    title = _text(article.get("headline")) or _first(meta, _TITLES) or _title(root)
    publisher = _name(article.get("publisher")) or _first(meta, _SITES)
    return Described(
        title=_without_site(title, publisher),
        publisher=publisher,
        byline=_name(article.get("author")) or _author(meta) or _rel_author(root),
        published=_time(article.get("datePublished")) or _date(meta, _PUBLISHED) or _shown(root),
        updated=_time(article.get("dateModified")) or _date(meta, _UPDATED),
        canonical=_canonical(root, meta, article),
        language=_language(root, meta, article),
        body=_body(article),
    )


def _article(root: HtmlElement) -> dict[str, Any]:
    """The first object of JSON-LD that is an article, else an empty one."""
    nodes = (node for script in _json_ld(root) for node in _objects(script))
    found = (node for node in islice(nodes, _MOST_NODES) if _is_article(node))
    return next(found, {})


def _json_ld(root: HtmlElement) -> Iterator[Any]:
    for script in root.iter("script"):
        kind = (script.get("type") or "").strip().lower()
        if kind.startswith("application/ld+json") and script.text:
            try:
                yield json.loads(script.text[:_LONGEST_JSON], strict=False)
            except (ValueError, RecursionError):
                continue


def _objects(value: object) -> Iterator[dict[str, Any]]:
    waiting: list[object] = [value]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(v for v in node.values() if isinstance(v, dict | list))
        elif isinstance(node, list):
            waiting.extend(node)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in names)


def _meta(root: HtmlElement) -> dict[str, str]:
    """The page's meta elements by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = _text(element.get("content"))
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return _SPACES.sub(" ", value[: 4 * _LONGEST]).strip()[:_LONGEST] or None


def _first(meta: dict[str, str], names: Iterable[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _name(value: object) -> str | None:
    """A person's or organisation's name in JSON-LD; several with commas."""
    if isinstance(value, list):
        names = [name for name in map(_name, value[:20]) if name]
        return ", ".join(dict.fromkeys(names)) or None
    found = _text(value.get("name") if isinstance(value, dict) else value)
    return None if found is None or found.startswith(("http:", "https:")) else found


def _author(meta: dict[str, str]) -> str | None:
    found = (meta[name] for name in _AUTHORS if name in meta)
    return next((name for name in found if not name.startswith(("http:", "https:"))), None)


def _rel_author(root: HtmlElement) -> str | None:
    links = (link for link in root.iter("a") if "author" in (link.get("rel") or "").split())
    return next((name for name in (_text(link.text_content()) for link in links) if name), None)


def _time(value: object) -> str | None:
    """An ISO 8601 time out of a value; seconds and milliseconds since 1970 are read too."""
    if isinstance(value, list) and value:
        value = value[0]
    text = str(value) if isinstance(value, int | float) else _text(value)
    if text is None:
        return None
    found = iso_moment(text)
    return found if found and _FIRST_YEAR <= int(found[:4]) <= _LAST_YEAR else None


def _date(meta: dict[str, str], names: Iterable[str]) -> str | None:
    found = (_time(meta[name]) for name in names if name in meta)
    return next((time for time in found if time), None)


def _shown(root: HtmlElement) -> str | None:
    """The first time that the page itself shows with its machine-readable value."""
    times = (e.get("datetime") or e.get("content") for e in root.iter("time"))
    marked = (
        e.get("content") or e.get("datetime") or e.text
        for e in root.xpath("//*[@itemprop='datePublished']")
    )
    found = (_time(value) for value in (*islice(marked, 3), *islice(times, 3)))
    return next((time for time in found if time), None)


def _canonical(root: HtmlElement, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    links = (
        link.get("href")
        for link in root.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    main = article.get("mainEntityOfPage")
    of_article = main.get("@id") if isinstance(main, dict) else main
    base = next((b.get("href") for b in root.iter("base")), None) or meta.get("og:url") or ""
    for value in (next(links, None), meta.get("og:url"), article.get("url"), of_article):
        address = web_address(value, base)
        if address:
            return address
    return None


def web_address(value: object, base: str = "") -> str | None:
    """The absolute http or https address in a value; None where it holds none."""
    if not isinstance(value, str) or len(value) > 4 * _LONGEST:
        return None
    try:
        address = urljoin(base, value.strip())
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return address if whole and not re.search(r"\s", address) else None


def _language(root: HtmlElement, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    of_page = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    values = (_text(article.get("inLanguage")), of_page, meta.get("og:locale"))
    more = (meta.get("content-language"), meta.get("language"))
    found = (_LANGUAGE.match(value.strip()) for value in (*values, *more) if value)
    return next((match[0].lower() for match in found if match), None)


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """A title without the name of its publisher after a dash or bar."""
    if not title or not publisher or not title.casefold().endswith(publisher.casefold()):
        return title
    head = title[: len(title) - len(publisher)].rstrip()
    return head[:-1].rstrip() if head[-1:] in _BARS and len(head.split()) > 2 else title  # noqa: PLR2004


def _title(root: HtmlElement) -> str | None:
    """The title element without the site's name at its end."""
    title = _text(root.findtext(".//title"))
    cut = _SITE_AT_END.sub("", title) if title else None
    return cut if cut and len(cut.split()) > 2 else title  # noqa: PLR2004  # not a site's name


def _body(article: dict[str, Any]) -> str:
    body = article.get("articleBody")
    return re.sub(r"<[^<>]*>", " ", body) if isinstance(body, str) else ""
