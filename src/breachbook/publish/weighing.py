"""Claims weighed: made ready for weighing. Known by a day or not, normalised, ranked, superseded by later updates or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from breachbook.model.claim import Claim
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import EntityRef
from breachbook.model.record import Evidence
from breachbook.text.partial_dates import earliest, latest, overlap
from breachbook.vocab import precedence, properties

Key = tuple[str, str | int | bool, str | None]
"""What makes two claims on one property say the same: `entity`, `text`, `number` or `flag`, the normalised value, the unit."""

OWN_VOICES = frozenset({"press", "researcher"})
"""Roles in which an author speaks for himself: a paper's reporter who has looked at the files is the same voice as before."""

BY_ENTITY = frozenset({"victim", "third_party", "actor"})
"""Properties whose value is the name of their object; `product` is not one, its object is the supplier."""

_EARLIEST, _LATEST = lru_cache(maxsize=8192)(earliest), lru_cache(maxsize=8192)(latest)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with its id, its document, the day it was known, what it says (`key`) and its place in the order of
    precedence (`order`, smaller is stronger). `live` is False when a later update of the same document replaces it.
    """

    claim: Claim
    id: str
    meta: DocumentMeta
    day: date
    key: Key
    order: tuple[int | str, ...]
    live: bool = True
    entity: EntityRef | None = None

    @property
    def denies(self) -> bool:
        """Whether it says that the value is not so."""
        return self.claim.certainty == "denied" and self.key[0] != "flag"

    @property
    def role(self) -> str:
        """The speaker's role."""
        return self.claim.speaker.role


def known_day(claim: Claim, meta: DocumentMeta) -> date:
    """The day from which a claim counts as known: the last day that it may have been said on; where that is not known,
    the last day its document may have been published on, else the day it was added."""
    return _LATEST(claim.said or meta.published or meta.added[:10])


def weigh(
    claims: Iterable[Claim],
    documents: Mapping[str, DocumentMeta],
    links: Mapping[str, EntityRef],
    subjects: Collection[str],
    as_of: date | None = None,
) -> dict[str, list[Weighed]]:
    """The claims on the given subjects that were known by `as_of`, by property, strongest first.

    The order is total and does not depend on the order of the claims: the same claims always give the same lists.
    """
    found: dict[str, list[Weighed]] = {}
    seen: set[str] = set()
    for claim in claims:
        if claim.mention not in subjects:
            continue
        meta = documents[claim.document]
        day = known_day(claim, meta)
        if as_of is not None and day > as_of:
            continue
        weighed = _weighed(claim, meta, day, links)
        if weighed.id not in seen:
            seen.add(weighed.id)
            found.setdefault(claim.property, []).append(weighed)
    for name in BY_ENTITY & found.keys():
        found[name] = _joined(found[name])
    return {name: ordered(name, found[name]) for name in properties.properties() if name in found}


def _joined(given: list[Weighed]) -> list[Weighed]:
    """Names that lead to no entity, put with the one entity that other claims on the property call so."""
    entities: dict[str, dict[str, EntityRef]] = {}
    for w in given:
        if w.key[0] == "entity" and w.entity is not None:
            for name in (str(w.claim.value), w.entity.name):
                entities.setdefault(folded(name), {})[w.entity.id] = w.entity
    joined = []
    for w in given:
        own = entities.get(folded(str(w.claim.value)), {}) if w.key[0] == "text" else {}
        joined.append(replace(w, key=("entity", next(iter(own)), None), entity=next(iter(own.values()))) if len(own) == 1 else w)
    return joined


def ordered(property: str, given: Iterable[Weighed]) -> list[Weighed]:
    """Weighed claims on one property, strongest first, with those that a later update replaces marked and last."""
    every = [t if t.live else _with_live(t, True) for t in given]
    if any(t.claim.revision for t in every):
        many = properties.get(property).many
        updates: dict[tuple[str, str, str | None], list[Weighed]] = {}
        for t in every:
            if t.claim.revision:
                updates.setdefault(voice(t), []).append(t)
        every = [_with_live(t, False) if _superseded(t, updates.get(voice(t), ()), many) else t for t in every]
    return sorted(every, key=lambda t: (not t.live, t.order))


def _weighed(claim: Claim, meta: DocumentMeta, day: date, links: Mapping[str, EntityRef]) -> Weighed:
    target = claim.object_mention
    linked = links.get(target) if target else None
    claim_id = claim.id
    entity = linked if claim.property in BY_ENTITY else None
    return Weighed(claim, claim_id, meta, day, _key(claim, entity), _order(claim, meta, day, claim_id), True, entity or linked)


def _key(claim: Claim, entity: EntityRef | None) -> Key:
    value = claim.value
    if entity is not None:
        return "entity", entity.id, None
    if isinstance(value, bool):
        return "flag", value != (claim.certainty == "denied"), None
    if isinstance(value, int):
        return "number", value, claim.unit
    return "text", folded(value), claim.unit


def folded(text: str) -> str:
    """Text without case, and with only letters, digits and single spaces, so that `Cl0p `, `CL0P` and `cl0p` are one."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or text


def _order(claim: Claim, meta: DocumentMeta, day: date, claim_id: str) -> tuple[int | str, ...]:
    parts = {
        "speaker": precedence.speaker_rank(claim.property, claim.speaker.role),
        "certainty": precedence.certainty_rank(claim.certainty),
        "said": -day.toordinal(),
        "revision": -claim.revision,
        "sequence": -meta.sequence,
        "size": -claim.value if isinstance(claim.value, int) else 0,
        "position": claim.start,
    }
    return (*(parts[step] for step in precedence.steps(claim.property)), claim_id)


def voice(weighed: Weighed) -> tuple[str, str, str | None]:
    """Who speaks, within one document: its own author (whether as reporter or researcher), or somebody quoted."""
    claim, meta = weighed.claim, weighed.meta
    name = claim.speaker.name
    if claim.speaker.role in OWN_VOICES and name in (None, meta.publisher, meta.author):
        return claim.document, "author", None
    return claim.document, claim.speaker.role, name


def _superseded(earlier: Weighed, updates: Iterable[Weighed], many: bool) -> bool:
    """Whether a later one of the same voice's updates speaks of the same value again or, where there can be only one, of another."""
    return any(
        later.claim.revision > earlier.claim.revision and (later.key == earlier.key or not (many or later.denies or agree(later, earlier)))
        for later in updates
    )


def _with_live(t: Weighed, live: bool) -> Weighed:
    return replace(t, live=live)


def agree(left: Weighed, right: Weighed) -> bool:
    """Whether two claims on one property that can have one value can both be true: the same value, or dates that may be the same day."""
    if left.key == right.key:
        return True
    if properties.get(left.claim.property).value != "date":
        return False
    return dates_agree(str(left.claim.value), left.claim.qualifier, str(right.claim.value), right.claim.qualifier)


def dates_agree(left: str, left_qualifier: str | None, right: str, right_qualifier: str | None) -> bool:
    """Whether two partial dates may be the same day; `up_to` reaches back from its day, `at_least` forward."""
    if left_qualifier not in ("up_to", "at_least") and right_qualifier not in ("up_to", "at_least"):
        return overlap(left, right)
    start_left, end_left = _reach(left, left_qualifier)
    start_right, end_right = _reach(right, right_qualifier)
    return start_left <= end_right and start_right <= end_left


def _reach(value: str, qualifier: str | None) -> tuple[date, date]:
    start = date.min if qualifier == "up_to" else _EARLIEST(value)
    return start, date.max if qualifier == "at_least" else _LATEST(value)


def evidence(weighed: Weighed) -> Evidence:
    """The claim as a record shows it."""
    claim, meta = weighed.claim, weighed.meta
    return Evidence(
        claim=weighed.id, property=claim.property, value=claim.value, words=claim.original, document=claim.document, title=meta.title,
        publisher=meta.publisher, url=meta.url, start=claim.start, end=claim.end, speaker_role=claim.speaker.role,
        speaker_name=claim.speaker.name, certainty=claim.certainty, said=claim.said, revision=claim.revision,
        qualifier=claim.qualifier, unit=claim.unit,
    )  # fmt: skip
