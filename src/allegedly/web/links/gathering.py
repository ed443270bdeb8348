"""What stands with a claim: as a machine grouped it, and as people joined and parted it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from allegedly import links
from allegedly.records import words
from allegedly.store import ClaimLinks
from allegedly.web.links.words import ReasonView, reasons, related, word_view
from allegedly.web.pages import say
from allegedly.web.pages.naming import Names
from allegedly.web.pages.standing import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegedly.linking.claims import Likeness
    from allegedly.records import Link, Statement
    from allegedly.store import StoredClaim, StoredLinkDecision, View
    from allegedly.web.pages.standing import ClaimRow, DecisionView

FEW: Final = 8  # of a group that a claim's own page shows
MANY: Final = 100  # of a group that is shown anywhere
RELATED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Words that stand with a claim, from a claim of their own (`row`) or an outlet's own voice.

    `alike` is how sure a machine is of these two by themselves; `by`, `why` and `word` are of the
    person who said something of them, None where nobody did. `word` is that word's entry.
    """

    id: str
    row: ClaimRow | None
    who: str
    words: str
    document: str
    story: str
    alike: str | None
    reasons: tuple[ReasonView, ...]
    by: str | None
    why: str | None
    word: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A claim that stands against this one or its group, and which of the two is the left one."""

    said: str
    relation: str
    left: str
    right: str
    partner: Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What stands with a claim; `sure` is how sure a machine is of its whole group.

    `seen` is the entry of the last word on any link of it, 0 for none. `words` are all of them.
    """

    id: str
    sure: str | None
    together: tuple[Partner, ...]
    left_out: int
    parted: tuple[Partner, ...]
    related: tuple[Related, ...]
    words: tuple[DecisionView, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class _Known:
    """Claims and statements of a moment, by their ids."""

    claims: Mapping[str, StoredClaim]
    rows: Mapping[str, ClaimRow]
    statements: Mapping[str, Statement]
    names: Names


def gathered(view: View, claim: str, most: int = FEW) -> Links:
    """What stands with a claim at a view's moment."""
    asked = ClaimLinks(view)
    members, sure = asked.one_with(claim)
    said = asked.words([claim])
    decided = {_other(word, claim): word for word in said if word.current and _of_same(word)}
    together = sorted(members, key=lambda name: (name not in decided, members.index(name)))[:most]
    parted = [name for name, word in decided.items() if word.verdict == "unlink"]
    against = _against(asked, [claim, *members])
    known = _known(asked, view, {*together, *parted, *_ends(against), *_ends(said)})
    alike = links.compared(view, claim, [*together, *parted])
    show = _Showing(known, alike, decided)
    return Links(
        id=claim,
        sure=None if sure is None else say.percent(sure),
        together=tuple(show.partners(together)),
        left_out=len(members) - len(together),
        parted=tuple(show.partners(parted)),
        related=tuple(show.related(against, {claim, *members})),
        words=tuple(word_view(word, claim, show.words) for word in said),
        seen=max((word.seq for word in said), default=0),
    )


@dataclass(frozen=True, slots=True)
class _Showing:
    """Partners as a page shows them."""

    known: _Known
    alike: Mapping[str, Likeness]
    decided: Mapping[str, StoredLinkDecision]

    def partners(self, names: Iterable[str]) -> list[Partner]:
        """Those of some claims and statements that are there at the moment."""
        return [found for found in map(self.partner, names) if found is not None]

    def partner(self, name: str) -> Partner | None:
        """One claim or statement, None where it is not there at the moment."""
        claim, statement = self.known.claims.get(name), self.known.statements.get(name)
        if claim is None and statement is None:
            return None
        document = claim.document if claim else statement.document if statement else ""
        alike, word = self.alike.get(name), self.decided.get(name)
        return Partner(
            id=name,
            row=self.known.rows.get(name),
            who=_who(claim, statement),
            words=self.words(name) or "",
            document=document,
            story=self.known.names.of(document, claim.title if claim else None),
            alike=say.percent(alike.probability) if alike else None,
            reasons=reasons(alike.reasons) if alike else (),
            by=word.reviewer if word else None,
            why=word.reason if word else None,
            word=word.seq if word else None,
        )

    def words(self, name: str) -> str | None:
        """The words of a claim or statement."""
        claim, statement = self.known.claims.get(name), self.known.statements.get(name)
        if statement is not None:
            return words(self.known.names.text(statement.document), statement.content)
        return claim.content if claim else None

    def related(self, found: Iterable[Link], inside: set[str]) -> list[Related]:
        """What stands against a claim or those that it stands with."""
        shown = []
        for link in found:
            outside = link.right if link.left in inside else link.left
            partner = self.partner(outside)
            if partner is not None:
                shown.append(related_view(link, partner, ours=link.left in inside))
        return shown[:RELATED]


def related_view(link: Link, partner: Partner, *, ours: bool) -> Related:
    """A link as seen from one of its ends; `ours` says that this is the left one."""
    person = link.method == "person"
    return Related(
        said=related(link.relation, ours=ours),
        relation=link.relation,
        left=link.left,
        right=link.right,
        partner=replace(
            partner,
            alike=None if person else say.percent(link.probability),
            reasons=reasons(link.reason),
            by="a person" if person else None,
            why=None,
            word=None,
        ),
    )


def _against(asked: ClaimLinks, names: list[str]) -> list[Link]:
    inside = set(names)
    found = asked.links(names[: MANY + 1])
    outward = [
        link for link in found if link.relation != "same" and not {link.left, link.right} <= inside
    ]
    return sorted(outward, key=lambda link: -link.probability)[: 2 * RELATED]


def _known(asked: ClaimLinks, view: View, names: set[str]) -> _Known:
    claims = asked.claims(names)
    rest = names - claims.keys()
    statements = asked.statements(rest) if rest else {}
    named = Names(view)
    shown = {each.id: each for each in rows(claims.values(), named)}
    return _Known(claims, shown, statements, named)


def _ends(found: Iterable[Link | StoredLinkDecision]) -> set[str]:
    return {end for each in found for end in (each.left, each.right)}


def _of_same(word: StoredLinkDecision) -> bool:
    return word.relation == "same" and word.verdict != "undo"


def _other(word: StoredLinkDecision, claim: str) -> str:
    return word.right if word.left == claim else word.left


_KINDS: Final = {
    "own_voice": "the outlet itself",
    "reported": "the subject of a sentence",
    "part": "part of a claim",
    "converse": "a side",
}


def _who(claim: StoredClaim | None, statement: Statement | None) -> str:
    if claim is not None:
        return claim.chain
    if statement is None:
        return ""
    named = statement.sources[-1].name if statement.sources else None
    return named or _KINDS[statement.kind]
