"""The tables. Nothing here that PostgreSQL or SQLite lacks.

What was said is kept: documents, readings, claims, judgements, refusals, fetches; so are reference lists. What
is made of it is derived and replaced at will: entities, mentions, parts, matches, names, rows, row_facets, and the
tables whose names begin with `link_`. `pending` says what they lack.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, UniqueConstraint

from breachbook.store.columns import ExactText, PlainText

metadata = MetaData()

meta = Table("meta", metadata, Column("key", PlainText(), primary_key=True), Column("value", PlainText(), nullable=False))
"""`book`: an id of this book; `derived`: the state that the derived tables were made from; `linked`: the same, where the tables of
`LINKS` are filled too."""

counters = Table(
    "counters",
    metadata,
    Column("name", PlainText(), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""`sequence`: the last document's; `generation`: raised by every change to what the derived tables rest on."""

migrations = Table(
    "migrations",
    metadata,
    Column("name", PlainText(), primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("applied", PlainText(), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("sequence", BigInteger, nullable=False, unique=True),
    Column("kind", PlainText(), nullable=False),
    Column("title", ExactText),
    Column("published", PlainText()),
    Column("url", ExactText),
    Column("publisher", ExactText),
    Column("publisher_role", PlainText()),
    Column("author", ExactText),
    Column("language", ExactText),
    Column("external_id", ExactText),
    Column("added", PlainText(), nullable=False),
    Column("origin", ExactText, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("passages", PlainText(), nullable=False),
    Column("raw_digest", PlainText(), nullable=False),
    Column("text_digest", PlainText(), nullable=False),
    # Two keys that make the same document, met again in another wrapping, the same: see `codec.story_key`, `codec.file_key`.
    Column("story_key", PlainText(), nullable=False, unique=True),
    Column("file_key", PlainText(), unique=True),
    Column("reading", PlainText(), nullable=False),
    Column("unread", PlainText()),
)
"""`text` is UTF-8 (lone surrogates kept) compressed with zstandard; `reading` is the newest reading's id."""

readings = Table(
    "readings",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False, index=True),
    Column("reader", PlainText(), nullable=False),
    Column("read", PlainText(), nullable=False),
    Column("unread", PlainText()),
)

claims = Table(
    "claims",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("subject", PlainText(), nullable=False),
    Column("property", PlainText(), nullable=False),
    Column("value", PlainText(), nullable=False),
    Column("original", ExactText, nullable=False),
    Column("start_offset", Integer, nullable=False),
    Column("end_offset", Integer, nullable=False),
    Column("speaker_role", PlainText(), nullable=False),
    Column("speaker_name", ExactText),
    Column("certainty", PlainText(), nullable=False),
    Column("said", PlainText()),
    Column("revision", Integer, nullable=False),
    Column("object", PlainText()),
    Column("qualifier", PlainText()),
    Column("unit", PlainText()),
    Index("claims_by_subject", "document", "subject"),
)
"""`value` is JSON in ASCII, so that 1, true and "1" stay apart."""

reading_claims = Table(
    "reading_claims",
    metadata,
    Column("reading", ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", ForeignKey("claims.id"), nullable=False),
    Column("confidence", Integer, nullable=False),
)
"""`confidence` is how sure this reading was of its own reading of the claim's words."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("left_mention", PlainText(), nullable=False),
    Column("right_mention", PlainText(), nullable=False),
    Column("decision", PlainText(), nullable=False),
    Column("who", ExactText, nullable=False),
    Column("made", PlainText(), nullable=False),
    Column("why", ExactText, nullable=False),
    Column("score", Float),
    Column("undone", PlainText()),
    Column("parts", PlainText()),
    Column("reason", ExactText),
    Column("act", PlainText()),
    Column("left_side", PlainText()),
    Column("right_side", PlainText()),
    Column("undone_by", ExactText),
    Column("undone_why", ExactText),
    Column("replaced_by", PlainText()),
    Index("judgements_by_act", "act"),
    Index("judgements_by_left", "left_mention"),
    Index("judgements_by_right", "right_mention"),
)
"""`left_mention` and `right_mention` are the mentions as their documents are read now, `left_side` and `right_side` (JSON) what
they were when judged; `parts` is JSON too."""

refusals = Table(
    "refusals",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("refused", PlainText(), nullable=False, index=True),
    Column("origin", ExactText, nullable=False),
    Column("code", PlainText(), nullable=False),
    Column("detail", ExactText, nullable=False),
    Column("raw_digest", PlainText()),
)

fetches = Table(
    "fetches",
    metadata,
    Column("url_digest", PlainText(), primary_key=True),
    Column("url", ExactText, nullable=False),
    Column("etag", ExactText),
    Column("last_modified", ExactText),
    Column("fetched", PlainText(), nullable=False),
)

reference_sets = Table(
    "reference_sets",
    metadata,
    Column("name", PlainText(), primary_key=True),
    Column("origin", ExactText, nullable=False),
    Column("added", PlainText(), nullable=False),
    Column("organisations", Integer, nullable=False),
)
"""Lists of organisations to link to."""

reference_organisations = Table(
    "reference_organisations",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("source", ForeignKey("reference_sets.name"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", ExactText, nullable=False),
    Column("details", PlainText(), nullable=False),
    Index("reference_organisations_by_source", "source", "position"),
)
"""`details` is JSON: aliases, domains, countries, regions, sectors, identifiers (`model.reference.KnownOrganisation`)."""

# --- derived ---------------------------------------------------------------------------------------------------------

entities = Table(
    "entities",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("kind", PlainText(), nullable=False),
    Column("name", ExactText, nullable=False),
    Column("aliases", PlainText(), nullable=False),
    Column("note", ExactText),
    Column("reference_names", PlainText(), nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("entity", PlainText(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", PlainText(), nullable=False),
    Column("document", PlainText(), nullable=False),
    Column("subject", PlainText(), nullable=False),
    Column("own_id", PlainText(), nullable=False, index=True),
    Index("mentions_by_document", "document"),
)
"""`own_id` is the id the entity would have had from this mention alone: an id once published leads on after a merge."""

parts = Table(
    "parts",
    metadata,
    Column("incident", PlainText(), primary_key=True),
    Column("entity", PlainText(), primary_key=True),
    Column("role", PlainText(), primary_key=True),
    Index("parts_by_entity", "entity"),
)
"""Who takes part in an incident: the entities its claims name, by the property that names them; `member` of a campaign."""

# Matches as they are shown; `position` groups those of a kind (judgements, what joined, the rest), which come by score.
matches = Table(
    "matches",
    metadata,
    Column("kind", PlainText(), primary_key=True),
    Column("left_mention", PlainText(), primary_key=True),
    Column("right_mention", PlainText(), primary_key=True),
    Column("left_node", PlainText(), nullable=False),
    Column("right_node", PlainText(), nullable=False),
    Index("matches_by_left_node", "kind", "left_node"),
    Index("matches_by_right_node", "kind", "right_node"),
    Column("position", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("parts", PlainText(), nullable=False),
    Column("reason", ExactText, nullable=False),
    Column("decision", PlainText(), nullable=False),
    Index("matches_by_right", "right_mention"),
)

names = Table(
    "names",
    metadata,
    Column("key", PlainText(), primary_key=True),
    Column("form", PlainText(), primary_key=True),
    Column("entity", PlainText(), primary_key=True),
    Index("names_by_entity", "entity"),
)
"""Keys that find an entity; `form` is `name`, `alias`, `domain`, `reference` (a name of a reference list), or
`compared` (see `keys.compared_key`)."""

rows = Table(
    "rows",
    metadata,
    Column("list", PlainText(), primary_key=True),
    Column("id", PlainText(), primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("sort_key", PlainText(), nullable=False),
    Column("status", PlainText()),
    Column("date", PlainText()),
    Column("date_from", PlainText(), nullable=False),
    Column("date_to", PlainText(), nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("detail", ExactText, nullable=False),
    Column("aliases", PlainText(), nullable=False),
    Column("text", ExactText, nullable=False),
    Column("inputs", PlainText(), nullable=False),
    Column("digest", PlainText(), nullable=False),
    UniqueConstraint("id", "list", name="rows_by_id"),
    Index("rows_by_date", "list", "date_to", "id"),
)
"""`inputs` is the digest of what the record was made from, `digest` that of the record; dates are ISO or empty."""

row_facets = Table(
    "row_facets",
    metadata,
    Column("list", PlainText(), primary_key=True),
    Column("id", PlainText(), primary_key=True),
    Column("facet", PlainText(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("value", ExactText, nullable=False),
    Column("key", PlainText(), nullable=False),
    Index("row_facets_by_key", "facet", "key", "list", "id"),
)

link_nodes = Table(
    "link_nodes",
    metadata,
    Column("kind", PlainText(), primary_key=True),
    Column("id", PlainText(), primary_key=True),
    Column("rank", BigInteger, nullable=False),
    Column("first", PlainText(), nullable=False),
    Column("entity", PlainText(), nullable=False),
    Column("facts", PlainText(), nullable=False),
    Index("link_nodes_by_entity", "kind", "entity"),
)
"""Mentions that are compared as one (see `model.link.Node`)."""

link_members = Table(
    "link_members",
    metadata,
    Column("kind", PlainText(), primary_key=True),
    Column("mention", PlainText(), primary_key=True),
    Column("node", PlainText(), nullable=False),
    Column("rank", BigInteger, nullable=False),
    Index("link_members_by_node", "kind", "node"),
)

link_keys = Table(
    "link_keys",
    metadata,
    Column("kind", PlainText(), primary_key=True),
    Column("key", PlainText(), primary_key=True),
    Column("rank", BigInteger, primary_key=True),
    Column("node", PlainText(), primary_key=True),
    Index("link_keys_by_node", "kind", "node", "key"),
)
"""The keys that nodes are filed under, the earliest first: those that share one are compared. The index holds all that is asked for by
node, without which SQLite would go through all keys of a kind."""

link_edges = Table(
    "link_edges",
    metadata,
    Column("kind", PlainText(), primary_key=True),
    Column("left_node", PlainText(), primary_key=True),
    Column("right_node", PlainText(), primary_key=True),
    Column("left_mention", PlainText(), nullable=False),
    Column("right_mention", PlainText(), nullable=False),
    Column("score", Float, nullable=False),
    Column("parts", PlainText(), nullable=False),
    Column("reason", ExactText, nullable=False),
    Column("decision", PlainText(), nullable=False),
    Index("link_edges_by_right", "kind", "right_node"),
)
"""Nodes that were compared and found alike, before clusters and judgements have their say."""

link_themes = Table(
    "link_themes",
    metadata,
    Column("incident", PlainText(), primary_key=True),
    Column("key", PlainText(), primary_key=True),
    Column("role", PlainText(), primary_key=True),
    Index("link_themes_by_key", "key", "role"),
)
"""By what incidents may share a campaign."""

pending = Table(
    "pending",
    metadata,
    Column("document", PlainText(), primary_key=True),
    Column("generation", BigInteger, primary_key=True),
)
"""Documents that the derived tables do not know yet as they are, with the generation of the book in which they came or were read."""

link_judged = Table(
    "link_judged",
    metadata,
    Column("id", PlainText(), primary_key=True),
    Column("left_mention", PlainText(), nullable=False),
    Column("right_mention", PlainText(), nullable=False),
    Column("decision", PlainText(), nullable=False),
)
"""The judgements in force that linking went by."""

LINKS: tuple[Table, ...] = (link_nodes, link_members, link_keys, link_edges, link_themes, link_judged)
"""The derived tables that only linking needs."""

DERIVED: tuple[Table, ...] = (entities, mentions, parts, matches, names, rows, row_facets, *LINKS)
"""The tables that can be emptied and made again."""
