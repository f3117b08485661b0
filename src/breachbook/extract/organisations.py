"""Candidates to organisations of the story: the fullest name, its other forms, and facts about it, each where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.candidates import Candidate
from breachbook.extract.mentions import Chunk
from breachbook.extract.story import Mention, Organisation

MOST_ALIASES = 8
MOST_MENTIONS = 40


def mention(chunk: Chunk) -> Mention:
    """A chunk as a mention of the story."""
    return Mention(chunk.start, chunk.end, " ".join(chunk.name.split()))


def organisation(candidate: Candidate, brands: Sequence[Candidate] = ()) -> Organisation:
    """The organisation that a candidate names; `brands` are other candidates that name it too, as aliases."""
    full = candidate.fullest
    name = candidate.name
    forms = [form for named in (candidate, *brands) for form in named.forms()]
    aliases = {m.name: m for c in forms if (m := mention(c)).name.lower() != name.lower()}
    return Organisation(
        name,
        full.start,
        full.end,
        tuple(aliases.values())[:MOST_ALIASES],
        tuple(mention(c) for c in candidate.mentions[:MOST_MENTIONS]),
    )
