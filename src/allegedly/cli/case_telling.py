"""How a case stands, and what moved in it, in lines and in JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from allegedly.cli.printing import put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.brief import Fact
    from allegedly.linking.moves import FigureMove, Moves, Part, StandingMove
    from allegedly.linking.record import Record
    from allegedly.linking.telling import Telling
    from allegedly.records import Standing, StoryChange, ToldClaim, Voice

MOST: Final = 8  # claims that are told in lines, and of each kind of question
NAMES: Final = 4
_SIGNS: Final = {
    "asserted": "asserted by",
    "own_voice": "told as their own by",
    "confirmed": "confirmed by",
    "denied": "denied by",
    "contradicted": "contradicted by",
    "changed": "said otherwise since by",
}


def telling_json(told: Telling) -> dict[str, Any]:
    """Standing, figures, changes and open questions, and the claims that they name by ids."""
    return {
        "standing": told.standings,
        "figures": [asdict(figure) for figure in told.figures],
        "changes": [asdict(change) for change in told.changes],
        "open_questions": [asdict(question) for question in told.questions],
    }


def claims_json(record: Record) -> dict[str, Any]:
    """Who says what in which story, by the ids of claims and statements."""
    return {name: _claim(claim) for name, claim in record.claims.items()}


def _claim(claim: ToldClaim) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "act": claim.act,
        "source": claim.source,
        "words": claim.words,
        "document": claim.document,
        "publisher": claim.outlet.publisher,
        "published": claim.outlet.published,
    }


def tell_standings(told: Telling, reported: Telling) -> None:
    """The claims that are contested most and told most, as the desk decided and as reported."""
    from allegedly.linking.standing import ABOUT  # noqa: PLC0415  # loaded by now; --help needs none

    about = [stands for stands in told.claims if stands.weight >= ABOUT]
    as_reported = {member: each for each in reported.standings for member in each.members}
    _heading("How the claims stand", about)
    for stands in about[:MOST]:
        _tell_standing(stands, as_reported.get(stands.shown, stands))
    _more(len(about) - MOST)
    kept = {member for stands in told.standings for member in stands.members}
    gone = [each for each in reported.standings if not kept.intersection(each.members)]
    for stands in gone[:MOST]:
        put(f"  ✗ {_quoted(stands.words)}: rejected at this desk, as reported {_line(stands)}")


def _tell_standing(stands: Standing, reported: Standing) -> None:
    from allegedly.brief import at_the_desk, counted, facts  # noqa: PLC0415  # as above

    put(f"  {_quoted(stands.words)}  ({counted(stands)})")
    for fact in facts(stands):
        put(f"      {_fact(fact)}")
    if desk := at_the_desk(reported):
        put(f"      at this desk: {desk}")
    if facts(reported) != facts(stands):
        put(f"      as reported: {_line(reported)}")


def _line(stands: Standing) -> str:
    from allegedly.brief import facts  # noqa: PLC0415  # as above

    return "; ".join(map(_fact, facts(stands)))


def _fact(fact: Fact) -> str:
    return f"{fact.what} {_names(fact.voices)}"


def _names(voices: Sequence[Voice]) -> str:
    from allegedly.brief.saying import named  # noqa: PLC0415  # as above

    return named(voices, NAMES)


def tell_figures(told: Telling) -> None:
    """Figures with their range and who gave which, when."""
    from allegedly.brief import span_of  # noqa: PLC0415  # as above

    _heading("Figures", told.figures)
    for figure in told.figures:
        where = f", {figure.place}" if figure.place else ""
        put(f"  {figure.name}{where}: {span_of(figure)}")
        first = {(r.source, r.words.casefold()): r for r in reversed(figure.reports)}
        shown = list(reversed(first.values()))
        for report in shown[:MOST]:
            put(f"      {_day(report.published)}  {report.source}: {_quoted(report.words)}")
        _more(len(shown) - MOST, "      ")


def tell_changes(told: Telling) -> None:
    """Who changed their story."""
    _heading("Who changed their story", told.changes)
    for change in told.changes:
        _tell_change(change, told.record, "  ")


def _tell_change(change: StoryChange, record: Record, sign: str) -> None:
    was, now = record.claims[change.earlier], record.claims[change.later]
    put(f"{sign}{change.source}")
    for claim in (was, now):
        put(f"      {_day(claim.outlet.published)}  {_quoted(claim.words)}")


def tell_questions(told: Telling) -> None:
    """What is open, kind by kind."""
    from allegedly.brief import QUESTIONS  # noqa: PLC0415  # as above

    _heading("What is open", told.questions)
    for kind, heading in QUESTIONS.items():
        some = [question for question in told.questions if question.kind == kind]
        for question in some[:MOST]:
            who = f"{question.who}, " if question.who else ""
            put(f"  {heading}: {who}{_quoted(question.words)}")
        _more(len(some) - MOST)


def tell_moves(moved: Moves, record: Record) -> None:
    """New claims, who came to which side of the others, figures that moved, changed stories."""
    from allegedly.brief import counted  # noqa: PLC0415  # as above
    from allegedly.linking.standing import ABOUT  # noqa: PLC0415  # as above

    new = [stands for stands in moved.new if stands.weight >= ABOUT]
    for stands in new[:MOST]:
        put(f"+ {_quoted(stands.words)}  ({counted(stands)})")
        put(f"    {_line(stands)}")
    _more(len(new) - MOST, "  ", "new claims")
    for stands in moved.gone[:MOST]:
        put(f"- {_quoted(stands.words)}")
    for move in moved.moved[:MOST]:
        _tell_move(move)
    _more(len(moved.moved) - MOST, "  ", "claims that stand otherwise")
    for figure in moved.figures:
        put(f"{'+' if figure.was is None else '~'} {_figure(figure)}")
    for change in moved.changes:
        _tell_change(change, record, "~ changed their story: ")


def _tell_move(move: StandingMove) -> None:
    from allegedly.brief import counted  # noqa: PLC0415  # as above

    was, now = counted(move.was), counted(move.now)
    put(f"~ {_quoted(move.now.words)}  ({now if was == now else f'{was} → {now}'})")
    for sign, parts in (("+", move.came), ("-", move.went)):
        for part in parts:
            put(f"    {sign} {_part(part)}")


def _part(part: Part) -> str:
    from allegedly.brief.standing import ASSESSED  # noqa: PLC0415  # as above

    told = {str(kind): words for kind, words in ASSESSED.items()} | _SIGNS
    return f"{told[part.what]} {_names(part.voices)}"


def _figure(move: FigureMove) -> str:
    from allegedly.brief import amount_of  # noqa: PLC0415  # as above

    was = f"{amount_of(move.was)} → " if move.was else ""
    return f"{move.now.name}: {was}{amount_of(move.now)}"


def _heading(heading: str, some: Iterable[object]) -> None:
    if any(True for _ in some):
        put("")
        put(heading)


def _more(count: int, indent: str = "  ", what: str = "") -> None:
    if count > 0:
        put(f"{indent}and {count} more{f' {what}' if what else ''}: --json has them all")


def _quoted(words: str) -> str:
    from allegedly.brief.saying import quoted  # noqa: PLC0415  # as above

    return quoted(words.removeprefix("that "))


def _day(published: str | None) -> str:
    return (published or "undated")[:10]
