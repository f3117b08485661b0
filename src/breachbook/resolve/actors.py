"""Actor mentions to actors, by the key of their canonical names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from breachbook.model.entity import Match
from breachbook.resolve.actor_names import ActorName, canonical_actor
from breachbook.resolve.kinds import Kind
from breachbook.resolve.mentions import Mention
from breachbook.resolve.packing import unpack
from breachbook.resolve.weights import SAME


@dataclass(slots=True)
class ActorSummary:
    """Nothing but judgements keeps one name apart."""

    def contradiction(self, other: ActorSummary) -> str | None:
        """None."""
        return None

    def absorb(self, other: ActorSummary) -> None:
        """Takes in another cluster."""


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """Whom a mention means: `key` is empty when its name names nobody; `name` is the one that the galaxies (or the source) use."""

    mention: str
    key: str
    name: str


def actor_facts(mention: Mention) -> ActorFacts:
    """Whom a mention means."""
    actor = actor_named(mention)
    return ActorFacts(mention.id, actor.key if actor else "", actor.name if actor else "")


def actor_named(mention: Mention) -> ActorName | None:
    """Whom a mention's name means; a name that the galaxies know goes before one that they do not."""
    texts = [str(c.value) for c in mention.called if c.property == "actor"] + mention.texts("actor_alias")
    found = [actor for text in texts if (actor := canonical_actor(text)) is not None]
    return max(found, key=lambda a: (bool(a.aliases) and not a.disputed, -found.index(a)), default=None)


def reference(mention: Mention) -> tuple[str | None, tuple[str, ...]]:
    """The note on a mention's name, and its names in the galaxies."""
    actor = actor_named(mention)
    if actor is None:
        return None, ()
    return actor.note, tuple(sorted({actor.name, *actor.aliases})) if actor.aliases else ()


def _match(left: ActorFacts, right: ActorFacts) -> Match | None:
    first, other = sorted((left.mention, right.mention))
    if not left.key or left.key != right.key:
        return None
    return Match(first, other, 1.0, (("same_actor", 1.0),), f"both names mean {min(left.name, right.name)}", SAME)


def _alike(facts: ActorFacts, first: str, other: str) -> Match:
    match = _match(replace(facts, mention=first), replace(facts, mention=other))
    assert match is not None  # mentions of one node have one key
    return match


def _merged(facts: Sequence[ActorFacts], first: str) -> ActorFacts:
    return ActorFacts(first, facts[0].key, min(f.name for f in facts))


def _ready(packed: Mapping[str, str]) -> Mapping[str, ActorFacts]:
    return {node: unpack(ActorFacts, facts) for node, facts in packed.items()}


def _keys(facts: ActorFacts) -> Iterator[str]:
    if facts.key:
        yield f"actor:{facts.key}"


ACTORS = Kind(
    name="actor",
    facts=ActorFacts,
    same_words=lambda facts: (facts.key,) if facts.key else None,
    merged=_merged,
    ready=_ready,
    keys=_keys,
    strong=frozenset({"actor"}),
    compare=_match,
    summary=lambda _: ActorSummary(),
    alike=_alike,
)
"""Actors, as linking needs to know them."""
