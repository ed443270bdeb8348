"""The types of annotations that a brat project of ours has, for its annotation.conf."""

from __future__ import annotations

from typing import Final

from allegedly.records import ACTS, ASSESSMENT_KINDS, FORMS, MODALITIES, RELATIONS, SOURCE_KINDS

POLARITIES: Final = ("positive", "negative")
VERDICTS: Final = ("accept", "reject")
ENTITIES: Final = (
    *("Claim", "Cue", "Source", "Hedge", "Time", "Place", "Quantity"),
    *("Assessment", "Silence", "Silent"),
)
# How the ledger's fields are called here: parts of a claim and links between claims.
PARTS: Final = {"Cue": "CuedBy", "Source": "AttributedTo", "Hedge": "HedgedBy"}
TELLS: Final = "Tells"  # of a time, a place or a quantity
LINKS: Final = {relation: relation.capitalize() for relation in RELATIONS}
ABOUT: Final = "About"  # of an assessment and claims
KEPT_BY: Final = "KeptBy"  # of a silence and who keeps it
ATTRIBUTES: Final = {
    "Act": ("Claim", ACTS),
    "Form": ("Claim", FORMS),
    "Polarity": ("Claim", POLARITIES),
    "Modality": ("Claim", MODALITIES),
    "Kind": ("Source", SOURCE_KINDS),
    "Hop": ("Source", tuple(map(str, range(1, 10)))),
    "Standing": ("Assessment", ASSESSMENT_KINDS),
    "Verdict": ("Claim|Assessment|Silence", VERDICTS),  # for the annotator alone
}
# Notes with our own names: what brat has no place for, as JSON, and what people decided.
READ: Final = "Read"
DECIDED: Final = "Decided"
NAME: Final = "Name"
ROLE: Final = "Role"
DETAIL: Final = "Detail"
REASON: Final = "AnnotatorNotes"  # brat's own, which its editor writes


def annotation_conf() -> str:
    """The file that tells brat these types."""
    relations = {
        **{name: ("Claim", part) for part, name in PARTS.items()},
        TELLS: ("Claim", "Time|Place|Quantity"),
        **dict.fromkeys(LINKS.values(), ("Claim", "Claim")),
        ABOUT: ("Assessment", "Claim"),
        KEPT_BY: ("Silence", "Silent"),
    }
    lines = ["[entities]", *ENTITIES, "", "[relations]"]
    lines += [f"{name}\tArg1:{one}, Arg2:{two}" for name, (one, two) in relations.items()]
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", ""]
    lines += ["[attributes]"]
    lines += [
        f"{name}\tArg:{of}, Value:{'|'.join(values)}" for name, (of, values) in ATTRIBUTES.items()
    ]
    return "\n".join(lines) + "\n"
