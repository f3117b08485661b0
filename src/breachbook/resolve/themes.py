"""Which incidents may share a campaign with which: those that name a product, a supplier or a campaign in a word they share.

The keys are wider than what makes a campaign, so that all incidents that keys tie together, and no others, decide on their campaigns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from breachbook.resolve.campaigns import Story, _exposures
from breachbook.resolve.kinds import kept
from breachbook.resolve.shelf import Shelf

EXPOSED, VICTIM = "exposed", "victim"
"""The roles in which an incident bears a key: as one that came through a supplier or product, or as the victim that may be a supplier."""


def themes(story: Story, organisations: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The keys of an incident, each with a role; `organisations` has the names of its organisations."""
    found = {(f"organisation:{victim}", VICTIM) for victim in story.victims}
    for exposure in _exposures(story, organisations):
        found |= {(kept(f"word:{word}"), EXPOSED) for word in exposure.words}
        if exposure.supplier:
            found.add((f"organisation:{exposure.supplier}", EXPOSED))
    found |= {(kept(f"word:{str(claim.value).casefold()}"), EXPOSED) for claim in story.values("cve")}
    return frozenset(found)


def tied(shelf: Shelf, start: Collection[str], keys: Collection[tuple[str, str]]) -> set[str]:
    """The incidents that keys tie to some: `start`, those that bear one of `keys`, and so on."""
    found: set[str] = set(start)
    frontier, asked = set(keys), set()
    while frontier:
        asked |= frontier
        wanted = {(key, EXPOSED) for key, _ in frontier} | {(key, VICTIM) for key, role in frontier if role == EXPOSED}
        reached = {incident for several in shelf.themed(sorted(wanted)).values() for incident in several} - found
        found |= reached
        frontier = {key for several in shelf.themes_of(reached).values() for key in several} - asked
    return found
