"""The names of a report judged with an eye on each other: who was hit beside the likeliest victim.

A first judge ranks each name by itself (`roles`); this one sees what that one made of the others, whether the report is told to be
about several victims, and how a name is joined to the likeliest one and to the members of its list.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from breachbook.extract.candidates import Candidate
from breachbook.extract.context import Context
from breachbook.extract.enumerations import Enumeration, lists_of
from breachbook.extract.lexicon import word_set
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.roles import Judged, may_be_victim
from breachbook.extract.third_parties import is_third_party

LEAST = 0.01
"""Probability by the first judge below which a name is not looked at again, unless its list has a likelier one."""
LEAD_SENTENCES = 2
MENTIONS_LOOKED_AT = 12
JOIN = 40
"""Characters between two names that are joined by "and" or the like."""
NUMBER_REACH = 3
"""Words after a number within which what it counts stands ("three small rural hospitals")."""

_MANY = word_set("together", "many")
_KINDS = word_set("together", "kinds")
_EVENTS = word_set("together", "events")
_WORD = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"(?:'s|’s)?[\s,]{0,3}(?:and|as well as|&|,|alongside|along with|or)\s{1,2}(?:the\s)?(?:\w+\s){0,3}")


def together_features(judged: Sequence[Judged], context: Context) -> list[list[str]]:
    """What each candidate looks like beside the others, as feature names; none for those that are not looked at.

    `judged` are the candidates with their probabilities by the first judge, the likeliest first.
    """
    if not judged:
        return []
    told = _told_of_several(context)
    lists = lists_of([one.candidate for one in judged], context)
    odds = {id(one.candidate): _odds(one.probability) for one in judged}
    likely = min(6, sum(one.probability > LIKELY and may_be_victim(one) for one in judged))
    first = _First(judged[0], context)
    shared = [*told, f"top={_bucket(_odds(judged[0].probability), -1, 0, 1, 2, 3)}", f"likely={likely}", f"top-supplies={first.supplies}"]
    found: list[list[str]] = []
    for rank, one in enumerate(judged):
        listed = lists.get(id(one.candidate))
        if one.probability < LEAST and (listed is None or max(odds[id(m)] for m in listed.members) < _odds(LEAST)):
            found.append([])
            continue
        own = _bucket(odds[id(one.candidate)], -3, -2, -1, 0, 1, 2)
        features = [*shared, *_own(one, rank, likely), *(f"{mark},own={own}" for mark in told)]
        if listed is not None:
            features += _of_list(listed, own, odds, is_first=listed is lists.get(id(judged[0].candidate)))
        found.append([*features, *first.joins(one.candidate, own)])
    return found


def reconsider(judged: Sequence[Judged], context: Context, model: LinearModel) -> None:
    """Sets the probability that each candidate was hit, with an eye on the others."""
    for one, features in zip(judged, together_features(judged, context), strict=True):
        one.together = model.probability(features) if features else 0.0


LIKELY = 0.3
"""Probability by the first judge from which a name counts as one that may have been hit."""


def _odds(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def _bucket(number: float, *edges: float) -> int:
    return bisect_right(edges, number)


def _told_of_several(context: Context) -> list[str]:
    """Signs in headline and lead that a report is about several victims ("German companies", "three hospitals")."""
    head = context.sentences[0]
    title = context.words(head).lower() if head.passage == "title" else ""
    words = _WORD.findall(title)
    lead = [_WORD.findall(context.words(s).lower()) for s in context.sentences[1 : 1 + LEAD_SENTENCES]]
    signs = (
        ("plural", not _KINDS.isdisjoint(words)),
        ("plural-event", not _EVENTS.isdisjoint(words)),
        ("counted", _counts(words)),
        ("counted-lead", any(map(_counts, lead))),
        ("comma", "," in title),
        ("and", " and " in title or "&" in title),
    )
    return [f"told-{name}" for name, holds in signs if holds]


def _counts(words: Sequence[str]) -> bool:
    """Whether a number, or a word for many, stands before a plural of organisations."""
    for at, word in enumerate(words):
        if (word in _MANY or (word.isdigit() and len(word) <= NUMBER_REACH)) and not _KINDS.isdisjoint(
            words[at + 1 : at + 1 + NUMBER_REACH]
        ):
            return True
    return False


def _own(one: Judged, rank: int, likely: int) -> list[str]:
    facts = one.facts
    titled = any(c.sentence.passage == "title" for c in one.candidate.mentions)
    return [
        f"own={_bucket(_odds(one.probability), -5, -4, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3)}",
        f"rank={min(rank, 5)}",
        f"rank={min(rank, 5)},likely={likely}",
        f"supplies={is_third_party(one.candidate)}",
        f"may={may_be_victim(one)}",
        f"title={titled}",
        f"kinds={sorted(facts.kinds)}",
        f"place={facts.place is not None}",
        f"person={facts.is_person}",
    ]


def _of_list(listed: Enumeration, own: int, odds: dict[int, float], *, is_first: bool) -> Iterator[str]:
    """What the list that a name stands in looks like by the first judge, and what it is said to be a list of."""
    ranked = sorted(odds[id(member)] for member in listed.members)
    middle, mean = ranked[len(ranked) // 2], sum(ranked) / len(ranked)
    yield from ("list", f"list-middle={_bucket(middle, -4, -3, -2, -1, 0, 1)}", f"list-mean={_bucket(mean, -4, -3, -2, -1, 0, 1)}")
    yield from (f"list-best={_bucket(ranked[-1], -3, -2, -1, 0, 1, 2)}", f"list-size={min(len(ranked), 8)}")
    yield f"list-own={own},middle={_bucket(middle, -3, -2, -1, 0)}"
    if is_first:
        yield "list-of-first"
    yield from (f"list-of:{word}" for word in set(listed.introduction))


class _First:
    """The likeliest victim, and how others are joined to it."""

    def __init__(self, first: Judged, context: Context) -> None:
        self._text = context.text
        self._mentions = first.candidate.mentions
        self._words = frozenset(first.candidate.words)
        self._sentences = {m.sentence.index for m in self._mentions}
        self.supplies = is_third_party(first.candidate)

    def joins(self, candidate: Candidate, own: int) -> Iterator[str]:
        """Whether a name is joined to the first by "and", shares its sentences and words, and how often it is named beside it."""
        places = {m.sentence.index for m in candidate.mentions}
        often = _bucket(len(candidate.mentions) / len(self._mentions), 0.15, 0.3, 0.5, 0.8, 1.2)
        joined = self._is_joined(candidate)
        shared = _bucket(len(places & self._sentences) / len(places), 0.01, 0.34, 0.67, 0.99)
        yield from (f"joined={joined}", f"joined={joined},own={own}", f"same-sentence={bool(places & self._sentences)}")
        yield from (f"shared={shared}", f"words={bool(self._words & set(candidate.words))}", f"often={often}", f"often={often},own={own}")

    def _is_joined(self, candidate: Candidate) -> bool:
        for mention in candidate.mentions[:MENTIONS_LOOKED_AT]:
            for other in self._mentions:
                left, right = (other, mention) if other.start < mention.start else (mention, other)
                near = left.sentence is right.sentence and left.end < right.start <= left.end + JOIN
                if near and _JOINED.fullmatch(self._text, left.end, right.start):
                    return True
        return False
