"""Actor mentions to actors, by the key of their canonical names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement
from breachbook.resolve import judging
from breachbook.resolve.actor_names import ActorName, canonical_actor
from breachbook.resolve.clusters import Clusters
from breachbook.resolve.joining import join_all
from breachbook.resolve.mentions import Mention
from breachbook.resolve.weights import SAME

Known = dict[str, tuple[str | None, tuple[str, ...]]]
"""By mention: the note on the actor's name, and its names in the galaxies."""


@dataclass(slots=True)
class ActorSummary:
    """Nothing but judgements keeps one name apart."""

    def contradiction(self, other: ActorSummary) -> str | None:
        """None."""
        return None

    def absorb(self, other: ActorSummary) -> None:
        """Takes in another cluster."""


def cluster_actors(
    mentions: Mapping[str, Mention], judgements: Sequence[Judgement], names: Mapping[str, str]
) -> tuple[Clusters[ActorSummary], Known, list[Match]]:
    """Actors as clusters of mentions, what is known of their names, and the matches that made them.

    A name that names nobody ("hackers") joins nothing.
    """
    clusters = Clusters(mentions, lambda _: ActorSummary())
    matches = judging.apply(clusters, judgements, names)
    canonical = {mention_id: _name(mention) for mention_id, mention in sorted(mentions.items())}
    groups: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    known: Known = {}
    for mention_id, actor in canonical.items():
        known[mention_id] = (actor.note, tuple(sorted({actor.name, *actor.aliases})) if actor.aliases else ()) if actor else (None, ())
        if actor is not None:
            groups[actor.key].append(mention_id)
            shown[actor.key] = actor.name
    same = [
        Match(first, other, 1.0, (("same_actor", 1.0),), f"both names mean {shown[key]}", SAME)
        for key, (first, *rest) in groups.items()
        for other in rest
    ]
    return clusters, known, matches + join_all(clusters, same)


def _name(mention: Mention) -> ActorName | None:
    """Whom a mention's name means; a name that the galaxies know goes before one that they do not."""
    texts = [str(c.value) for c in mention.called if c.property == "actor"] + mention.texts("actor_alias")
    found = [actor for text in texts if (actor := canonical_actor(text)) is not None]
    return max(found, key=lambda a: (bool(a.aliases) and not a.disputed, -found.index(a)), default=None)
