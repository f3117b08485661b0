"""How many people, and how many records or accounts: each number of the report is judged by what it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from breachbook.extract.attribution import certainty
from breachbook.extract.context import Context, Finding, SentenceSpan
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.surroundings import Surroundings, cue_patterns, surroundings
from breachbook.text.values import NUMBER, Count, count

KINDS = ("people_affected", "records_affected")

THRESHOLDS = {"people_affected": 0.5, "records_affected": 0.35}
"""Probability from which a number is taken for one of its kind: best F1 over folds of the labelled reports."""

PLAIN_THRESHOLD = 0.25
"""The same for the one number of a report that its words plainly say was affected ("affected 1,198 individuals")."""

QUALIFIED = 0.5
"""Share of a number's weight that the same number with a qualifier needs to speak for it."""

SMALLEST = 2
"""One person is a victim, not a count."""

MOST_COUNTS = 3
"""Different numbers of one kind that are made findings: the surest, and others that contradict it."""

TOLD = 0.6
"""Probability at least that a number of people counts those affected, where they were told ("has notified 3,253,822 people")
or where the number is said to be the sum."""

_TOLD = re.compile(r"\b(?:notif(?:ied|ies|y|ying)|told|informed|informing|alerted|letters to|notices to) $", re.IGNORECASE)
_SUM = re.compile(
    r"\b(?:brings?|brought|raises?|raised|increas(?:es|ed)|takes?|took) the (?:total|number|tally|count)(?: \w+){0,5} to $|\ba total of $",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(r"\b(?:another|an additional|a further|an extra) $", re.IGNORECASE)
_MORE_BEHIND = re.compile(r" (?:\w+ )?(?:more|additional|further)\b(?! than)", re.IGNORECASE)

LEAST_TOLD = 100
"""People told in a report of fewer are mostly told of something else."""

NEXT = 2
"""Characters between a number and the noun that it counts, where nothing stands between."""

NOUN_REACH = 70
"""Characters behind a number in which the noun that it counts stands."""

_WORD = re.compile(r"[a-z'-]+", re.IGNORECASE)
_OTHER = ("dates.when", "volumes.size", "ransom.money")
"""Patterns whose matches are no counts: their numbers are taken."""


@dataclass(frozen=True, slots=True)
class CountMention:
    """A number: its value and qualifier, where it stands, and its features. `signs` are plain words about it: `told` (who was
    told), `sum` (of all), `more` (on top of others)."""

    count: Count
    start: int
    end: int
    sentence: SentenceSpan
    features: tuple[str, ...]
    signs: frozenset[str] = frozenset()


def count_mentions(context: Context) -> list[CountMention]:
    """The numbers of a document that may count people or records, in text order."""
    around = surroundings(context)
    taken = sorted(m.span() for name in _OTHER for m in context.hits.get(name, ()))
    found: list[tuple[re.Match[str], Count, SentenceSpan]] = []
    at = 0
    for match in context.hits.get("counts.number", ()):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        sentence, value = context.sentence_at(match.start()), count(match)
        overlaps = at < len(taken) and taken[at][0] < match.end()
        if value and value.value >= SMALLEST and not overlaps and sentence and match.end() <= sentence.end:
            found.append((match, value, sentence))
    often = Counter(value.value for _, value, _ in found)
    largest = max((value.value for match, value, sentence in found if _noun(around, sentence, match.end())), default=0)
    return [_mention(around, match, value, sentence, often, largest) for match, value, sentence in found]


def _noun(around: Surroundings, sentence: SentenceSpan, end: int) -> tuple[str, str, int] | None:
    """What a number counts, if that stands close behind it: `people` or `records`, the word, and the gap."""
    for first, last, name in around.spans(sentence.index):
        if first >= end and name in ("people", "records") and first - end <= NOUN_REACH:
            return name, around.folded[first:last].lower(), first - end
    return None


def _mention(
    around: Surroundings, match: re.Match[str], value: Count, sentence: SentenceSpan, often: Counter[int], largest: int
) -> CountMention:
    start, end = match.span()
    before, after = around.folded[max(sentence.start, start - NOUN_REACH) : start], around.folded[end : min(sentence.end, end + NOUN_REACH)]
    features = [f"qualifier:{value.qualifier}", f"digits:{len(str(value.value))}", *around.features(sentence, start, end)]
    features += (f"before:{w.lower()}" for w in _WORD.findall(before)[-6:])
    features += (f"after:{w.lower()}" for w in _WORD.findall(after)[:6])
    features += _counted(around, sentence, end, value, largest)
    if often[value.value] > 1:
        features.append("repeated")
    if 1900 <= value.value <= 2100 and "," not in match[0]:
        features.append("like-a-year")
    people = _noun(around, sentence, end)
    return CountMention(value, start, end, sentence, tuple(dict.fromkeys(features)), _signs(value.value, before, after, people))


def _signs(value: int, before: str, after: str, noun: tuple[str, str, int] | None) -> frozenset[str]:
    """What plain words right before and behind a number say of it."""
    found = {"told"} if noun and noun[0] == "people" and noun[2] <= NEXT and value >= LEAST_TOLD and _TOLD.search(before) else set()
    found |= {"sum"} if _SUM.search(before) and "people" in before else set()
    found |= {"more"} if _MORE_BEFORE.search(before) or _MORE_BEHIND.match(after) else set()
    return frozenset(found)


def _counted(around: Surroundings, sentence: SentenceSpan, end: int, value: Count, largest: int) -> Iterator[str]:
    noun = _noun(around, sentence, end)
    if noun is None:
        yield "noun:none"
        return
    kind, word, gap = noun
    near = "near" if gap <= 2 else "close" if gap <= 20 else "far"
    yield from (f"noun:{kind}", f"noun:{word}", f"noun:{kind}:{near}")
    if value.value == largest:
        yield from ("largest", f"largest:{kind}")


def _hedged(mention: CountMention, weight: float, ranked: Sequence[tuple[float, CountMention]]) -> CountMention:
    """The mention of the same number that keeps its qualifier, where a headline drops it: "about 61,300" for "61,300"."""
    return next(
        (
            m
            for other, m in ranked
            if other >= QUALIFIED * weight
            and m.count.value == mention.count.value
            and m.count.qualifier != "exact"
            and m.sentence.revision == mention.sentence.revision
        ),
        mention,
    )


def is_plain(mention: CountMention, kind: str) -> bool:
    """Whether a word of taking or holding stands right before a number, and right behind it what it counts."""
    noun = "noun:people" if kind == "people_affected" else "noun:records"
    features = set(mention.features)
    return bool(features & {f"{noun}:near", f"{noun}:close"}) and bool(features & {"b1:taken", "b1:contain"})


def kind_features(mention: CountMention) -> tuple[str, ...]:
    """What tells people from records: the noun, and the words around the number."""
    return tuple(f for f in mention.features if f.startswith(("noun:", "after:", "before:", "w+", "w-", "a1:", "b1:")))


def _without_increments(judged: list[tuple[CountMention, dict[str, float]]]) -> list[tuple[CountMention, dict[str, float]]]:
    """The numbers without those that come on top of others ("another 2.4 million"), where the sum is told too."""
    if not any("sum" in m.signs for m, _ in judged):
        return judged
    more = {m.count.value for m, _ in judged if "more" in m.signs}
    return [(m, weights) for m, weights in judged if m.count.value not in more]


class Counts:
    """Findings of `people_affected` and `records_affected`."""

    name = "counts"
    patterns: Mapping[str, str] = {"counts.number": NUMBER, **cue_patterns()}

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        self._models = models

    @property
    def models(self) -> Mapping[str, LinearModel]:
        """`affected`: whether a number counts what was affected; `records`: whether it then counts records, not people."""
        return self._models or load(self.name)

    def find(self, context: Context) -> Iterable[Finding]:
        """The numbers of each kind, surest first; a number is of the kind that it is surer of."""
        judged = _without_increments([(m, self._weights(m)) for m in count_mentions(context)])
        for kind in KINDS:
            ranked = sorted(((weights[kind], m) for m, weights in judged), key=lambda row: (-row[0], row[1].start))
            seen: set[tuple[int, int]] = set()
            for weight, mention in ranked[: MOST_COUNTS * 4]:
                key = (mention.count.value, mention.sentence.revision)
                enough = PLAIN_THRESHOLD if not seen and is_plain(mention, kind) else THRESHOLDS[kind]
                if weight >= enough and len(seen) < MOST_COUNTS and key not in seen:
                    seen.add(key)
                    yield self._finding(context, kind, _hedged(mention, weight, ranked), weight)

    def _weights(self, mention: CountMention) -> dict[str, float]:
        """How surely a number is of each kind: that it counts what was affected, times that this is people, or records."""
        affected = self.models["affected"].probability(mention.features)
        records = self.models["records"].probability(kind_features(mention))
        if mention.signs & {"told", "sum"}:
            return {"people_affected": max(affected, TOLD), "records_affected": 0.0}
        return {"people_affected": affected * (1 - records), "records_affected": affected * records}

    def _finding(self, context: Context, kind: str, mention: CountMention, weight: float) -> Finding:
        sure = certainty(context, mention.start, mention.end)
        value = mention.count
        return Finding(
            kind, value.value, mention.start, mention.end, "possible" if sure == "denied" else sure,
            qualifier=value.qualifier, weight=round(weight, 3), extractor=self.name,
        )  # fmt: skip
