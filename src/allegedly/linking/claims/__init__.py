"""Claims across stories: own voice, comparison, groups and what stands against what."""

from allegedly.linking.claims.columns import Table, chosen, table, words_of
from allegedly.linking.claims.compare import FEATURES, features
from allegedly.linking.claims.grouping import (
    Constraints,
    grouped,
    grouped_by,
    groups,
    likely,
    regrouped,
    told,
)
from allegedly.linking.claims.likeness import Likeness, likeness
from allegedly.linking.claims.own_voice import statements, stretches
from allegedly.linking.claims.profiles import (
    Profile,
    Said,
    of_claim,
    of_statement,
    profile,
    profiles,
)
from allegedly.linking.claims.relations import links, rejections
from allegedly.linking.claims.weights import Weights, shipped

__all__ = [
    "FEATURES",
    "Constraints",
    "Likeness",
    "Profile",
    "Said",
    "Table",
    "Weights",
    "chosen",
    "features",
    "grouped",
    "grouped_by",
    "groups",
    "likely",
    "likeness",
    "links",
    "of_claim",
    "of_statement",
    "profile",
    "profiles",
    "regrouped",
    "rejections",
    "shipped",
    "statements",
    "stretches",
    "table",
    "told",
    "words_of",
]
