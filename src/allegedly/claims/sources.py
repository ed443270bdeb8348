"""Who each source is, resolved over the whole document."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from allegedly.claims.antecedents import (
    Antecedents,
    Candidate,
    Sort,
    counted,
    couples,
    crowds,
    joined,
    joint,
)
from allegedly.claims.clauses import layout
from allegedly.claims.descriptions import (
    called,
    in_chain,
    institution,
    issuer,
    kin,
    maker,
    nearest_role,
)
from allegedly.claims.directory import Directory
from allegedly.claims.kinds import (
    crowd_of_name,
    is_brand,
    is_platform,
    kind_of_name,
    kind_of_named,
    kind_of_noun,
)
from allegedly.claims.mentions import find_mentions
from allegedly.claims.naming.extent import noun_phrase
from allegedly.claims.naming.lists import names, state_of
from allegedly.claims.phrases import Phrase, owner, read_phrase
from allegedly.claims.relatives import noun_before, relative
from allegedly.claims.relays import is_relay
from allegedly.claims.speakers import elided, signature, speaking_around
from allegedly.claims.tagged import Taggings, same_name
from allegedly.records import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.mentions import Gender, Mention
    from allegedly.records import Attribution, Document, SourceKind, Spans
    from allegedly.records import Mention as Tagged

_DOCUMENTS = frozenset({"document", "footage"})
# What a pronoun without an antecedent most likely stands for.
_UNRESOLVED: dict[str, SourceKind] = {"thing": "organisation", "plural": "group"}
_WITH_ROLE = frozenset({"person", "anonymous"})
_MANY = 50


def resolve_sources(
    document: Document, attributions: Sequence[Attribution], mentions: Sequence[Tagged] = ()
) -> tuple[Source | None, ...]:
    """The source of each attribution, one hop, in the order given.

    `mentions` are a tagger's, if there is one: they decide kinds and bounds of names and choose
    among the antecedents that gender, number and kind allow.

    None stands where an attribution names nobody; `Source.name` is None where a pronoun or a
    description has no antecedent of enough confidence (`antecedents.LEAST_CONFIDENCE`). An
    unnamed source is called by its description without the article.
    """
    return _Resolver(document, attributions, Taggings(mentions)).run()


class _Resolver:
    """One document's names, and its sources as they become known."""

    def __init__(
        self, document: Document, attributions: Sequence[Attribution], tagged: Taggings
    ) -> None:
        self._text = document.text
        self._attributions = attributions
        self._layout = layout(document.text)
        self._tagged = tagged
        self._mentions = tagged.refined(document.text, find_mentions(document))
        self._starts = [mention.span.start for mention in self._mentions]
        self._directory = Directory(self._mentions)
        self._chains = tagged.chains(self._mentions, self._directory)
        self._phrases = [self._phrase(a) for a in attributions]
        self._done: dict[int, Source] = {}
        self._known: dict[tuple[str, bool], list[tuple[int, Source]]] = defaultdict(list)
        self._roles = self._directory.by_role()
        self._antecedents = Antecedents(
            self._layout,
            [
                *(self._candidate(m) for m in self._mentions if not _is_modifier(m)),
                *joint(document.text, self._mentions, crowds(document.text)),
                *couples(document.text, self._mentions, self._people()),
            ],
        )

    def run(self) -> tuple[Source | None, ...]:
        for number, phrase in enumerate(self._phrases):
            if phrase is not None and (phrase.named or phrase.handle):
                self._settle(number, phrase, self._named(number, phrase))
        order = sorted(range(len(self._phrases)), key=self._place)
        for number in order:
            phrase = self._phrases[number]
            if phrase is not None and number not in self._done:
                self._settle(number, phrase, self._unnamed(number, phrase))
        return tuple(
            self._done.get(n) or self._author(n, a) for n, a in enumerate(self._attributions)
        )

    def _place(self, number: int) -> int:
        phrase = self._phrases[number]
        return phrase.span.start if phrase else 0

    def _settle(self, number: int, phrase: Phrase, found: tuple[str | None, SourceKind]) -> None:
        name, kind = found
        source = Source(
            spans=self._shown(number, phrase, kind),
            name=name,
            kind=kind,
            role=self._role(phrase, name) if kind in _WITH_ROLE else None,
        )
        self._done[number] = source
        if name is None or is_relay(self._attributions[number]):
            return  # whoever passes words on is named and no more likely to be spoken of again
        insort(
            self._known[phrase.head, phrase.plural],
            (phrase.span.start, source),
            key=lambda known: known[0],
        )
        self._antecedents.add(
            Candidate(
                start=phrase.span.start,
                end=phrase.span.end,
                upto=max((s.end for s in self._attributions[number].content), default=0),
                name=name,
                kind=kind,
                sort=_sort(kind, phrase),
                gender=self._gender(name, phrase),
                source=True,
                entity=self._tagged.entity(phrase.span.start, phrase.span.end),
            )
        )

    def _shown(self, number: int, phrase: Phrase, kind: SourceKind) -> Spans:
        """The words that say who it is; for a relative pronoun those right before it."""
        spans = self._attributions[number].source
        if phrase.pronoun == "relative":
            noun = noun_before(self._text, self._antecedents, phrase.span.start)
            return (noun,) if noun else spans
        dated = kind in _DOCUMENTS
        after = called(self._text, phrase, self._mentions, self._starts)
        if after is not None and not phrase.named:
            return (Span(phrase.span.start, after.span.end),)
        shown = noun_phrase(self._text, phrase.span, phrase.named, dated=dated)
        return tuple(shown if span == phrase.span else span for span in spans)

    def _role(self, phrase: Phrase, name: str | None) -> str | None:
        if phrase.role and len(phrase.named) == 1:
            return phrase.role
        entry = self._directory.entries.get(name or "")
        return entry.roles[0] if entry and entry.roles else None

    def _gender(self, name: str, phrase: Phrase) -> Gender | None:
        entry = self._directory.entries.get(name)
        if entry and entry.gender:
            return entry.gender
        if phrase.head in names().female_words:
            return "female"
        return "male" if phrase.head in names().male_words else None

    def _phrase(self, a: Attribution) -> Phrase | None:
        if not a.source:
            return None
        span = owner(self._text, max(a.source, key=len), a.cue)
        low = max(0, bisect_left(self._starts, span.start) - 1)
        high = bisect_left(self._starts, span.end)
        return read_phrase(self._text, span, self._mentions[low:high])

    def _full_name(self, mention: Mention) -> str:
        name = self._directory.full(mention.name, mention.span.start, mention.gender)
        chain = self._chains.get(self._tagged.entity(mention.span.start, mention.span.end), ())
        fuller = [full for full in chain if same_name(mention.name, full)]
        return max(fuller, key=len) if fuller and name not in fuller else name

    def _people(self) -> dict[int, str]:
        """The full name of each mention of a person by where it starts."""
        named = [(m.span.start, self._full_name(m)) for m in self._mentions]
        entries = self._directory.entries
        return {start: name for start, name in named if entries[name].kind in {"person", "other"}}

    def _candidate(self, mention: Mention) -> Candidate:
        name = self._full_name(mention)
        entry = self._directory.entries[name]
        kind, sort = self._kind_and_sort(mention, name)
        return Candidate(
            start=mention.span.start,
            end=mention.span.end,
            name=name,
            kind=kind,
            sort=sort,
            gender=entry.gender if sort == "person" else None,
            owner=mention.possessive,
            place=mention.kind == "place",
            entity=self._tagged.entity(mention.span.start, mention.span.end),
        )

    def _kind_and_sort(self, mention: Mention, name: str) -> tuple[SourceKind, Sort]:
        kind = self._directory.entries[name].kind
        if kind == "person":
            return "person", "person"
        crowd = crowd_of_name(name)
        if crowd:
            return crowd, "plural"
        if kind in {"organisation", "place"}:
            return kind_of_name(name), "institution"
        before = self._text[max(0, mention.span.start - 6) : mention.span.start].lower()
        if before.endswith((" in ", " at ", " near ", " from ")):
            return "organisation", "thing"
        return "person", "unknown" if mention.kind == "other" else "person"

    # -- sources that carry a name

    def _named(self, number: int, phrase: Phrase) -> tuple[str | None, SourceKind]:
        if phrase.handle:
            return phrase.handle, "social_account"
        if is_relay(self._attributions[number]) and is_platform(phrase.plain):
            return phrase.plain, "social_account"
        full = [self._full(mention, phrase) for mention in phrase.named]
        if len(full) == 1 and full[0] == phrase.plain:
            full = [state_of(full[0]) or full[0]]  # *Russian claims*
        if len(full) > 1:
            short = [m.name for m in phrase.named]
            whole = self._text[phrase.named[0].span.start : phrase.named[-1].span.end]
            name = whole if short == full else joined(full)
            return name, self._kind(full[0], phrase, joint=True)
        return full[0], self._kind(full[0], phrase, joint=False)

    def _full(self, mention: Mention, phrase: Phrase) -> str:
        after = self._text[mention.span.end : mention.span.end + 2]
        # A brand written with 's (as a whole source) keeps it; a country has none.
        ends = mention.span.end + 2 == phrase.span.end
        brand = mention.possessive and ends and mention.kind not in {"person", "place"}
        name = self._full_name(mention)
        return name + after if brand and name == mention.name and is_brand(name) else name

    def _kind(self, name: str, phrase: Phrase, *, joint: bool) -> SourceKind:
        entry = self._directory.entries.get(name)
        return kind_of_named(
            self._text, phrase, name, entry.kind if entry else "other", joint=joint
        )

    # -- sources without a name of their own

    def _unnamed(self, number: int, phrase: Phrase) -> tuple[str | None, SourceKind]:
        if phrase.pronoun == "speaker":
            return self._speaker(number, phrase)
        if phrase.pronoun == "relative":
            return relative(self._text, self._antecedents, phrase.span.start)
        return self._pronoun(number, phrase) if phrase.pronoun else self._described(phrase)

    def _described(self, phrase: Phrase) -> tuple[str | None, SourceKind]:
        kind = kind_of_noun(self._text, phrase)
        if kind in _DOCUMENTS:
            return (
                self._issuer(phrase)
                or self._again(phrase, kind)
                or self._made(phrase, kind)
                or (phrase.plain, kind)
            )
        together = counted(phrase, self._antecedents.before(phrase.span.start))
        if together is not None:
            return together.name, "group"
        named = called(self._text, phrase, self._mentions, self._starts)
        if named is not None:
            return self._full_name(named), "person"
        return self._again(phrase, kind) or (phrase.plain or None, kind)

    def _made(self, phrase: Phrase, kind: SourceKind) -> tuple[str, SourceKind] | None:
        mention = maker(self._text, phrase, self._mentions, self._starts)
        if mention is None:
            return None
        return self._full_name(mention), kind

    def _speaker(self, number: int, phrase: Phrase) -> tuple[str | None, SourceKind]:
        """I and we are whoever speaks the words around them."""
        for n in speaking_around(self._layout, self._attributions, number, phrase.span):
            source = self._done.get(n)
            if source and source.name:
                return source.name, source.kind
        author = self._attributions[number].zone.author
        if author:
            return author, "social_account"
        signed = signature(
            self._text, self._layout, self._mentions, self._starts, phrase.span.start
        )
        return (self._full_name(signed), "person") if signed else (None, "person")

    def _pronoun(self, number: int, phrase: Phrase) -> tuple[str | None, SourceKind]:
        attribution = self._attributions[number]
        said = [(span.start, span.end) for span in attribution.content]
        own = [(phrase.span.start, phrase.span.end)]
        if phrase.pronoun is None:
            return None, "person"
        entity = self._tagged.entity(phrase.span.start, phrase.span.end)
        best = self._antecedents.find(
            phrase.pronoun, phrase.span.start, [*said, *own], entity=entity
        )
        if best and best.noun:
            found = self._by_role(read_phrase(self._text, Span(best.start, best.end), ()))
            return found or (best.name, best.kind)
        if best:
            body = phrase.pronoun == "thing" and best.kind == "person"
            return best.name, "organisation" if body else best.kind
        return None, _UNRESOLVED.get(phrase.pronoun, "person")

    def _issuer(self, phrase: Phrase) -> tuple[str, SourceKind] | None:
        mention = issuer(self._text, phrase)
        if mention is None:
            return None
        return self._full_name(mention), kind_of_noun(self._text, phrase)

    def _again(self, phrase: Phrase, kind: SourceKind) -> tuple[str, SourceKind] | None:
        """Somebody spoken of before, whom a definite description means again."""
        same = self._same_words(phrase)
        if same:
            return same
        if phrase.indefinite or not (phrase.definite or phrase.bare):
            return None
        if phrase.plural and not phrase.definite:
            return None
        relative = kin(phrase, self._directory)
        if relative is not None:
            return relative, "person"
        entity = self._tagged.entity(phrase.span.start, phrase.span.end)
        return (
            in_chain(self._antecedents, phrase, kind, entity)
            or self._said_before(phrase)
            or self._by_role(phrase)
            or institution(self._text, self._antecedents, phrase, kind)
        )

    def _same_words(self, phrase: Phrase) -> tuple[str, SourceKind] | None:
        """An Australian woman, where somebody is introduced by just these words elsewhere."""
        words = phrase.plain.lower()
        if " " not in words or phrase.plural or phrase.head not in names().roles:
            return None
        fits = {
            entry.name
            for entry in self._roles.get(phrase.head, ())[:_MANY]
            if any(words in role.lower() for role in entry.roles)
        }
        return (fits.pop(), "person") if len(fits) == 1 else None

    def _said_before(self, phrase: Phrase) -> tuple[str, SourceKind] | None:
        if phrase.owners or phrase.possessor:
            return None
        known = self._known[phrase.head, phrase.plural] if phrase.head else []
        before = bisect_left(known, phrase.span.start, key=lambda pair: pair[0])
        source = known[before - 1][1] if before else None
        return (source.name, source.kind) if source and source.name else None

    def _by_role(self, phrase: Phrase) -> tuple[str, SourceKind] | None:
        name = nearest_role(phrase, self._roles)
        return (name, "person") if name else None

    def _author(self, number: int, attribution: Attribution) -> Source | None:
        """A social post's own words need no source phrase: its author stands beside them."""
        zone = attribution.zone
        if attribution.source:
            return None
        if attribution.within or not zone.author:
            outer = elided(self._text, self._layout, self._attributions, number)
            return self._done.get(outer) if outer is not None else None
        at = self._text.find(zone.author, zone.span.start, zone.span.end)
        spans = (Span(at, at + len(zone.author)),) if at >= 0 else ()
        return Source(spans=spans, name=zone.author, kind="social_account")


def _is_modifier(mention: Mention) -> bool:
    """Whether a mention is an adjective of a country, which no pronoun takes up."""
    country = names().country.get(mention.name.lower())
    adjective = mention.name.endswith(("an", "ish", "ese", "ch", "i"))
    return bool(country) and country != mention.name and adjective


def _sort(kind: SourceKind, phrase: Phrase) -> Sort:
    if phrase.plural or kind in {"group", "witnesses"}:
        return "plural"
    if kind in {"person", "anonymous", "social_account"} or phrase.head in names().roles:
        return "person"
    return "thing" if kind in _DOCUMENTS else "institution"
