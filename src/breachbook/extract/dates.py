"""When it happened, was discovered, disclosed and told: each date of the report is judged by what it is the date of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from breachbook.extract.attribution import certainty
from breachbook.extract.context import Context, Finding
from breachbook.extract.date_mentions import SPAN_AFTER_DAY, SPAN_BEFORE_MONTH, DateMention, date_mentions
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.surroundings import cue_patterns
from breachbook.text.date_words import WHEN

KINDS = ("occurred_from", "occurred_to", "discovered", "disclosed", "notified")
"""The kinds of date that are judged; `listed` is told by a leak site's own words and date."""

THRESHOLDS = dict.fromkeys(KINDS, 0.22)
"""Probability from which a date is taken for one of its kind: best F1 over folds of the labelled reports."""

TOLD = ("disclosed", "notified")
"""Kinds whose date is that of the telling: what the sentence hedges is what was told, not when."""

MOST_DATES = 3
"""Dates of one kind that are made findings: the surest, and others that contradict it."""


SAID = 0.4
"""Probability at least of a date that stands right behind the word for the incident ("a cyberattack at the end of last month")."""

_INCIDENT_BEFORE = re.compile(r"\b(?:cyber-?attack|attack|breach|hack|intrusion|data theft)(?: (?:in|on|during))? $", re.IGNORECASE)
_ACT_BEFORE = re.compile(r"\b(?:hack|break|broke|intrud)(?:ed|ing|en)? into (?:[\w.&'-]+ ){1,4}(?:(?:in|on|during) )?$", re.IGNORECASE)
_LEARNED_BEFORE = re.compile(
    r"\b(?:discovered|learn(?:ed|t)|became aware|(?:was|were) alerted|found out|detected)(?: [\w-]+){0,6} (?:on|in) $", re.IGNORECASE
)
"""Words right before a date on which it was discovered, which then is not the date of the attack."""
_PUBLIC_BEFORE = re.compile(
    r"\b(?:told|informed) the public(?: [\w-]+){0,6} on $|\b(?:went|gone|made) public(?: [\w-]+){0,4} on $", re.IGNORECASE
)
"""Words right before a date on which the public was told, which then is not the date of the attack."""
_ONGOING_BEFORE = re.compile(r"\b(?:since|from) $", re.IGNORECASE)
"""Words before a date on which something began that lasted: nothing is discovered or made known since a day."""
REPEATED = 0.6
"""How much of its weight each further mention of a day lends to a mention (best over folds)."""

FINER = 0.35
"""Share of the weight of a loose date ("last year") that an exact one within it needs to stand for both (best over folds)."""

LASTED = (
    r"\b(?:within|for|lasted|after|in)(?: (?:about|around|approximately|roughly|nearly|almost|less than|just|only|some|the next)){0,2}"
    r"(?: (?:an?|one|two|three|four|five|six|seven|eight|a few|several|\d{1,2}))? (?:minutes?|hours?)\b"
)
"""Less than a day, as a report tells how long something went on."""

_OVER = re.compile(
    r"\b(?:stop(?:s|ped)?|shut|disabled|contain(?:ed)?|neutrali[sz]ed?|removed|ended|halt(?:ed)?|(?:taken|took) (?:it |them )?"
    r"(?:down|offline)|lasted|circulated|cut off|blocked|was live|were live|went on|had access)\b",
    re.IGNORECASE,
)
"""Words beside such a time of an attack that was over then."""

_REACH = 60
_CLAUSE = 80


def _weight(context: Context, kind: str, model: LinearModel, mention: DateMention) -> float:
    weight = model.probability(mention.features)
    clause = context.text[max(mention.sentence.start, mention.start - _CLAUSE) : mention.start]
    if kind in ("discovered", "occurred_from") and _LEARNED_BEFORE.search(clause):
        return max(weight, SAID) if kind == "discovered" else 0.0
    if kind in ("disclosed", "occurred_from") and _PUBLIC_BEFORE.search(clause):
        return max(weight, SAID) if kind == "disclosed" else 0.0
    if kind == "discovered" and _ONGOING_BEFORE.search(clause):
        return 0.0
    if kind != "occurred_from" or mention.sentence.passage == "title":
        return weight
    before = context.text[max(mention.sentence.start, mention.start - _REACH) : mention.start]
    plain = _INCIDENT_BEFORE.search(before) if "form:rel" in mention.features else _ACT_BEFORE.search(before)
    return max(weight, SAID) if plain else weight


def _told_again(judged: list[tuple[float, DateMention]]) -> list[tuple[float, DateMention]]:
    """The judged dates, surer where other mentions of the same day tell the same (as if they were independent, but for a share)."""
    doubts: dict[tuple[str, int], float] = {}
    for weight, mention in judged:
        key = (mention.value, mention.sentence.revision)
        doubts[key] = doubts.get(key, 1.0) * (1 - REPEATED * weight)
    return [(1 - (1 - weight) * doubts[(m.value, m.sentence.revision)] / (1 - REPEATED * weight), m) for weight, m in judged]


def _finest_first(ranked: list[tuple[float, DateMention]]) -> list[tuple[float, DateMention]]:
    """The judged dates with the surest exact one within the surest of all in its place: "last year" and "on 9 January 2020" are one
    date, told twice."""
    if not ranked:
        return ranked
    weight, best = ranked[0]
    for other, mention in ranked[1:]:
        if other < FINER * weight:
            break
        finer = len(mention.value) > len(best.value) and mention.value.startswith(best.value)
        if finer and mention.sentence.revision == best.sentence.revision:
            return [(weight, mention), *(row for row in ranked[1:] if row[1] is not mention)]
    return ranked


def _same_day(context: Context, found: list[Finding]) -> Iterator[Finding]:
    """The end of what began on a day and was over within hours ("stopped it within an hour"), where no date of the end is told."""
    began = max((f for f in found if f.property == "occurred_from"), key=lambda f: f.weight, default=None)
    if began is None or len(str(began.value)) < len("2021-06-18") or any(f.property == "occurred_to" for f in found):
        return
    for match in context.hits.get("dates.lasted", ()):
        sentence = context.sentence_at(match.start())
        if sentence is None or match.end() > sentence.end:
            continue
        if _OVER.search(context.text, max(sentence.start, match.start() - _CLAUSE), min(sentence.end, match.end() + _REACH)):
            yield Finding("occurred_to", began.value, match.start(), match.end(), weight=SAID, extractor=Dates.name)
            return


class Dates:
    """Findings of the kinds of date."""

    name = "dates"
    patterns: Mapping[str, str] = {
        "dates.when": WHEN,
        "dates.span_before": SPAN_BEFORE_MONTH,
        "dates.span_after": SPAN_AFTER_DAY,
        "dates.lasted": LASTED,
        **cue_patterns(),
    }

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        self._models = models

    @property
    def models(self) -> Mapping[str, LinearModel]:
        """A judge by kind."""
        return self._models or load(self.name)

    def find(self, context: Context) -> Iterable[Finding]:
        """The dates of each kind, surest first; a date that is surer to be that of the news or of the letters is of no other kind."""
        found = list(self._all(context))
        told = {kind: {f.start: f.weight for f in found if f.property == kind} for kind in TOLD}
        for finding in found:
            others = (weights.get(finding.start, 0.0) for kind, weights in told.items() if kind != finding.property)
            if max(others) <= finding.weight:
                yield finding
        yield from _same_day(context, found)

    def _all(self, context: Context) -> Iterable[Finding]:
        mentions = date_mentions(context)
        for kind, model in self.models.items():
            judged = [(_weight(context, kind, model, m), m) for m in mentions if kind != "occurred_to" or m.part != "first"]
            ranked = _finest_first(sorted(_told_again(judged), key=lambda row: (-row[0], row[1].start)))
            seen: set[tuple[str, int]] = set()
            for weight, mention in ranked[: MOST_DATES * 4]:
                key = (mention.value, mention.sentence.revision)
                if weight < THRESHOLDS[kind] or len(seen) == MOST_DATES or key in seen:
                    continue
                seen.add(key)
                yield self._finding(context, kind, mention, weight)

    def _finding(self, context: Context, kind: str, mention: DateMention, weight: float) -> Finding:
        sure = "stated" if kind in TOLD else certainty(context, mention.start, mention.end)
        return Finding(
            kind,
            mention.value,
            mention.start,
            mention.end,
            "possible" if sure == "denied" else sure,
            weight=round(weight, 3),
            extractor=self.name,
        )
