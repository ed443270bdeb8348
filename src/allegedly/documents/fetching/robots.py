"""What a site asks of robots: its robots.txt, read as RFC 9309 says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from allegedly.documents.fetching.getting import FetchError

if TYPE_CHECKING:
    from allegedly.documents.fetching.getting import Fetcher

_NAME: Final = "allegedly"
_LONGEST: Final = 500_000  # characters; the RFC wants 500 kB at least to be read
_NOTHING: Final = ("User-agent: *", "Disallow: /")
_SERVER_ERROR: Final = 500
_CLIENT_ERROR: Final = 400


@dataclass(slots=True)
class Robots:
    """The rules of the sites met, each asked for once."""

    fetcher: Fetcher
    _known: dict[str, RobotFileParser] = field(default_factory=dict)

    def allows(self, address: str) -> bool:
        """Whether a site lets us fetch an address.

        A site without a robots.txt allows all; one whose server fails allows nothing for now.
        """
        return self._rules(address).can_fetch(_NAME, address)

    def pause(self, address: str) -> float:
        """The seconds that a site wants between two requests; 0 where it does not say."""
        asked = self._rules(address).crawl_delay(_NAME)
        return float(asked) if asked else 0.0

    def _rules(self, address: str) -> RobotFileParser:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            self._known[site] = self._asked(site)
        return self._known[site]

    def _asked(self, site: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            answer = self.fetcher.get(f"{site}/robots.txt")
        except FetchError:
            rules.parse(_NOTHING)
            return rules
        if answer.status >= _SERVER_ERROR:
            rules.parse(_NOTHING)
        elif answer.status >= _CLIENT_ERROR:
            rules.parse(())
        else:
            rules.parse(answer.body.decode("utf-8", "replace")[:_LONGEST].splitlines())
        return rules
