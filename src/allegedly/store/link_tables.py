"""The projections of links: what claims are compared by, groups, links, and people's words on them.

Each member of a group and each key of a document is a row that counts as long as its entry's does.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Float, Index, Integer, Table, Text

from allegedly.store.tables import opened, projections, seq, words

linkings: Final = Table(
    "linkings",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("document"),
    words("run", optional=True),
    Index("linkings_document", "document"),
)
opened(linkings, "id")

link_keys: Final = Table(
    "link_keys",
    projections,
    Column("key", BigInteger(), primary_key=True, autoincrement=False),
    seq("seq_from", key=True),
    Column("place", Integer(), primary_key=True, autoincrement=False),
)

claim_groups: Final = Table(
    "claim_groups",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("run", optional=True),
    words("shown"),
    Column("probability", Float(), nullable=False),
    Index("claim_groups_id", "id"),
)
opened(claim_groups, "id")

group_members: Final = Table(
    "group_members",
    projections,
    seq("seq_from", key=True),
    words("member", key=True),
    words("document"),
    Column("place", Integer(), nullable=False),
    Index("group_members_member", "member", "seq_from"),
)

links: Final = Table(
    "links",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("run", optional=True),
    words("left_claim"),
    words("right_claim"),
    words("relation"),
    Column("probability", Float(), nullable=False),
    words("method"),
    Column("reason", Text(), nullable=False),
    Index("links_left", "left_claim"),
    Index("links_right", "right_claim"),
)
opened(links, "id")

link_decisions: Final = Table(
    "link_decisions",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("recorded_at"),
    words("left_claim"),
    words("right_claim"),
    words("relation"),
    words("verdict"),
    words("reviewer"),
    words("reason"),
    Index("link_decisions_left", "left_claim"),
    Index("link_decisions_right", "right_claim"),
)
opened(link_decisions, "id")
