"""Trains the judges of the parts that things named play: victim, attacker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from breachbook.extract.candidates import Candidate, candidates
from breachbook.extract.context import Context
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.notices import incident_features, is_notice
from breachbook.extract.reader import context_of
from breachbook.extract.roles import Judged, judge, surroundings, victim_features
from breachbook.extract.together import together_features
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner
from training.corpus import document, gold, labels, report, table, weight
from training.fit import fit

STOP = frozenset(
    [
        "the",
        "inc",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "group",
        "of",
        "and",
        "for",
        "in",
        "at",
        "a",
        "an",
    ]
)
PARTS = 4
"""Mention scores that the judges of candidates learn from come from models that did not see the report: so many parts."""
MENTION_STRENGTH = 0.2
CANDIDATE_STRENGTH = 0.1
TOGETHER_STRENGTH = 0.1
SHORTEST_NOTICE = 150
_SCANNER = Scanner({})


def norm(name: str) -> tuple[str, ...]:
    """The plain words of a name."""
    text = re.sub(r"['’‘`]s\b", "", name.lower())
    return tuple(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()))


def same(left: str, right: str) -> bool:
    """Whether two names are the same by the labels' rule: equal but for small words, or one holds two or more words of the other."""
    a, b = norm(left), norm(right)
    x, y = frozenset(a) - STOP or frozenset(a), frozenset(b) - STOP or frozenset(b)
    small, large = sorted((x, y), key=len)
    return bool(x) and (x == y or (len(small) >= 2 and small <= large))


@dataclass(frozen=True, slots=True)
class Sample:
    """A report made ready: its context, the things it names, and the features of their mentions."""

    document: Document
    context: Context
    things: list[Candidate]
    around: dict[int, list[list[str]]]


def prepared(made: Document) -> Sample:
    """A document made ready."""
    context = context_of(made, _SCANNER)
    things = candidates(MentionFinder(context).chunks(), context.text)
    return Sample(made, context, things, surroundings(things, context))


@cache
def sample(key: str) -> Sample:
    """A labelled report made ready, by its id."""
    return prepared(report(key))


@cache
def notices() -> tuple[tuple[Sample, list[str]], ...]:
    """Victims' notices to authorities with the names of those who sent them; every other one, so that the rest can test."""
    rows = [(r["abstract"], r["name"], f"ca_ag:{r['name']}|{r['date']}") for r in table("ca_ag", "notices.csv")[::2]]
    rows += [(r["Web Description"], r["Name"], f"hhs:{r['Name']}|{r['Breach Submission Date']}") for r in table("hhs", "notices.csv")[::8]]
    kept = [(text, name) for text, name, key in rows if len(text or "") >= SHORTEST_NOTICE and key not in gold("notices")]
    return tuple((prepared(document(None, text)), [name, name.split(",")[0], name.split("(")[0]]) for text, name in kept)


def names_of(row: Mapping[str, Any], role: str) -> list[list[str]]:
    """All names of each thing that plays a part in a labelled report."""
    if role == "victim":
        return [[v["name"], *v["aliases"]] for i in row["incidents"] for v in i["victims"]]
    return [[name] for i in row["incidents"] for name in i["actors"]]


def is_named(candidate: Candidate, names: Collection[str]) -> bool:
    """Whether any form of a candidate is one of the names."""
    return any(same(c.name, n) for c in candidate.forms() for n in names)


@cache
def _mention_rows(key: str, role: str) -> list[tuple[list[str], int]]:
    """The mentions of a report with whether they show the part, by its label."""
    ready, row = sample(key), labels()[key]
    names = [n for names in names_of(row, role) for n in names]
    rows: list[tuple[list[str], int]] = []
    for thing in ready.things:
        plays = is_named(thing, names)
        if plays or role != "victim" or not is_named(thing, row["background_victims"]):
            rows += [(features, int(plays)) for features in ready.around[id(thing)]]
    return rows


@cache
def _notice_rows(part: int) -> list[tuple[list[str], int]]:
    """The mentions of the notices that are not of this part (-1: of all)."""
    rows = []
    for index, (ready, names) in enumerate(notices()):
        if index % PARTS != part:
            for thing in ready.things:
                rows += [(features, int(is_named(thing, names))) for features in ready.around[id(thing)]]
    return rows


def train_mentions(keys: Sequence[str], role: str) -> LinearModel:
    """The judge of mentions for a part, from those reports."""
    rows = [(row, weight(key)) for key in keys for row in _mention_rows(key, role)]
    return fit([f for (f, _), _ in rows], [y for (_, y), _ in rows], c=MENTION_STRENGTH, min_count=3, weights_of=[w for _, w in rows])


@cache
def train_notices() -> Mapping[str, LinearModel]:
    """Both judges of the victim in its own notice, or in an authority's short account of one."""
    samples: list[list[str]] = []
    made: list[int] = []
    for part in range(PARTS):
        rows = _notice_rows(part)
        model = fit([f for f, _ in rows], [y for _, y in rows], c=MENTION_STRENGTH, min_count=3)
        for ready, names in notices()[part::PARTS]:
            judged = judge(ready.things, ready.context, ready.around, model)
            samples += victim_features(judged, ready.context)
            made += [int(is_named(one.candidate, names)) for one in judged]
    rows = _notice_rows(-1)
    mention = fit([f for f, _ in rows], [y for _, y in rows], c=MENTION_STRENGTH, min_count=3)
    return {"notice-mention": mention, "notice": fit(samples, made, c=CANDIDATE_STRENGTH, min_count=3)}


OTHERS_WEIGHT = 0.3
"""How much a report that is about no incident counts beside a notice: there are more of them, and few are written like notices."""


def train_notice_incidents(held_out: Collection[str] = ()) -> LinearModel:
    """The judge of whether a notice tells of an incident: the notices do, reports that are about no incident do not."""
    keys = [key for key, row in labels().items() if not row["relevant"] and key not in held_out]
    rows = [(incident_features(ready.context), 1, 1.0) for ready, _ in notices()]
    rows += [(incident_features(sample(key).context), 0, 1.0 if is_notice(sample(key).context) else OTHERS_WEIGHT) for key in keys]
    return fit([f for f, _, _ in rows], [y for _, y, _ in rows], c=MENTION_STRENGTH, min_count=4, weights_of=[w for _, _, w in rows])


def relevant_without(held_out: Collection[str]) -> list[str]:
    """The ids of the labelled reports that are relevant, but for those held out."""
    return [key for key, row in labels().items() if row["relevant"] and key not in held_out]


@dataclass(slots=True)
class _Seen:
    """A report's candidates as judges of mentions see them that did not learn from it: their features, and whether they are named."""

    key: str
    judged: list[Judged]
    features: list[list[str]]
    plays: list[int]


def _seen(keys: Sequence[str], role: str) -> list[list[_Seen]]:
    """The relevant reports of each part of the keys, as judges of mentions see them that learned from the other parts."""
    parts: list[list[_Seen]] = []
    for part in range(PARTS):
        model = train_mentions([key for i, key in enumerate(keys) if i % PARTS != part], role)
        parts.append([])
        for key in [key for i, key in enumerate(keys) if i % PARTS == part and labels()[key]["relevant"]]:
            names = [n for names in names_of(labels()[key], role) for n in names]
            ready = sample(key)
            judged = judge(ready.things, ready.context, ready.around, model)
            plays = [int(is_named(one.candidate, names)) for one in judged]
            parts[-1].append(_Seen(key, judged, victim_features(judged, ready.context), plays))
    return parts


def _fit_candidates(reports: Iterable[_Seen]) -> LinearModel:
    rows = [(f, y, weight(seen.key)) for seen in reports for f, y in zip(seen.features, seen.plays, strict=True)]
    return fit([f for f, _, _ in rows], [y for _, y, _ in rows], c=CANDIDATE_STRENGTH, min_count=3, weights_of=[w for _, _, w in rows])


def train_role(role: str, held_out: Collection[str]) -> dict[str, LinearModel]:
    """Both judges of a part, from all reports but those held out."""
    keys = [key for key in labels() if key not in held_out]
    parts = _seen(keys, role)
    return {f"{role}-mention": train_mentions(keys, role), role: _fit_candidates(seen for part in parts for seen in part)}


def train_together(held_out: Collection[str]) -> LinearModel:
    """The judge of the victims beside the likeliest one, from all reports but those held out; what it sees of the first judge
    comes from one that did not learn from the report."""
    parts = _seen([key for key in labels() if key not in held_out], "victim")
    rows: list[tuple[list[str], int, float]] = []
    for number, part in enumerate(parts):
        first = _fit_candidates(seen for other, reports in enumerate(parts) if other != number for seen in reports)
        for seen in part:
            for one, features in zip(seen.judged, seen.features, strict=True):
                one.probability = first.probability(features)
            plays = {id(one): play for one, play in zip(seen.judged, seen.plays, strict=True)}
            ranked = sorted(seen.judged, key=lambda one: -one.probability)
            found = zip(ranked, together_features(ranked, sample(seen.key).context), strict=True)
            rows += [(features, plays[id(one)], weight(seen.key)) for one, features in found if features]
    return fit([f for f, _, _ in rows], [y for _, y, _ in rows], c=TOGETHER_STRENGTH, min_count=3, weights_of=[w for _, _, w in rows])


def train(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """The judges of the victim, from all reports but those held out (their ids)."""
    together = train_together(held_out)
    return {**train_role("victim", held_out), "together": together, **train_notices(), "notice-incident": train_notice_incidents(held_out)}
