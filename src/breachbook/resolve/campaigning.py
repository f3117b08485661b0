"""Campaigns of the incidents that an adding touches: made again with all incidents that may share a campaign with these."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from breachbook.model.entity import Entity, Match, entity_id
from breachbook.model.link import Shown
from breachbook.resolve.campaigns import Campaign, Story, campaigns
from breachbook.resolve.describing import claims_of, story
from breachbook.resolve.incidents import organisations_of
from breachbook.resolve.loaded import Loaded
from breachbook.resolve.relinking import POSITIONS, TooLargeError
from breachbook.resolve.shelf import Shelf
from breachbook.resolve.themes import themes, tied

POSSIBLE = 0.5
"""The score of an incident's tie to a campaign that is said to be possible only."""


class Campaigns:
    """Makes campaigns on a shelf; `called` gives the names of organisations."""

    def __init__(self, shelf: Shelf, loaded: Loaded, called: Callable[[Collection[str]], Mapping[str, str]], limit: int | None) -> None:
        self._shelf = shelf
        self._loaded = loaded
        self._called = called
        self._limit = limit

    def make(
        self, incidents: Mapping[str, Sequence[str]], gone: Collection[str], dropped: Collection[str]
    ) -> tuple[dict[str, Entity], set[str]]:
        """The campaigns of touched incidents and of those tied to them; and the ids of campaigns that were there before of any.

        Args:
            incidents: the mentions of touched incidents, by id.
            gone: incidents that are no more.
            dropped: mentions that may be no more.

        Raises:
            TooLargeError: more incidents are tied together than the limit.
        """
        before = self._shelf.themes_of({*incidents, *gone})
        stories = self._stories(incidents)
        self._shelf.put_themes(gone, {s.incident: themes(s, called) for s, called in stories})
        keys = {key for several in (*before.values(), *self._shelf.themes_of(incidents).values()) for key in several}
        together = tied(self._shelf, incidents, keys) - set(gone)
        if self._limit is not None and len(together) > self._limit:
            raise TooLargeError
        members = {**self._members(together - incidents.keys()), **incidents}
        stories += self._stories({i: members[i] for i in sorted(together - incidents.keys())})
        mentions = {m for several in members.values() for m in several} | set(dropped)
        old = set(self._shelf.campaigns_of(mentions))
        called = {id_: name for _, names in stories for id_, name in names.items()}
        found = campaigns([s for s, _ in sorted(stories, key=lambda pair: pair[0].incident)], called)
        made, possible = self._entities(found, members)
        self._shelf.put_shown((), {"campaign": mentions}, possible)
        return made, old

    def _stories(self, incidents: Mapping[str, Sequence[str]]) -> list[tuple[Story, dict[str, str]]]:
        """Incidents for the purpose of campaigns, each with the names of its organisations."""
        book = self._loaded.with_mentions([m for several in incidents.values() for m in several])
        named = {c.object_mention for several in incidents.values() for c in claims_of(several, book) if c.object_mention}
        organisations = organisations_of(self._shelf, named)
        called = self._called(set(organisations.values()))
        found = []
        for id_, several in incidents.items():
            made = story(id_, several, book, organisations)
            found.append((made, {o: called[o] for o in (*made.victims, *made.suppliers)}))
        return found

    def _members(self, incidents: Collection[str]) -> dict[str, list[str]]:
        inside = self._shelf.nodes_in("incident", incidents)
        members = self._shelf.members("incident", {node for several in inside.values() for node in several})
        return {i: [m for _, m in sorted(found for node in several for found in members[node])] for i, several in inside.items()}

    def _entities(self, found: Sequence[Campaign], members: Mapping[str, Sequence[str]]) -> tuple[dict[str, Entity], list[Shown]]:
        """Campaigns as entities; incidents that only may belong to one are put forward as matches."""
        ranks = self._ranks(found, members)
        made: dict[str, Entity] = {}
        possible = []
        for campaign in found:
            mentions = sorted((m for incident in campaign.incidents for m in members[incident]), key=ranks.__getitem__)
            free = next((i for m in mentions if (i := entity_id("campaign", m)) not in made), None)
            id_ = free or entity_id("campaign", f"{mentions[0]} {campaign.key}")
            made[id_] = Entity(id_, "campaign", campaign.name, tuple(mentions), campaign.aliases)
            for incident in campaign.possible:
                left, right = sorted((members[incident][0], mentions[0]))
                reason = f"its tie to {campaign.name} is said to be possible only"
                match = Match(left, right, POSSIBLE, (("campaign_possible", POSSIBLE),), reason, "proposal")
                possible.append(Shown("campaign", left, right, POSITIONS["campaign"], match))
        return made, possible

    def _ranks(self, found: Sequence[Campaign], members: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """The place of each mention in the order in which they were added."""
        wanted = {m for campaign in found for incident in campaign.incidents for m in members[incident]}
        return {mention: rank for several in self._shelf.members("incident", wanted).values() for rank, mention in several}
