"""JSON objects read field by field, every complaint saying where it is about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from allegedly.records.spans import Span

if TYPE_CHECKING:
    from collections.abc import Collection

    from allegedly.records.spans import Spans

Choice = TypeVar("Choice", bound=str)
Kind = TypeVar("Kind")


def fields_in(names: str) -> frozenset[str]:
    """The field names in a string, parted by blanks."""
    return frozenset(names.split())


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object whose field names are known to be right; `where` is its path.

    Every method raises ValueError, naming the path, where the value is not of the asked type.
    """

    values: dict[str, Any]
    where: str

    @classmethod
    def of(
        cls,
        value: object,
        where: str,
        required: Collection[str],
        optional: Collection[str] = frozenset(),
    ) -> Fields:
        """The object at `where`, which has all required fields and none beyond the optional."""
        values = _typed(value, dict, where, "an object")
        if missing := sorted(set(required).difference(values)):
            raise ValueError(f"{where}: no field {missing[0]!r}")
        if unknown := sorted(map(str, set(values).difference(required, optional))):
            raise ValueError(f"{where}: unknown field {unknown[0]!r}")
        return cls(values, where)

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.where}.{key}"

    def text(self, key: str) -> str:
        """A string."""
        return _typed(self.values[key], str, self.at(key), "a string")

    def text_or_none(self, key: str) -> str | None:
        """A string, null or nothing."""
        return None if self.values.get(key) is None else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise ValueError(f"{self.at(key)}: not a list of strings")
        return tuple(values)

    def choice(self, key: str, choices: tuple[Choice, ...]) -> Choice:
        """One of a few strings."""
        value = self.text(key)
        for choice in choices:
            if choice == value:
                return choice
        raise ValueError(f"{self.at(key)}: {value!r} is none of {', '.join(choices)}")

    def choice_or_none(self, key: str, choices: tuple[Choice, ...]) -> Choice | None:
        """One of a few strings, null or nothing."""
        return None if self.values.get(key) is None else self.choice(key, choices)

    def number(self, key: str) -> float:
        """A finite number."""
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            raise ValueError(f"{self.at(key)}: not a finite number")
        return value

    def number_or_none(self, key: str) -> float | None:
        """A finite number or null."""
        return None if self.values[key] is None else self.number(key)

    def whole_or_none(self, key: str) -> int | None:
        """A whole number, null or nothing."""
        value = self.values.get(key)
        if value is None:
            return None
        return _typed(None if isinstance(value, bool) else value, int, self.at(key), "whole")

    def range(self, start: str, end: str) -> Span:
        """A span whose ends are two fields."""
        return _span([self.values[start], self.values[end]], self.where)

    def span(self, key: str) -> Span:
        """A span written as a pair."""
        return _span(self.values[key], self.at(key))

    def spans(self, key: str) -> Spans:
        """A list of spans, possibly empty."""
        pairs = enumerate(self._list(key))
        return tuple(_span(pair, f"{self.at(key)}[{index}]") for index, pair in pairs)

    def inner(self, key: str, required: Collection[str]) -> Fields:
        """The object in a field."""
        return Fields.of(self.values[key], self.at(key), required)

    def inner_or_none(
        self, key: str, required: Collection[str], optional: Collection[str] = frozenset()
    ) -> Fields | None:
        """The object in a field, or None for null."""
        if self.values[key] is None:
            return None
        return Fields.of(self.values[key], self.at(key), required, optional)

    def each(
        self, key: str, required: Collection[str], optional: Collection[str] = frozenset()
    ) -> list[Fields]:
        """The objects of a list."""
        values = enumerate(self._list(key))
        return [
            Fields.of(value, f"{self.at(key)}[{index}]", required, optional)
            for index, value in values
        ]

    def _list(self, key: str) -> list[Any]:
        return _typed(self.values[key], list, self.at(key), "a list")


def _typed(value: object, kind: type[Kind], where: str, name: str) -> Kind:
    if isinstance(value, kind):
        return value
    raise ValueError(f"{where}: not {name}")


def _finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _span(value: object, where: str) -> Span:
    match value:
        case [int() as start, int() as end] if not {type(start), type(end)} - {int}:
            pass
        case _:
            raise ValueError(f"{where}: not a pair of whole numbers")
    try:
        return Span(start, end)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
