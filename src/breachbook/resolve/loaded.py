"""Documents of a book as linking looks at them: loaded once, their mentions gathered, what these tell worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from breachbook.resolve.actors import ActorFacts, actor_facts
from breachbook.resolve.incidents import Report, report
from breachbook.resolve.kinds import Told
from breachbook.resolve.mentions import Mention, Mentions, collect, incident_facts
from breachbook.resolve.organisation_facts import OrganisationFacts, organisation_facts
from breachbook.resolve.shelf import Shelf

PLACES = 20
"""Bits of a rank that tell a mention's place in its document; a million is more than a document has claims."""


@dataclass(frozen=True, slots=True)
class AllTold:
    """What documents tell of everything, by mention."""

    organisations: Mapping[str, Told[OrganisationFacts]]
    actors: Mapping[str, Told[ActorFacts]]
    incidents: Mapping[str, Told[Report]]


class Loaded:
    """The mentions of documents, loaded as they are asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._there: set[str] = set()
        self.mentions = Mentions({}, {}, {})

    def with_documents(self, ids: Collection[str]) -> Mentions:
        """All mentions loaded so far, with those of these documents."""
        wanted = set(ids) - self._there
        if wanted:
            found = collect(self._shelf.documents(sorted(wanted)))
            self.mentions.organisations.update(found.organisations)
            self.mentions.actors.update(found.actors)
            self.mentions.incidents.update(found.incidents)
            self._there |= wanted
        return self.mentions

    def with_mentions(self, mentions: Collection[str]) -> Mentions:
        """All mentions loaded so far, with these."""
        return self.with_documents({mention.partition("#")[0] for mention in mentions})

    def told(self, documents: Collection[str]) -> AllTold:
        """What documents tell."""
        return _told(self.with_documents(documents), set(documents))


def _told(book: Mentions, documents: Collection[str]) -> AllTold:
    def of(mentions: Mapping[str, Mention]) -> dict[str, Mention]:
        return {id_: mention for id_, mention in mentions.items() if mention.document.id in documents}

    incidents = of(book.incidents)
    facts = {id_: incident_facts(mention) for id_, mention in incidents.items()}
    organisations = {id_: Told(rank(m), organisation_facts(m, book, facts)) for id_, m in of(book.organisations).items()}
    described = {id_ for id_, told in organisations.items() if told.facts.described}
    return AllTold(
        organisations,
        {id_: Told(rank(m), actor_facts(m)) for id_, m in of(book.actors).items()},
        {id_: Told(rank(m), report(m, facts[id_], described)) for id_, m in incidents.items()},
    )


def rank(mention: Mention) -> int:
    """The place of a mention in the order in which mentions were added, as a number."""
    sequence, place = mention.order
    return sequence << PLACES | min(place, (1 << PLACES) - 1)
