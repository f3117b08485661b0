"""Names that a model gives: each must be a name by our own reading of the words that it quotes."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.candidates import Candidate, candidates, facts_of
from breachbook.extract.context import Context
from breachbook.extract.described import described
from breachbook.extract.language_model.drops import Dropped
from breachbook.extract.language_model.instructions import Span, overlaps
from breachbook.extract.lexicon import fold_name, galaxy_actors, sector_words
from breachbook.extract.malware import key, known_names
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.organisations import MOST_MENTIONS, mention
from breachbook.extract.story import Mention
from breachbook.extract.victims import is_tool
from breachbook.text.folding import fold

LONGEST_NAME = 200
"""Characters; a described victim ("an engineering firm in East Dorset") is the longest that a name is."""

OVERLAP = 0.5
"""Share of a name's letters that our own chunks of capitalised words must hold."""

LONGEST_KIND = 3
"""Words of a phrase for a kind of organisation."""

DESCRIPTION_WORDS = range(2, 9)
"""Words of a description: one alone ("company", "bank") tells nobody, more are a sentence."""


class Names:
    """The names of one document, found by our own rules; `forbidden` are the stretches that are no evidence."""

    def __init__(self, context: Context, finder: MentionFinder, forbidden: Sequence[Span]) -> None:
        self._context, self._forbidden = context, forbidden
        things = candidates(finder.chunks(), context.text)
        self._chunks = [(chunk.start, chunk.end, thing) for thing in things for chunk in thing.mentions]
        self._described = described(context)

    def organisation(self, start: int, end: int) -> Candidate | None:
        """The thing named at `text[start:end]`, which may be an organisation; None for the one that is only described.

        Raises:
            Dropped: it is no name, or that of a person or a tool.
        """
        made = self._described
        if made and start < made.end and made.start < end:
            return None
        thing = self._thing(start, end)
        if thing is None and self._is_kind(start, end):
            return None
        if thing is None or is_tool(thing):
            raise Dropped("not_a_name")
        facts = facts_of(thing)
        if facts.is_person and not facts.registered:
            raise Dropped("person")
        return thing

    def other(self, start: int, end: int) -> None:
        """Lets a name of an attacker, a product or malware pass.

        Raises:
            Dropped: neither our chunks nor the galaxies know it for a name.
        """
        name = self._context.text[start:end]
        known = fold_name(name) in galaxy_actors() or key(name) in known_names()
        if not known and self._thing(start, end) is None:
            raise Dropped("not_a_name")

    def _is_kind(self, start: int, end: int) -> bool:
        """Whether the words tell what kind of organisation it is ("foreign ministry", "a technology company in Linz")."""
        words = fold(self._context.text[start:end]).lower().split()
        phrases = (" ".join(words[at : at + size]) for size in range(1, LONGEST_KIND + 1) for at in range(len(words)))
        return len(words) in DESCRIPTION_WORDS and any(phrase in sector_words("kind") for phrase in phrases)

    def mentions(self, thing: Candidate) -> tuple[Mention, ...]:
        """Where a thing is named, except where words address a model."""
        free = (c for c in thing.mentions if not overlaps(self._forbidden, c.start, c.end))
        return tuple(mention(chunk) for chunk in list(free)[:MOST_MENTIONS])

    def _thing(self, start: int, end: int) -> Candidate | None:
        shared = [(share, thing) for first, last, thing in self._chunks if (share := min(end, last) - max(start, first)) > 0]
        if sum(share for share, _ in shared) < OVERLAP * (end - start):
            return None
        return max(shared, key=lambda pair: pair[0])[1]
