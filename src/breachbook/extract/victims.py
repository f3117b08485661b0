"""Which of the things named were hit."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.candidates import Candidate, core_words
from breachbook.extract.lexicon import word_set
from breachbook.extract.roles import Judged, owns_name
from breachbook.extract.third_parties import is_third_party
from breachbook.model.document import Document

SURE = 0.68
"""Probability from which a candidate is a victim beside a surer one."""
LIKELIEST = 0.1
"""Probability below which even the likeliest candidate of a relevant report is no victim: then it names none."""
POSSIBLE = 0.3
"""Probability from which a candidate goes before a likelier one that is spoken of as a supplier."""

TOOL_REACH = 8
"""Words before a name among which the word for a tool stands that it is the name of."""
_NAMED = word_set("victims", "named")
_TOOLS = word_set("victims", "tools")
_DEVICES = word_set("victims", "devices")
_OFFICES = word_set("victims", "offices")


def victims(judged: Sequence[Judged]) -> list[Judged]:
    """Those that were hit, of candidates sorted by probability: the likeliest, and others that are sure by themselves."""
    kept = [j for j in judged if not (is_tool(j.candidate) or _is_device(j.candidate) or _only_situates(j))]
    if not kept or kept[0].probability < (LIKELIEST if kept[0] is judged[0] else POSSIBLE):
        return []
    judged, first = kept, kept[0]
    if is_third_party(first.candidate):
        customers = (j for j in judged[1:] if j.probability >= POSSIBLE and not is_third_party(j.candidate))
        first = next(customers, first)
    sure = [first, *(j for j in judged if j is not first and j.probability >= SURE and not is_third_party(j.candidate))]
    listed = (j for j in judged if j.probability >= POSSIBLE and all(j is not k for k in sure))
    return _once([*sure, *(j for j in listed if len(sure) > 1 and sum(_beside(j.candidate, k.candidate) for k in sure))])


def _once(hit: Sequence[Judged]) -> list[Judged]:
    """Without those whose name is part of a surer one's, or the other way round ("Atlanta officials", "city of Atlanta"): one thing
    by two names."""
    kept: list[Judged] = []
    for judged in hit:
        words = _telling_words(judged.candidate)
        if not any(words <= other or other <= words for other in map(_telling_words, (k.candidate for k in kept))):
            kept.append(judged)
    return kept


def _telling_words(candidate: Candidate) -> frozenset[str]:
    """The words of a name without those for offices and parts ("officials")."""
    words = frozenset(candidate.words)
    return words - _OFFICES or words


def _only_situates(judged: Judged) -> bool:
    """Whether a place is only named to say where others are ("Toronto's SickKids", "a clinic in Toronto")."""
    mentions = judged.candidate.mentions
    return judged.facts.place is not None and all(c.before() in _SITUATING or owns_name(c) for c in mentions)


_SITUATING = frozenset({"in", "at", "near", "from", "around", "outside"})
"""Words before a place that say where something is."""


def is_tool(candidate: Candidate) -> bool:
    """Whether a name is given to a tool of the attackers ("a web shell that the analysts call DEWMODE")."""
    for chunk in candidate.mentions:
        before = [t.lower for t in chunk.tokens[: chunk.first]]
        if before[-1:] and before[-1] in _NAMED and not _TOOLS.isdisjoint(before[-TOOL_REACH:]):
            return True
    return False


def _is_device(candidate: Candidate) -> bool:
    """Whether a name ends in a word for a thing that organisations run ("File Transfer Appliance"): no organisation is called so."""
    return candidate.fullest.tokens[candidate.fullest.last - 1].lower in _DEVICES


def _beside(one: Candidate, other: Candidate) -> bool:
    """Whether two stand beside each other in a list in the headline ("A, B, C")."""
    titles = [[c for c in thing.mentions if c.sentence.passage == "title"] for thing in (one, other)]
    return any(
        a.sentence is b.sentence and (a.first - b.last == 1 or b.first - a.last == 1) and "," in (a.before(), b.before())
        for a in titles[0]
        for b in titles[1]
    )


def not_speaking(judged: Sequence[Judged], document: Document) -> list[Judged]:
    """The candidates without the one that publishes the document, unless a victim or supplier speaks of itself in it."""
    if not document.publisher or document.publisher_role in ("victim", "supplier"):
        return list(judged)
    own = set(core_words(document.publisher))
    return [j for j in judged if not own.issuperset(j.candidate.words)]
