"""Trains the judges of the parts that things named play: victim, attacker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from breachbook.extract.actors import actor_cues
from breachbook.extract.candidates import Candidate, candidates
from breachbook.extract.context import Context
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import Chunk, MentionFinder
from breachbook.extract.reader import context_of
from breachbook.extract.roles import MENTIONS_JUDGED, entity_features, judge, part_features, surroundings
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner
from training.corpus import casie, casie_numbers, casie_raw, document, gold, table
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
ROLES = ("victim", "actor")
MARKED = {
    "victim": ("Victim", ("Organization", "Website", "GPE")),
    "actor": ("Attacker", ("Person", "Organization")),
}
"""The role and types of arguments that CASIE's annotators marked for a part."""
MENTION_STRENGTH = 0.2
CANDIDATE_STRENGTH = 0.1
SHORTEST_NOTICE = 150
CUE_STRENGTH = 1.0
CUES = {"actor": actor_cues}
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
def sample(number: str) -> Sample:
    """A CASIE report made ready."""
    return prepared(casie(number))


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


def _annotated(number: str, role: str, body_start: int) -> list[tuple[int, int]]:
    """Where CASIE's annotators marked the part in a breach or ransom."""
    kind, types = MARKED[role]
    spans = []
    for group in casie_raw(number)["cyberevent"]["hopper"]:
        for event in group["events"]:
            for argument in event.get("argument", ()) if event["subtype"] in ("Databreach", "Ransom", "Phishing") else ():
                if argument["role"]["type"] == kind and argument["type"] in types:
                    spans.append((argument["startOffset"] + body_start, argument["endOffset"] + body_start))
    return spans


def _overlaps(chunk: Chunk, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < chunk.end and chunk.start < b for a, b in spans)


def _labels(number: str, role: str) -> list[tuple[list[str], int]]:
    """The mentions of a report with whether they show the part: by its label, else by CASIE's annotation."""
    ready = sample(number)
    row = gold().get(f"casie:{number}")
    rows: list[tuple[list[str], int]] = []
    if row is not None:
        names = [n for names in names_of(row, role) for n in names]
        for thing in ready.things:
            plays = is_named(thing, names)
            if plays or role != "victim" or not is_named(thing, row["background_victims"]):
                rows += [(features, int(plays)) for features in ready.around[id(thing)]]
        return rows
    spans = _annotated(number, role, len(ready.context.text) - len(casie_raw(number)["content"]))
    for thing in ready.things:
        marked = any(_overlaps(c, spans) for c in thing.mentions)
        for chunk, features in zip(thing.mentions[:MENTIONS_JUDGED], ready.around[id(thing)], strict=True):
            if _overlaps(chunk, spans):
                rows.append((features, 1))
            elif not marked or chunk.sentence.passage != "title":
                rows.append((features, 0))
    return rows


@cache
def _mention_rows(number: str, role: str) -> list[tuple[list[str], int]]:
    return _labels(number, role)


@cache
def _notice_rows(part: int) -> list[tuple[list[str], int]]:
    """The mentions of the notices that are not of this part (-1: of all)."""
    rows = []
    for index, (ready, names) in enumerate(notices()):
        if index % PARTS != part:
            for thing in ready.things:
                rows += [(features, int(is_named(thing, names))) for features in ready.around[id(thing)]]
    return rows


def train_mentions(numbers: Sequence[str], role: str) -> LinearModel:
    """The judge of mentions for a part, from those reports."""
    rows = [row for number in numbers for row in _mention_rows(number, role)]
    return fit([f for f, _ in rows], [y for _, y in rows], c=MENTION_STRENGTH, min_count=3)


@cache
def train_notices() -> Mapping[str, LinearModel]:
    """Both judges of the victim in its own notice, or in an authority's short account of one."""
    samples: list[list[str]] = []
    labels: list[int] = []
    for part in range(PARTS):
        rows = _notice_rows(part)
        model = fit([f for f, _ in rows], [y for _, y in rows], c=MENTION_STRENGTH, min_count=3)
        for ready, names in notices()[part::PARTS]:
            judged = judge(ready.things, ready.context, ready.around, model)
            samples += [entity_features(one, judged, ready.context) for one in judged]
            labels += [int(is_named(one.candidate, names)) for one in judged]
    rows = _notice_rows(-1)
    mention = fit([f for f, _ in rows], [y for _, y in rows], c=MENTION_STRENGTH, min_count=3)
    return {"notice-mention": mention, "notice": fit(samples, labels, c=CANDIDATE_STRENGTH, min_count=3)}


def train_role(role: str, held_out: Collection[str], victims: Mapping[str, Mapping[int, float]] | None = None) -> dict[str, LinearModel]:
    """Both judges of a part, from all reports but those held out. `victims`: by report, the candidates' probabilities of being hit."""
    numbers = [n for n in casie_numbers() if n not in held_out]
    samples: list[list[str]] = []
    labels: list[int] = []
    for part in range(PARTS):
        inside = [n for i, n in enumerate(numbers) if i % PARTS == part and gold().get(f"casie:{n}", {}).get("relevant")]
        model = train_mentions([n for i, n in enumerate(numbers) if i % PARTS != part], role)
        for number in inside:
            names = [n for names in names_of(gold()[f"casie:{number}"], role) for n in names]
            ready = sample(number)
            judged = judge(ready.things, ready.context, ready.around, model)
            for one in judged:
                if victims is None:
                    samples.append(entity_features(one, judged, ready.context))
                else:
                    samples.append(part_features(one, ready.context, CUES[role], victims[number]))
                labels.append(int(is_named(one.candidate, names)))
    candidate = fit(samples, labels, c=CANDIDATE_STRENGTH if victims is None else CUE_STRENGTH, min_count=3)
    return {f"{role}-mention": train_mentions(numbers, role), role: candidate}


def train(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """The judges of all parts, from all reports but those held out (numbers of CASIE)."""
    models = train_role("victim", held_out)
    victims: dict[str, dict[int, float]] = {}
    for number in (n for n in casie_numbers() if n not in held_out and gold().get(f"casie:{n}", {}).get("relevant")):
        ready = sample(number)
        judged = judge(ready.things, ready.context, ready.around, models["victim-mention"], models["victim"])
        victims[number] = {id(j.candidate): j.probability for j in judged}
    return {**models, **train_role("actor", held_out, victims), **train_notices()}
