"""Scores the judges of attackers and third parties alone, on folds that they did not learn from, with relevance and victims given.

python -m training.evaluate_parts [actors|third_parties [own]]

Prints precision, recall, F1 and the number of labels of each field, by the readers' labels and (`own`) by the project's own. With a
field's name it prints what was missed and what was wrong, each with the judge's probability and cues (with `own` in the
project's own labels).
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from breachbook.extract.actors import actor_features, actors
from breachbook.extract.candidates import Candidate
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.third_parties import judged_features, third_parties
from training.corpus import gold, labels
from training.evaluate import FOLDS, fold_of
from training.parts import others, train_parts, victims_of
from training.roles import Sample, is_named, same, sample

FIELDS = {"actor": "actors", "third_party": "third_parties"}
"""Fields of a report record by the part that a name plays."""
FEATURES = 9
"""Features shown of a name, the weightiest."""
AROUND = 70
"""Characters shown on each side of a name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One report's part: the names labelled, those found, and what to show of each (by name)."""

    key: str
    field: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    shown: Mapping[str, str]


def rows_of(key: str, models: Mapping[str, LinearModel]) -> Iterable[Row]:
    """What the judges make of a labelled relevant report, its victims given."""
    ready, row = sample(key), labels()[key]
    given = victims_of(row)
    hit = {id(t) for t in ready.things if is_named(t, given)}
    named = others(ready, row)
    did = actors(named, models["actor"])
    names = {j.candidate.name for j in did}
    left = [t for t in ready.things if id(t) in hit or t.name not in names]
    parties = third_parties(left, ready.context, models["third_party"], hit)
    wanted = {"actor": [n for i in row["incidents"] for n in i["actors"]]}
    wanted["third_party"] = [p["name"] for i in row["incidents"] for p in i["third_parties"]]
    found = {"actor": [(j.candidate.name, j.candidate) for j in did], "third_party": [(p.name, p.candidate) for p in parties]}
    for part, field in FIELDS.items():
        things = named if part == "actor" else ready.things
        shown = {}
        for name, thing in [*((n, next((t for t in things if is_named(t, [n])), None)) for n in wanted[part]), *found[part]]:
            features = [] if thing is None else _features(part, thing, hit)
            shown[name] = _shown(name, thing, features, models[part], ready)
        yield Row(key, field, tuple(wanted[part]), tuple(n for n, _ in found[part]), shown)


def _features(part: str, thing: Candidate, hit: Collection[int]) -> list[str]:
    return actor_features(thing) if part == "actor" else judged_features(thing, is_hit=id(thing) in hit)


def _shown(name: str, thing: Candidate | None, features: Sequence[str], model: LinearModel, ready: Sample) -> str:
    """The judge's view of a name, its weightiest features and the words around its first mentions."""
    if thing is None:
        at = ready.context.text.find(name)
        return "no candidate: " + (_words(ready, at, at + len(name)) if at >= 0 else "nowhere")
    weighty = sorted(((model.weights.get(f, 0.0), f) for f in features), key=lambda pair: -abs(pair[0]))[:FEATURES]
    words = " / ".join(_words(ready, c.start, c.end) for c in thing.mentions[:3])
    return f"{model.probability(features):.2f} {' '.join(f'{f}:{w:.1f}' for w, f in weighty)} | {words}"


def _words(ready: Sample, start: int, end: int) -> str:
    return ready.context.text[max(0, start - AROUND) : end + AROUND].replace("\n", " ")


def fold_rows(fold: int) -> list[Row]:
    """The rows of a fold's relevant reports, judged by models that saw no report of the fold."""
    held_out = {key for key in labels() if fold_of(key) == fold}
    models = train_parts(held_out)
    return [row for key in labels() if key in held_out and labels()[key]["relevant"] for row in rows_of(key, models)]


def matched(row: Row) -> tuple[list[str], list[str]]:
    """The labelled names missed, and the names found that are wrong."""
    missed, wrong = list(row.wanted), []
    for name in row.found:
        hit = next((w for w in missed if same(w, name)), None)
        if hit is None:
            wrong.append(name)
        else:
            missed.remove(hit)
    return missed, wrong


def main(show: str | None = None, own: bool = False) -> None:
    """Prints the figures; with a field's name also its misses and wrong names."""
    totals: dict[tuple[str, bool], Counter[str]] = {(f, g): Counter() for f in FIELDS.values() for g in (True, False)}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = [row for part in pool.map(fold_rows, range(FOLDS)) for row in part]
    for row in rows:
        missed, wrong = matched(row)
        is_gold = row.key in gold()
        hits = len(row.found) - len(wrong)
        totals[row.field, is_gold].update(tp=hits, predicted=len(row.found), gold=len(row.wanted))
        if row.field == show and is_gold != own:
            for word, names in (("missed", missed), ("wrong", wrong)):
                for name in names:
                    print(f"{row.key} {word} {name!r}: {row.shown[name]}")
    for (field, is_gold), count in totals.items():
        precision, recall = count["tp"] / max(1, count["predicted"]), count["tp"] / max(1, count["gold"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{field:15}{'readers' if is_gold else 'own':8}{precision:8.3f}{recall:8.3f}{f1:8.3f}{count['gold']:6d}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None, "own" in sys.argv[2:])
