"""Published records: what a page, the command line and the API show. Every value carries its claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from breachbook.model.claim import Value
from breachbook.model.dossier import EntityRef


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as shown: its words and where they stand, who said them, when, and how sure they were."""

    claim: str
    property: str
    value: Value
    words: str
    document: str
    title: str | None
    publisher: str | None
    url: str | None
    start: int
    end: int
    speaker_role: str
    speaker_name: str | None
    certainty: str
    said: str | None
    revision: int
    qualifier: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a field: the claims that say it, the strongest of them first, and why it stands where it stands.

    `certainty`, `speaker_role`, `speaker_name` and `said` are those of the strongest claim; `display` is the value in
    words (`6.5 GB`, `about 1.6 million`, `Canada`); `entity` links it to its profile. `certainty` can be lower than the
    strongest claim's own, where the table of precedence limits it (nobody's word but the victim's or an authority's
    makes an actor `stated`). `standing` says in words on whose word it stands (`claimed by the attacker, seen by a researcher`).
    """

    value: Value
    display: str
    certainty: str
    speaker_role: str
    speaker_name: str | None
    said: str | None
    claims: tuple[Evidence, ...]
    reason: str
    qualifier: str | None = None
    unit: str | None = None
    entity: EntityRef | None = None
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: the values that stand, and those that lost to them (other values of a single-valued field; for a
    many-valued one, values that were denied or withdrawn)."""

    property: str
    label: str
    values: tuple[FieldValue, ...]
    losing: tuple[FieldValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a narrative, and the ids of the claims behind it; numbers in it are theirs."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened (`lane` is `happened`) or that became known (`known`), with its partial date."""

    date: str
    lane: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a record rests on."""

    document: str
    title: str | None
    publisher: str | None
    publisher_role: str | None
    published: str | None
    url: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a statement of the victim did not say although others had said it by then."""

    statement: str
    said: str | None
    property: str
    label: str
    display: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """An incident on a profile: how the entity takes part in it (`victim`, `third_party`, `actor`, `member`), how sure
    that is, and the incident's status."""

    incident: EntityRef
    role: str
    certainty: str
    status: str
    date: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A published record: an incident, or the profile of an organisation, actor, supplier or campaign.

    `as_of` is the ISO date it was opened at, or None for today. `status` is for incidents. `summary` is the narrative.
    `extra` holds what only one kind of record has (for an organisation, its `primary_url`, defanged). `evidence` has the
    claims that are cited by id and stand in no field, so that every id cited in a record leads to words within it.
    """

    id: str
    kind: str
    name: str
    as_of: str | None
    fields: tuple[Field, ...]
    summary: tuple[Sentence, ...] = ()
    status: str | None = None
    status_claims: tuple[str, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    sources: tuple[Source, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    participations: tuple[Participation, ...] = ()
    campaigns: tuple[EntityRef, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def field(self, property: str) -> Field | None:
        """The field of a property, or None when nothing is known."""
        return next((f for f in self.fields if f.property == property), None)
