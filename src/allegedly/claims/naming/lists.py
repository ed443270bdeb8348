"""The lists of names and words that mentions, sources and links are read with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegedly.records import SourceKind

# Shorter words than this only happen to end like one that says what somebody does.
_SHORTEST_ENDING = 3
_SAME_STEM = 3  # letters that a state and its adjective begin with
_NOUN_LISTS = frozenset(
    {"document", "footage", "witnesses", "group", "anonymous", "government", "military"}
)
_KINDS: tuple[SourceKind, ...] = ("government", "military", "media", "organisation")


class Roles(frozenset[str]):
    """Words for what people are and do: those listed, and those with one of their endings.

    *then-governor* and *co-owner* count as well, by their last part.
    """

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        if super().__contains__(word):
            return True
        if not isinstance(word, str) or word in _no_roles():
            return False
        endings = [end for end in _role_endings() if word.endswith(end)]
        if endings:
            return len(word) - min(map(len, endings)) >= _SHORTEST_ENDING
        return "-" in word[1:] and super().__contains__(word.rpartition("-")[2])


@cache
def _role_endings() -> tuple[str, ...]:
    return tuple(table("titles")["role_endings"])


@cache
def _no_roles() -> frozenset[str]:
    return frozenset(table("titles")["no_roles"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Word lists of one language, lower case unless said otherwise.

    `nouns` maps the head of an unnamed source to its kind, singulars and plurals alike. `heads`
    maps the last (or first) word of an organisation's name to the kind of source it makes.
    `country` maps a country, its demonyms and capital to the country.
    """

    honorifics: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    roles: Roles
    male_words: frozenset[str]
    female_words: frozenset[str]
    kin: frozenset[str]
    alike: tuple[frozenset[str], ...]
    male_names: frozenset[str]
    female_names: frozenset[str]
    first_names: frozenset[str]
    country: Mapping[str, str]
    places: frozenset[str]
    heads: Mapping[str, SourceKind]
    nouns: Mapping[str, SourceKind]
    plurals: frozenset[str]
    joining: frozenset[str]
    possessives: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    possessors: frozenset[str]
    reflexives: frozenset[str]
    prepositions: frozenset[str]
    relatives: frozenset[str]
    plain: frozenset[str]
    things: frozenset[str]
    quantities: frozenset[str]
    trailing: frozenset[str]
    short_titles: Mapping[str, str]
    irregular: frozenset[str]
    metonyms: frozenset[str]
    firms: frozenset[str]
    firm_nouns: frozenset[str]
    other_nouns: frozenset[str]


@cache
def table(name: str) -> dict[str, Any]:
    """One TOML file of the English lists, parsed; raises FileNotFoundError where there is none."""
    path = files("allegedly.claims.naming").joinpath("en", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plural(noun: str) -> str:
    """The plural of an English noun, lower case."""
    if noun == "passer-by":
        return "passers-by"
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def state_of(demonym: str) -> str | None:
    """The state whose adjective a word is, where it is made of its name: *Russian*, *Israeli*."""
    state = names().country.get(demonym.lower())
    made = state is not None and demonym[:_SAME_STEM] == state[:_SAME_STEM] and " " not in demonym
    return state if made and demonym != state and not demonym.endswith("s") else None


def singular(noun: str) -> str:
    """The noun that a listed plural comes from, or the noun itself, lower case."""
    listed = _singulars().get(noun)
    if listed is not None:
        return listed
    ending = noun.endswith("s") and noun[:-1].endswith(_role_endings())
    return noun[:-1] if ending and len(noun) > 2 * _SHORTEST_ENDING else noun


@cache
def _singulars() -> dict[str, str]:
    nouns = table("nouns")
    listed = {word for key, words in nouns.items() if key in _NOUN_LISTS for word in words}
    listed |= {*table("titles")["roles"], *table("titles")["callings"]}
    listed |= {word for words in table("organisations")["nouns"].values() for word in words}
    return {plural(noun): noun for noun in listed if plural(noun) not in listed}


def is_plural(word: str) -> bool:
    """Whether a lower-case word is a plural, by the lists or, where they lack it, by its end."""
    if word in names().plurals:
        return True
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us", "is", "ics"))
        and (word.isalpha() and word not in names().nouns and word not in names().roles)
    )


def _split(text: str, mark: str | None = None) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in text.split(mark) if word.strip())


def _by_kind(tables: Mapping[str, Iterable[str]]) -> dict[str, SourceKind]:
    return {word: kind for kind in _KINDS for word in tables.get(kind, ())}


def _nouns(nouns: Mapping[str, Any], organisations: Mapping[str, Any]) -> dict[str, SourceKind]:
    """The more telling lists come later and win."""
    found: dict[str, SourceKind] = {}
    lists: list[tuple[SourceKind, Iterable[str]]] = [
        ("organisation", organisations["nouns"]["organisation"]),
        ("media", organisations["nouns"]["media"]),
        ("military", organisations["nouns"]["military"]),
        ("government", organisations["nouns"]["government"]),
        ("group", nouns["group"]),
        ("document", nouns["document"]),
        ("footage", nouns["footage"]),
        ("witnesses", nouns["witnesses"]),
        ("anonymous", nouns["anonymous"]),
        ("government", nouns["government"]),
        ("military", nouns["military"]),
    ]
    for kind, words in lists:
        for word in words:
            found[word] = kind
            found[plural(word)] = kind
    # A paper, an agency or a team speaks as an institution unless it is plainly a document.
    return found | {"agency": "organisation", "paper": "media", "team": "group"}


def _countries(countries: Mapping[str, Iterable[str]]) -> dict[str, str]:
    found = {}
    for country, others in countries.items():
        for name in (country, *others):
            found[name.lower()] = country
    return found


@cache
def names() -> Names:
    """The English lists, read once."""
    titles, people, places = table("titles"), table("people"), table("places")
    organisations, nouns = table("organisations"), table("nouns")
    words = nouns["words"]
    male, female = _split(people["male"]), _split(people["female"])
    country = _countries(places["countries"])
    return Names(
        honorifics=frozenset(
            (*titles["honorifics"], *titles["honorifics_male"], *titles["honorifics_female"])
        ),
        suffixes=frozenset(titles["suffixes"]),
        particles=frozenset(titles["particles"]),
        roles=Roles((*titles["roles"], *titles["callings"])),
        male_words=frozenset((*titles["male"], *titles["honorifics_male"])),
        female_words=frozenset((*titles["female"], *titles["honorifics_female"])),
        kin=frozenset(titles["kin"]),
        alike=tuple(frozenset(group) for group in titles["alike"]),
        male_names=male - female,
        female_names=female - male,
        first_names=male | female | _split(people["either"]),
        country=country,
        places=frozenset(country) | _split(places["others"]["names"], "|"),
        heads=_by_kind(organisations["heads"]),
        nouns=_nouns(nouns, organisations),
        plurals=frozenset(_singulars()) | {"people", "police", "troops", "media"},
        joining=frozenset(organisations["joining"]["heads"]),
        possessives=frozenset(organisations["joining"]["possessives"]),
        articles=frozenset(words["articles"]),
        definite=frozenset(words["definite"]),
        indefinite=frozenset(words["indefinite"]),
        possessors=frozenset(words["possessive"]),
        reflexives=frozenset(words["reflexives"]),
        prepositions=frozenset(words["prepositions"]),
        relatives=frozenset(words["relatives"]),
        plain=frozenset(words["plain"]),
        things=frozenset(words["things"]),
        quantities=frozenset(words["quantities"]),
        trailing=frozenset(words["trailing"]),
        short_titles=titles["short"],
        irregular=frozenset(words["irregular"]),
        metonyms=frozenset(name.lower() for name in places["metonyms"]["names"]),
        firms=frozenset(organisations["firms"]["heads"]),
        firm_nouns=frozenset(organisations["firms"]["nouns"]),
        other_nouns=frozenset(organisations["firms"]["others"]),
    )
