"""What a report is about, before claims are made of it: its organisations, actors and incidents, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from breachbook.extract.context import Finding


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as written, `text[start:end]`."""

    start: int
    end: int
    name: str


@dataclass(slots=True)
class Organisation:
    """An organisation of the report: its fullest name, where that stands, its other forms, and facts about it."""

    name: str
    start: int
    end: int
    aliases: tuple[Mention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Actor:
    """A named attacker: its name, its other names, and the words that say it was them (one finding a revision of the text)."""

    name: str
    aliases: tuple[Mention, ...]
    findings: list[Finding]


@dataclass(slots=True)
class ThirdParty:
    """A third party: index of the story's organisation, what says it was one (one finding a revision), its products."""

    organisation: int
    findings: list[Finding]
    products: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Incident:
    """An incident of the report: indices of the story's organisations that are its victims and of its actors, its third
    parties, the sentences that tell of it (empty: all of them), and `own` findings that are known to be about it."""

    victims: list[int] = field(default_factory=list)
    actors: list[int] = field(default_factory=list)
    third_parties: list[ThirdParty] = field(default_factory=list)
    sentences: frozenset[int] = frozenset()
    own: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """All of it: `background` are victims of other incidents, named in passing."""

    relevant: Finding | None = None
    organisations: list[Organisation] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    background: list[Finding] = field(default_factory=list)
