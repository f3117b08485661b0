"""Finding the one record that a person means by an id, a name or a domain.

An id is taken as it is, also one published before a merge. Otherwise the first of these that fits anything decides: an
exact name or alias (case, accents and punctuation aside) or a domain; then a name that is nearly it. Among several, a
name goes before an alias, and without a kind asked for, an organisation goes before an actor, a campaign and an incident.
An incident asked for by an organisation's, actor's or campaign's name is its incident, when it has just one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import token_sort_ratio

from breachbook.errors import AmbiguousError, NotFoundError
from breachbook.model.dossier import EntityRef
from breachbook.model.entity import KINDS
from breachbook.store.index import SearchIndex
from breachbook.store.keys import bounded, compared_key, domain_key, name_key
from breachbook.store.lookup import Named
from breachbook.store.reader import BookReader

PREFERRED = ("organisation", "actor", "campaign", "incident")
"""Which kind a name means when none is asked for."""

FORMS = ("name", "domain", "alias", "reference", "compared")
"""Which way of going by a key decides first."""

NEAR_SCORE = 0.86
"""How like a name must be, as 1 minus the share of characters that differ: one wrong letter in seven, or two in fifteen."""

CANDIDATES = 10
"""How many of several that fit are named."""

_ID = re.compile(r"(?:inc|org|act|cmp|doc)-[0-9a-f]{20}")


def find(reader: BookReader, index: SearchIndex, query: str, kind: str | None = None) -> EntityRef:
    """The record that `query` means, of a kind (of `KINDS`, or `supplier`, which is an organisation) or of any.

    Raises:
        NotFoundError: nothing in the book fits.
        AmbiguousError: several fit equally well.
    """
    wanted = "organisation" if kind == "supplier" else kind
    text = query.strip()
    if _ID.fullmatch(text):
        return _by_id(reader, text, wanted)
    for named in (_exact(reader, text), _near(reader, index, text)):
        if found := _of_kind(reader, named, wanted):
            return _only(found, query)
    what = f"no {kind}" if kind else "nothing"
    raise NotFoundError(f"the book holds {what} of this name", subject=query[:200])


def _by_id(reader: BookReader, id_: str, kind: str | None) -> EntityRef:
    if id_.startswith("doc-"):
        meta = reader.document_page(id_).meta
        return EntityRef(meta.id, "document", meta.title or meta.url or meta.id)
    found = reader.entity(id_)
    if found is None:
        raise NotFoundError("the book holds no such record", subject=id_)
    if kind is None or found.kind == kind:
        return found
    return _only(_of_kind(reader, [Named(found, "name")], kind), id_)


def _exact(reader: BookReader, text: str) -> list[Named]:
    keys = [key for key in (name_key(text), domain_key(text)) if key]
    found = [named for key in dict.fromkeys(map(bounded, keys)) for named in reader.named(key)]
    return found or reader.named(compared_key(text))


def _near(reader: BookReader, index: SearchIndex, text: str) -> list[Named]:
    """The entities whose name is most like the text, when it is like enough."""
    key = name_key(text)
    hits = dict.fromkeys(id_ for _, id_ in index.near(text, KINDS)) if key else {}
    scored: list[tuple[float, Named]] = []
    names = reader.names_of(list(hits))
    for id_ in hits:
        ref = reader.entity(id_)
        if ref is None or ref.id not in names:
            continue
        score, form = max((_likeness(key, name_key(name)), "name" if n == 0 else "alias") for n, name in enumerate(names[ref.id]))
        if score >= NEAR_SCORE:
            scored.append((score, Named(ref, form)))
    best = max((score for score, _ in scored), default=0.0)
    return [named for score, named in scored if score == best]


def _likeness(left: str, right: str) -> float:
    """1 minus the share of characters that differ, in the order of words that fits best."""
    return max(DamerauLevenshtein.normalized_similarity(left, right), token_sort_ratio(left, right) / 100)


def _of_kind(reader: BookReader, named: Sequence[Named], kind: str | None) -> list[EntityRef]:
    """Those of the kind, or of the kind preferred; of these, those that go by the best form."""
    for preferred in PREFERRED if kind is None else (kind,):
        for form in FORMS:
            if found := [n.entity for n in named if n.entity.kind == preferred and n.form == form]:
                return list(dict.fromkeys(found))
    if kind != "incident":
        return []
    profiles = _of_kind(reader, [n for n in named if n.entity.kind != "incident"], None)
    return list(dict.fromkeys(incident for profile in profiles for incident in reader.incidents_of(profile.id)))


def _only(found: Sequence[EntityRef], query: str) -> EntityRef:
    if not found:
        raise NotFoundError("the book holds no such record", subject=query[:200])
    if len(found) > 1:
        raise AmbiguousError(f"fits {len(found)} records", subject=query[:200], candidates=_candidates(found))
    return found[0]


def _candidates(found: Iterable[EntityRef]) -> tuple[tuple[str, str], ...]:
    return tuple((ref.id, ref.name) for ref in found)[:CANDIDATES]
