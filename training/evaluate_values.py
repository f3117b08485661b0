"""Scores the extractors of values alone, on folds that they did not learn from, with the labelled incidents given.

python -m training.evaluate_values [FIELD]
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from breachbook.extract.context import Finding
from breachbook.extract.value_extractors import value_extractors
from training.corpus import gold
from training.train_values import train_values
from training.values import Sample, samples

FOLDS = 5
LISTS = {"attack_type": "attack_types", "effect": "effects", "data_class": "data_classes", "cve": "cves", "malware": "malware"}
DATES = ("occurred_from", "occurred_to", "discovered", "disclosed", "notified")
COUNTS = ("people_affected", "records_affected", "data_volume_bytes")


def fold_of(sample: Sample) -> int:
    """The fold of a report; reports on one victim are in one fold."""
    names = [v["name"].lower() for i in sample.incidents for v in i["victims"]]
    return int(hashlib.md5((names or [sample.key])[0].encode()).hexdigest(), 16) % FOLDS


def predicted(findings: Iterable[Finding]) -> dict[str, set[str]]:
    """The values of a report by field, as the report record has them."""
    found: dict[str, set[str]] = defaultdict(set)
    best: dict[str, Finding] = {}
    for f in findings:
        if f.property in LISTS:
            found[LISTS[f.property] + ("_denied" if f.certainty == "denied" else "")].add(str(f.value).lower())
        elif f.property not in best or f.weight > best[f.property].weight:
            best[f.property] = f
    for name, f in best.items():
        found[name].add(str(f.value) if name != "confirmed" or f.certainty != "denied" else "denied")
    return found


def wanted(sample: Sample) -> dict[str, list[set[str]]]:
    """The labelled values by field, one set an incident."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for incident in sample.incidents:
        for name in (*LISTS.values(), "data_classes_denied"):
            found[name].append({v.lower() for v in incident[name]})
        for name in DATES:
            found[name].append({incident["dates"][name]} - {None})
        for name in COUNTS:
            value = incident[name]["value"] if isinstance(incident[name], dict) else incident[name]
            found[name].append({str(value)} - {"None"})
        ransom = incident["ransom"] or {}
        demanded = (ransom.get("demanded") or {}).get("amount")
        found["ransom_demanded"].append({str(round(demanded))} if demanded else set())
        found["ransom_paid"].append({{"yes": "True", "no": "False"}.get(ransom.get("paid"), "")} - {""})
        found["confirmed"].append({{"yes": "True", "denied": "denied"}.get(incident["confirmed_by_victim"], "")} - {""})
        found["claimed"].append({"True"} if incident["claimed_by_actor"] else set())
    return found


def tally(name: str, got: set[str], want: list[set[str]]) -> Counter[str]:
    """True positives, predicted and labelled, against the incident that fits best (the record of one incident)."""
    best = max(want, key=lambda w: len(_hits(name, got, w)) * 10 - len(w))
    return Counter(tp=len(_hits(name, got, best)), predicted=len(got), gold=sum(map(len, want)))


def _hits(name: str, got: set[str], want: set[str]) -> set[str]:
    return {g for g in got if any(g.startswith(w) for w in want)} if name in DATES else got & want


GROUPS = {
    **dict.fromkeys(DATES, "dates"),
    "people_affected": "counts",
    "records_affected": "counts",
    "ransom_demanded": "ransom",
    "ransom_paid": "ransom",
}


def main(show: str | None = None) -> None:
    """Prints a line a field; with a field's name, also what was missed and what was wrong."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        inside = [s for s in samples() if fold_of(s) == fold]
        extractors = value_extractors(train_values({s.key for s in inside}))
        for sample in (s for s in inside if s.key in gold()):
            found = [f for e in extractors for f in e.find(sample.context)]
            got, want = predicted(found), wanted(sample)
            for name, sets in want.items():
                count = tally(name, got.get(name, set()), sets)
                totals[name] += count
                if name in GROUPS:
                    totals[GROUPS[name]] += count
                if show is not None and show in (name, GROUPS.get(name)):
                    report(name, sample, found, got.get(name, set()), sets, labels)
    for name, count in sorted(totals.items()):
        print(f"{name:22}{line(count)}")
    for name, count in sorted(labels.items()):
        print(f"    {name:22}{line(count)}")


def report(
    name: str, sample: Sample, found: list[Finding], got: set[str], sets: list[set[str]], labels: Mapping[str, Counter[str]]
) -> None:
    """Prints one report's mistakes in a field."""
    union = set().union(*sets)
    for value in got | union:
        labels[value[:20] if name in (*LISTS.values(), "data_classes_denied") else name].update(
            tp=value in got & union, predicted=value in got, gold=value in union
        )
    if got != union:
        words = [
            (f.property, f.value, sample.context.text[max(0, f.start - 60) : f.end + 30].replace("\n", " "))
            for f in found
            if f.property == name or LISTS.get(f.property) == name
        ]
        print(sample.key, name, "missed", sorted(union - got), "wrong", sorted(got - union), "|", words[:4], "|", sample.words(name))


def line(count: Counter[str]) -> str:
    """Precision, recall, F1 and the number of labels."""
    precision, recall = count["tp"] / max(1, count["predicted"]), count["tp"] / max(1, count["gold"])
    return f"{precision:8.3f}{recall:8.3f}{2 * precision * recall / max(1e-9, precision + recall):8.3f}{count['gold']:6d}"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
