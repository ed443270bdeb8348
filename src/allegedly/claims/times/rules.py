"""The rules that find expressions of time, read from a language's data and compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from allegedly.claims.lexicon import table
from allegedly.claims.times.words import BREAK, Classes, Row, Word, calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(
    r"(?P<sign>\(|\)(?:[?+]|\{\d,\d\})?|\|)"
    r"|(?P<look><!|<|!|&)?"
    r"(?:\{(?:(?P<name>\w*):)?(?P<of>[\w/]+)\}|(?P<literal>[^\s()|{}?+<&]+))(?P<often>[?+])?"
)
# A class that is no list of words but a pattern over several, named in the data.
_LOOKS = {"<": "?<=", "<!": "?<!", "!": "?!", "&": "?="}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to find, which reader tells its value, and what it is told besides."""

    pattern: re.Pattern[str]
    reader: str
    given: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule's match: the words of each named part, and first and last word (excluded)."""

    rule: Rule
    first: int
    last: int
    parts: dict[str, tuple[Word, ...]]

    def text(self, name: str) -> str:
        """The words of a part with blanks between, "" where it is absent."""
        return " ".join(word.text for word in self.parts.get(name, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The classes and rules of a language."""

    classes: Classes
    rules: tuple[Rule, ...]

    def find(self, row: Row) -> Iterator[Found]:
        """Every rule's matches, rule by rule."""
        for rule in self.rules:
            for match in rule.pattern.finditer(row.codes):
                yield Found(
                    rule=rule,
                    first=match.start(),
                    last=match.end(),
                    parts={
                        name: row.words[match.start(name) : match.end(name)]
                        for name in rule.pattern.groupindex
                        if match[name]
                    },
                )


@cache
def grammar(language: str = "en") -> Grammar:
    """The grammar of times of a language; raises FileNotFoundError where there is none.

    A rule's `find` is a row of words and classes in braces, with ( | ) ? and + as in regular
    expressions; `<` and `&` look behind and ahead, `<!` and `!` for what must not be there;
    `{name:class}` keeps the words for the reader under a name of their own.
    """
    data = table("timexes", language)
    words = calendar(language)
    macros: dict[str, str] = data["macros"]
    literals = {w for r in data["rule"] for w in _literals(r["find"])}
    literals |= {w for m in macros.values() for w in _literals(m)}
    members = {name: tuple(rows) for name, rows in words["classes"].items()} | {
        name: tuple(words[name]) for name in words["valued"]
    }
    classes = Classes(members, literals, words["capital"])
    rules = tuple(_rule(row, classes, macros) for row in data["rule"])
    return Grammar(classes=classes, rules=rules)


def _literals(find: str) -> Iterator[str]:
    return (m["literal"] for m in _PIECE.finditer(find) if m["literal"])


def _rule(row: dict[str, Any], classes: Classes, macros: dict[str, str]) -> Rule:
    given = {key: str(value) for key, value in row.items() if key not in {"find", "read"}}
    pattern = re.compile(_compiled(row["find"], classes, macros))
    return Rule(pattern=pattern, reader=row["read"], given=given)


def _compiled(find: str, classes: Classes, macros: dict[str, str], *, named: bool = True) -> str:
    """A rule's own notation as a regular expression over codes."""
    out: list[str] = []
    for piece in _PIECE.finditer(find):
        if piece["sign"]:
            out.append("(?:" if piece["sign"] == "(" else piece["sign"])
            continue
        inner = _inner(piece, classes, macros)
        name = piece["name"] if piece["name"] is not None else piece["of"]
        if piece["look"]:
            out.append(f"({_LOOKS[piece['look']]}{inner})")
        elif piece["of"] and name and named:
            out.append(f"(?P<{name}>{inner}){piece['often'] or ''}")
        else:
            out.append(f"(?:{inner}){piece['often'] or ''}")
    return "".join(out)


def _inner(piece: re.Match[str], classes: Classes, macros: dict[str, str]) -> str:
    if piece["literal"]:
        return f"[{classes.letters('=' + piece['literal'])}]"
    of: str = piece["of"]
    if of in macros:
        return _compiled(macros[of], classes, macros, named=False)
    if of == "any":
        return f"[^{BREAK}]"
    return f"[{''.join(classes.letters(name) for name in of.split('/'))}]"
