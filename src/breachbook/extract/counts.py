"""How many people, and how many records or accounts: each number of the report is judged by what it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from breachbook.extract.attribution import certainty
from breachbook.extract.context import Context, Finding, SentenceSpan
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.surroundings import Surroundings, cue_patterns, surroundings
from breachbook.text.values import NUMBER, Count, count

KINDS = ("people_affected", "records_affected")

THRESHOLDS = {"people_affected": 0.5, "records_affected": 0.2}
"""Probability from which a number is taken for one of its kind: best F1 over folds of the labelled reports."""

PLAIN_THRESHOLD = 0.25
"""The same for the one number of a report that its words plainly say was affected ("affected 1,198 individuals")."""

PLAINLY = 0.65
"""Least probability of the largest number of people of a report where it says "affecting" them right before it."""

QUALIFIED = 0.5
"""Share of a number's weight that the same number with a qualifier needs to speak for it."""

EXACT = 0.4
"""Share of the weight of a round number ("over one million") that the exact one which it rounds needs to stand for both."""

ROUND_DIGITS = 3
"""Digits at most that a round number has before its zeros."""

NOTICE_REACH = 3000
"""Characters in which a regulator's notice has named those whom its law binds."""

_NOTICE = re.compile(r"\b(?:covered entit(?:y|ies)|business associates?)\b", re.IGNORECASE)
"""Words of the health portal's notices, which news does without (45 CFR 160.103)."""

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
_AFFECTING = re.compile(r"\b(?:affect|impact)(?:s|ed|ing) $", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:number|total) of (?:[\w-]+ ){0,3}(?:affected|impacted|involved|exposed|compromised)(?: [\w-]+){0,4} (?:was|is|at|to|as) $",
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
        if value and value.value >= SMALLEST and not overlaps and not _is_name(match) and sentence and match.end() <= sentence.end:
            found.append((match, value, sentence))
    often = Counter(value.value for _, value, _ in found)
    nouned = {value.value for match, value, sentence in found if _noun(around, sentence, match.end())}
    mentions = [_mention(around, match, value, sentence, often, nouned) for match, value, sentence in found]
    return [_of_notice(m) for m in mentions] if _NOTICE.search(around.folded, 0, NOTICE_REACH) else mentions


def _is_name(match: re.Match[str]) -> bool:
    """Whether digits only name something ("store 01617")."""
    return (match["figure"] or "").startswith("0")


def _of_notice(mention: CountMention) -> CountMention:
    """A number of a regulator's notice: with few words beside it, nearly all there is to count are those affected."""
    told = (f"notice:{f}" for f in mention.features if f.startswith(("noun:", "largest", "only", "qualifier:", "sign:")))
    return replace(mention, features=(*mention.features, "notice", *told))


def _noun(around: Surroundings, sentence: SentenceSpan, end: int) -> tuple[str, str, int] | None:
    """What a number counts, if that stands close behind it: `people` or `records`, the word, and the gap."""
    for first, last, name in around.spans(sentence.index):
        if first >= end and name in ("people", "records") and first - end <= NOUN_REACH:
            return name, around.folded[first:last].lower(), first - end
    return None


def _mention(
    around: Surroundings, match: re.Match[str], value: Count, sentence: SentenceSpan, often: Counter[int], nouned: set[int]
) -> CountMention:
    start, end = match.span()
    before, after = around.folded[max(sentence.start, start - NOUN_REACH) : start], around.folded[end : min(sentence.end, end + NOUN_REACH)]
    beside = (f for f in around.features(sentence, start, end) if not f.startswith("p:"))
    features = [f"qualifier:{value.qualifier}", f"digits:{len(str(value.value))}", *beside]
    features += (f"before:{w.lower()}" for w in _WORD.findall(before)[-6:])
    features += (f"after:{w.lower()}" for w in _WORD.findall(after)[:6])
    features += _counted(around, sentence, end, value, nouned)
    if often[value.value] > 1:
        features.append("repeated")
    if _AFFECTING.search(before):
        features.append("sign:affecting")
    if 1900 <= value.value <= 2100 and "," not in match[0]:
        features.append("like-a-year")
    people = _noun(around, sentence, end)
    return CountMention(value, start, end, sentence, tuple(dict.fromkeys(features)), _signs(value.value, before, after, people))


def _signs(value: int, before: str, after: str, noun: tuple[str, str, int] | None) -> frozenset[str]:
    """What plain words right before and behind a number say of it."""
    found = {"told"} if noun and noun[0] == "people" and noun[2] <= NEXT and value >= LEAST_TOLD and _TOLD.search(before) else set()
    found |= {"sum"} if (_SUM.search(before) and "people" in before) or _NUMBER_OF.search(before) else set()
    found |= {"more"} if _MORE_BEFORE.search(before) or _MORE_BEHIND.match(after) else set()
    return frozenset(found)


def _counted(around: Surroundings, sentence: SentenceSpan, end: int, value: Count, nouned: set[int]) -> Iterator[str]:
    noun = _noun(around, sentence, end)
    if noun is None:
        yield "noun:none"
        return
    kind, word, gap = noun
    yield from _head(around, sentence, end)
    near = "near" if gap <= 2 else "close" if gap <= 20 else "far"
    yield from (f"noun:{kind}", f"noun:{word}", f"noun:{kind}:{near}")
    if value.value == max(nouned):
        yield from ("largest", f"largest:{kind}")
    if len(nouned) == 1:
        yield from ("only", f"only:{kind}")


def _head(around: Surroundings, sentence: SentenceSpan, end: int) -> Iterator[str]:
    """What the last noun of a row of nouns behind a number is: of "32 million user accounts" the accounts are counted."""
    head, at = "", end + NOUN_REACH // 2
    for first, last, name in around.spans(sentence.index):
        if name in ("people", "records") and first >= end and first <= at:
            head, at = name, last + 1
    if head:
        yield f"head:{head}"


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


def rounds(rough: int, exact: int) -> bool:
    """Whether one number is another one rounded, up or down: 1,000,000 for 1,023,466, but not for 1,100,000.

    >>> rounds(2_800, 2_789), rounds(300_000, 1_000_000), rounds(2_789, 2_800)
    (True, False, False)
    """
    digits = str(rough)
    kept = len(digits.rstrip("0"))
    if kept == len(digits) or kept > ROUND_DIGITS or len(str(exact).rstrip("0")) <= kept:
        return False
    unit: int = 10 ** (len(digits) - kept)
    return 2 * abs(exact - rough) <= unit or exact // unit * unit == rough


def _exact_first(ranked: list[tuple[float, CountMention]]) -> list[tuple[float, CountMention]]:
    """The judged numbers with the surest one that the surest of all rounds in its place."""
    if not ranked:
        return ranked
    weight, best = ranked[0]
    for other, mention in ranked[1:]:
        if other < EXACT * weight:
            break
        if rounds(best.count.value, mention.count.value) and mention.sentence.revision == best.sentence.revision:
            return [(weight, mention), *(row for row in ranked[1:] if row[1] is not mention)]
    return ranked


def is_plain(mention: CountMention, kind: str) -> bool:
    """Whether a word of taking or holding stands right before a number, and right behind it what it counts; a number of a
    regulator's notice is plain as it is."""
    noun = "noun:people" if kind == "people_affected" else "noun:records"
    features = set(mention.features)
    if "notice" in features:
        return kind == "people_affected"
    return bool(features & {f"{noun}:near", f"{noun}:close"}) and bool(features & {"b1:taken", "b1:contain"})


def kind_features(mention: CountMention) -> tuple[str, ...]:
    """What tells people from records: the noun, and the words around the number."""
    return tuple(f for f in mention.features if f.startswith(("noun:", "head:", "after:", "before:", "w+", "w-", "a1:", "b1:")))


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
            ranked = _exact_first(sorted(((weights[kind], m) for m, weights in judged), key=lambda row: (-row[0], row[1].start)))
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
        if {"sign:affecting", "largest:people"} <= set(mention.features) and is_plain(mention, "people_affected"):
            affected = max(affected, PLAINLY)
        return {"people_affected": affected * (1 - records), "records_affected": affected * records}

    def _finding(self, context: Context, kind: str, mention: CountMention, weight: float) -> Finding:
        sure = certainty(context, mention.start, mention.end)
        value = mention.count
        return Finding(
            kind, value.value, mention.start, mention.end, "possible" if sure == "denied" else sure,
            qualifier=value.qualifier, weight=round(weight, 3), extractor=self.name,
        )  # fmt: skip
