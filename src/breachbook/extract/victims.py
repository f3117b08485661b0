"""Which of the things named were hit."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.brands import tied
from breachbook.extract.candidates import Candidate, core_words
from breachbook.extract.lexicon import place, word_set
from breachbook.extract.mentions import Chunk
from breachbook.extract.roles import Judged, owns_name
from breachbook.extract.third_parties import is_third_party
from breachbook.model.document import Document

SURE = 0.68
"""Probability from which a candidate that was judged by itself is a victim beside a surer one."""
TOGETHER = 0.55
"""The same for one that was judged with an eye on the others: best F1 over folds of the labelled reports."""
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
    return _without_brands(_once([first, *(j for j in judged if j is not first and _is_sure(j))]))


def hit_as_suppliers(judged: Sequence[Judged]) -> list[Judged]:
    """The candidates that were hit beside a surer one, and are spoken of as the supplier through whom that one was."""
    return [j for j in judged if (j.together or 0.0) >= TOGETHER and is_third_party(j.candidate)]


def _is_sure(judged: Judged) -> bool:
    """Whether a candidate was hit beside a surer one; through whom that one was hit is a third party to it, and no victim beside it."""
    if is_third_party(judged.candidate):
        return False
    return judged.probability >= SURE if judged.together is None else judged.together >= TOGETHER


def _without_brands(hit: Sequence[Judged]) -> list[Judged]:
    """Without those that are said to be a brand, a part or the owner of a surer one, which keeps them as its `brands`."""
    kept: list[Judged] = []
    for judged in hit:
        owner = next((k for k in kept if tied(judged.candidate, k.candidate)), None)
        if owner is None:
            kept.append(judged)
        elif judged.candidate not in owner.brands:
            owner.brands.append(judged.candidate)
    return kept


def _once(hit: Sequence[Judged]) -> list[Judged]:
    """Without those whose name is part of a surer one's, or the other way round ("Atlanta officials", "city of Atlanta"): one thing
    by two names."""
    kept: list[Judged] = []
    for judged in hit:
        if not any(_are_one(judged.candidate.words, k.candidate.words) for k in kept):
            kept.append(judged)
    return kept


def _are_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the telling words of a name are all in the other's, but for initials ("Ohio DOT", "Ohio Department of Transportation")."""
    left, right = _not_in(one, other), _not_in(other, one)
    if not _telling(left) or not _telling(right):
        return True
    (short, *more), spelt = (left, right) if len(left) <= len(right) else (right, left)
    return not more and len(spelt) > 1 and short in ("".join(w[0] for w in spelt), "".join(w[0] for w in _telling(spelt)))


def _not_in(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words of a name that the other has not, not even in the possessive ("Acme's", folded to "acmes")."""
    return [word for word in one if not {word, word.removesuffix("s"), f"{word}s"} & set(other)]


def _telling(words: Sequence[str]) -> list[str]:
    """Words of a name without those for offices and parts ("officials")."""
    return [word for word in words if word not in _OFFICES]


def _only_situates(judged: Judged) -> bool:
    """Whether a place is only named to say where others are ("Toronto's SickKids", "a clinic in Toronto", "in Marietta, Ohio")."""
    mentions = judged.candidate.mentions
    if judged.facts.place is not None:
        return all(c.before() in _SITUATING or owns_name(c) for c in mentions)
    return all(c.before() in _TOWN_BEFORE and _before_place(c) for c in mentions)


def _before_place(chunk: Chunk) -> bool:
    """Whether a known place stands behind a name and a comma, as behind a town's."""
    words = [t.word for t in chunk.tokens[chunk.last : chunk.last + 1 + LONGEST_PLACE]]
    return words[:1] == [","] and any(place(" ".join(words[1:stop])) for stop in range(2, len(words) + 1))


LONGEST_PLACE = 3
"""Words of the name of a state or country that is looked for behind a town's."""
_SITUATING = frozenset({"in", "at", "near", "from", "around", "outside"})
"""Words before a place that say where something is."""
_TOWN_BEFORE = _SITUATING | {"of"}


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


def not_speaking(judged: Sequence[Judged], document: Document) -> list[Judged]:
    """The candidates without the one that publishes the document, unless a victim or supplier speaks of itself in it."""
    if not document.publisher or document.publisher_role in ("victim", "supplier"):
        return list(judged)
    own = set(core_words(document.publisher))
    return [j for j in judged if not own.issuperset(j.candidate.words)]
