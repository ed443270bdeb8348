"""What a ledger holds beside readings: captures, runs, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from allegedly.records.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Mapping

Subject = Literal["claim", "assessment", "silence", "document", "source", "case"]
Verdict = Literal[
    "accept",
    "reject",
    "correct",
    "reliability",
    "credibility",
    "note",
    "undo",
    "in",
    "out",
    "merge",
    "split",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes that were met somewhere and hold a document, with what was said of them there.

    `sha256` is the digest of the raw bytes, hex. `retrieved_at` is an ISO 8601 time, `archive` a
    pointer to a stored copy, down to the member, record or row that it is. `byline` and `updated`
    are as the capture says; `reader` is what read it, with its version. Two captures are one where
    bytes, place and description agree.
    """

    document: str
    sha256: str
    uri: str | None = None
    media_type: str = "text/plain"
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    retrieved_at: str | None = None
    archive: str | None = None
    byline: str | None = None
    updated: str | None = None
    reader: str | None = None

    @property
    def id(self) -> str:
        """The id; when it was retrieved and archived is no part of it."""
        said = (self.media_type, self.title, self.publisher, self.published)
        return content_id("capture", self.document, self.sha256, self.uri, *said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Which code, model and settings made a record."""

    code: str
    model: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id: the same code, model and settings are the same run."""
        return content_id("run", self.code, self.model, dict(sorted(self.settings.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word about a record; it never mixes with a machine's.

    `subject` is the id of a claim, assessment, silence or document, or a source's name. `value`
    is a letter A–F (reliability), a digit 1–6 (credibility), or for a correction an object of
    field names and new values in the form of the ledger JSON. About a case it is the id of the
    document that is `in` or `out`, of the case that it is to `merge` into, or for `split` an object
    of the case split off and its documents. `supersedes` is the decision that
    this one replaces or, for `undo`, takes back; `after` the last one on the same subject, which
    keeps a decision taken twice apart.
    """

    kind: Subject
    subject: str
    verdict: Verdict
    reviewer: str
    reason: str = ""
    value: Any = None
    supersedes: str | None = None
    after: str | None = None

    @property
    def id(self) -> str:
        """The id: the same word after the same other one is one decision."""
        about = (self.kind, self.subject, self.verdict, self.value)
        by = (self.reviewer, self.reason)
        return content_id("decision", *about, *by, self.supersedes, self.after)
