"""The API of links: what stands with a claim, joining and parting, taking a word back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from starlette.responses import RedirectResponse

from allegedly import links
from allegedly.records import words
from allegedly.store import ClaimLinks
from allegedly.web.api.asking import answered
from allegedly.web.api.deciding import known
from allegedly.web.app.problems import ProblemError
from allegedly.web.links import shapes
from allegedly.web.links.gathering import MANY
from allegedly.web.pages.moments import local
from allegedly.web.pages.records import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from allegedly.records import LinkVerdict
    from allegedly.store import StoredLinkDecision
    from allegedly.web.app.routing import Call


def claim_links(call: Call) -> Response:
    """What stands with a claim, and every word of people's about it."""
    name, found = named(call, "claim"), ClaimLinks(call.view)
    members, sure = found.one_with(name)
    said = found.words([name])
    related = found.links([name])
    return answered(
        shapes.ClaimLinks(
            claim=name,
            probability=sure,
            together=_together(call, name, members[:MANY], said),
            related=[_related(link) for link in related if link.relation != "same"],
            words=[shapes.word(word) for word in said],
            seen=max((word.seq for word in said), default=0),
        )
    )


def decide(call: Call) -> Response:
    """Record that two claims are one, or are not; 409 where somebody said so in the meantime."""
    asked, ledger = call.body(shapes.Linking), call.desk.ledger
    verdict = cast("LinkVerdict", asked.verdict)
    return _written(
        call,
        lambda: ledger.decide_link(
            asked.one,
            asked.other,
            verdict,
            relation=asked.relation,
            reviewer=call.who.name,
            reason=asked.reason,
            seen=known(str(asked.seen)),
        ),
        asked.next,
    )


def undo(call: Call) -> Response:
    """Take a word on a link back by a later one."""
    asked, ledger = call.body(shapes.Unlinking), call.desk.ledger
    number = call.part("seq")
    if not (number.isascii() and number.isdigit() and len(number) < 19):  # noqa: PLR2004  # a 64-bit number
        raise ProblemError(404, "There is no such decision about a link.")
    who, why = call.who.name, asked.reason
    return _written(
        call,
        lambda: links.take_back(ledger, [int(number)], reviewer=who, reason=why)[0],
        asked.next,
    )


def _written(call: Call, write: Callable[[], StoredLinkDecision], onwards: str | None) -> Response:
    found = call.desk.writes.write(write)
    if not call.wants_page:
        return answered(shapes.word(found), 201)
    return RedirectResponse(local(onwards or f"/claims/{found.left}"), 303)


def _together(
    call: Call, name: str, members: list[str], said: list[StoredLinkDecision]
) -> list[shapes.LinkedClaim]:
    asked = ClaimLinks(call.view)
    claims = asked.claims(members)
    rest = set(members) - claims.keys()
    statements = asked.statements(rest) if rest else {}
    alike = links.compared(call.view, name, members)
    verdicts: dict[str, Any] = {
        end: word.verdict
        for word in said
        if word.current and word.relation == "same"
        for end in (word.left, word.right)
    }
    texts = {own.document: call.view.text(own.document) for own in statements.values()}
    shown = []
    for member in members:
        if member in claims:
            document, content = claims[member].document, claims[member].content
        elif member in statements:
            document = statements[member].document
            content = words(texts[document], statements[member].content)
        else:
            continue
        likely = alike.get(member)
        shown.append(
            shapes.LinkedClaim(
                id=member,
                document=document,
                words=content,
                probability=likely.probability if likely else None,
                reasons=[shapes.reason(each) for each in likely.reasons] if likely else [],
                decided=verdicts.get(member),
            )
        )
    return shown


def _related(link: Any) -> shapes.RelatedClaim:  # noqa: ANN401  # a Link
    return shapes.RelatedClaim(
        left=link.left,
        right=link.right,
        relation=link.relation,
        probability=link.probability,
        method=link.method,
        reasons=[shapes.reason(each) for each in link.reason],
    )
