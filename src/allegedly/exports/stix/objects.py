"""STIX objects with ids that stay the same from one export to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from allegedly.records import SourceKind

Body = dict[str, Any]
NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:allegedly:stix")
# STIX's identity classes: individual, group, system, organization, class, unknown.
CLASSES: Final[dict[SourceKind, str]] = {
    "person": "individual",
    "government": "organization",
    "military": "organization",
    "organisation": "organization",
    "media": "organization",
    "witnesses": "group",
    "group": "group",
    "social_account": "unknown",
    "document": "unknown",
    "footage": "unknown",
    "anonymous": "unknown",
}
# The Admiralty's credibility as a confidence from 0 to 100, by the scale in STIX 2.1, Appendix A;
# 6, truth cannot be judged, has none.
CONFIDENCE: Final = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
CREDIBILITY: Final = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
# An opinion is on the note, which says that something was said; never on what was said.
OPINIONS: Final = {"accept": "agree", "reject": "disagree"}
EXPLAINED: Final = {
    "accept": "The story says that they say this",
    "reject": "The story does not say this so",
}


def stix_id(kind: str, *fields: str) -> str:
    """An id made from what the object is about."""
    return f"{kind}--{uuid5(NAMESPACE, '|'.join((kind, *fields)))}"


EXTENSION: Final = stix_id("extension-definition", "ledger JSON")


@dataclass(frozen=True, slots=True, kw_only=True)
class Makes:
    """Who makes objects, and since when they are what they are."""

    by: str
    when: str

    def made(self, kind: str, about: str, /, **fields: Any) -> Body:  # noqa: ANN401  # JSON
        """An object of a kind; fields that are None are left out."""
        head = {"type": kind, "spec_version": "2.1", "id": stix_id(kind, about)}
        when = {"created": self.when, "modified": self.when}
        if kind == "marking-definition":
            del when["modified"]
        told = {name: value for name, value in fields.items() if value is not None}
        return {**head, "created_by_ref": self.by, **when, **told}


def identity(name: str, kind: str, when: str, **fields: Any) -> Body:  # noqa: ANN401  # JSON
    """Somebody, by name and class; nobody made it up, so it has no creator."""
    made = Makes(by="", when=when).made(
        "identity", f"{kind}|{name}", name=name, identity_class=kind, **fields
    )
    del made["created_by_ref"]
    return made


def admiralty(word: str, value: str, makes: Makes) -> Body:
    """The marking of a rating, in the words of the admiralty-scale that STIX and MISP users share.

    It is a person's, and marks that person's object alone.
    """
    axis = "source-reliability" if word == "reliability" else "information-credibility"
    statement = f'admiralty-scale:{axis}="{value.lower()}"'
    return makes.made(
        "marking-definition",
        f"{makes.by}|{statement}|{makes.when}",
        definition_type="statement",
        definition={"statement": statement},
    )


def extension(ledger: Body) -> Body:
    """A record as the ledger JSON has it, in the extension that the bundle defines."""
    return {EXTENSION: {"extension_type": "property-extension", "record": ledger}}


def extension_definition(makes: Makes) -> Body:
    """What that extension is."""
    made = makes.made(
        "extension-definition",
        "ledger JSON",
        name="allegedly ledger JSON",
        description=(
            "A record as allegedly's ledger JSON writes it; spans are half-open ranges of Unicode "
            "code points of the story's text."
        ),
        schema="urn:allegedly:ledger:1",
        version="1.0.0",
        extension_types=["property-extension"],
    )
    return {**made, "id": EXTENSION}
