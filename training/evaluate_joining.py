"""Measures how well reports of one incident are joined and those of different incidents kept apart.

python -m training.evaluate_joining [--worst 10] [--half 0|1] [--json]

Two sets of reports: the project's own (`tests/quality/told_reports.jsonl`, every report with the incidents that it tells of in
`told_labels.jsonl`) and the example case file (`told_example.jsonl`). Each is resolved twice: with the labels' own facts as claims,
which measures resolving alone, and with what the offline reader makes of the texts, which measures both. A pair of documents counts
as joined when one incident is told by both; precision, recall and F1 are of such pairs. Nothing is learnt from these reports.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from breachbook.example import case_files
from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document, DocumentMeta, Refusal
from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Resolution
from breachbook.pipeline import read_documents
from breachbook.resolve.resolver import resolve
from breachbook.settings import load

QUALITY = Path(__file__).resolve().parents[1] / "tests" / "quality"
SETS = {
    "told": ((QUALITY / "told_reports.jsonl",), QUALITY / "told_labels.jsonl"),
    "example": (case_files(), QUALITY / "told_example.jsonl"),
}
"""By the name of a set: its reports, and its labels."""

PARTIES = {"victims": "victim", "third_parties": "third_party"}
ON_ORGANISATIONS = ("alias", "domain", "country", "region")
ADDED = "2025-01-01T00:00:00Z"
"""When the documents are taken to have been added."""

UNKNOWN = "press"
"""Who is taken to speak where a report does not say."""

Pair = tuple[str, str]


class Figures(NamedTuple):
    """Pairs of documents: rightly joined, wrongly joined and missed, by the reports' own ids; `why` says what resolving made of a pair."""

    right: frozenset[Pair]
    wrong: frozenset[Pair]
    missed: frozenset[Pair]
    why: Mapping[Pair, str]

    @property
    def precision(self) -> float:
        """The share of joined pairs that tell of one incident."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of pairs that tell of one incident that are joined."""
        return len(self.right) / max(1, len(self.right) + len(self.missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * len(self.right) / max(1, 2 * len(self.right) + len(self.wrong) + len(self.missed))


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def half_of(labels: Sequence[dict[str, Any]], half: int | None) -> list[dict[str, Any]]:
    """The reports of every second incident, in order of first telling; all of them for None."""
    if half is None:
        return list(labels)
    incidents = list(dict.fromkeys(told["incident"] for label in labels for told in label["tells"]))
    kept = {incident for place, incident in enumerate(incidents) if place % 2 == half}
    return [label for label in labels if any(told["incident"] in kept for told in label["tells"])]


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


class _Hand:
    """The claims of one report as its label states them. They have no words: places are counted."""

    def __init__(self, document: str, role: str, said: str | None) -> None:
        self.document, self.speaker, self.said = document, Speaker(role), said
        self.claims: list[Claim] = []
        self.named: dict[str, int] = defaultdict(int)

    def local(self, kind: str) -> str:
        """The next subject of a kind."""
        self.named[kind] += 1
        return f"{kind}:{self.named[kind]}"

    def state(self, subject: str, property: str, value: Any, object: str | None = None) -> None:
        """States one thing, or each of several."""
        for one in _several(value):
            place = len(self.claims)
            self.claims.append(
                Claim(self.document, subject, property, one, str(one), place, place + 1, self.speaker, "stated", self.said, 0, object)
            )

    def party(self, incident: str, property: str, told: str | Mapping[str, Any]) -> str:
        """States a victim or third party, with what is said of it."""
        facts = {"name": told} if isinstance(told, str) else told
        organisation = self.local("organisation")
        self.state(incident, property, facts["name"], organisation)
        for name in ON_ORGANISATIONS:
            if name in facts:
                self.state(organisation, name, facts[name])
        return organisation

    def tell(self, told: Mapping[str, Any]) -> None:
        """States all that is told of one incident."""
        incident = self.local("incident")
        parties = {key: [self.party(incident, property, one) for one in _several(told.get(key))] for key, property in PARTIES.items()}
        makers = parties[told.get("product_of", "third_parties")]
        maker = makers[-1] if makers else None
        for key, value in told.items():
            if key == "actor":
                self.state(incident, key, value, self.local("actor"))
            elif key == "product":
                self.state(incident, key, value, maker)
            elif key not in ("incident", "product_of", *PARTIES):
                self.state(incident, key, value)


def by_hand(reports: Sequence[dict[str, Any]], labels: Mapping[str, dict[str, Any]]) -> list[ReadDocument]:
    """The documents with the claims that their labels state."""
    made = []
    for place, report in enumerate(reports, 1):
        role = report.get("role") or UNKNOWN
        hand = _Hand(report["id"], role, report.get("date"))
        for told in labels[report["id"]]["tells"]:
            hand.tell(told)
        meta = DocumentMeta(report["id"], place, "json_line", report.get("title"), report.get("date"), None, None, role, None, ADDED)
        made.append(ReadDocument(meta, tuple(hand.claims)))
    return made


def by_reader(paths: Iterable[Path], wanted: Mapping[str, dict[str, Any]]) -> list[ReadDocument]:
    """The documents with the claims that the offline reader makes of their texts.

    Raises:
        SystemExit: a report is refused.
    """
    made: list[ReadDocument] = []
    for found in read_documents(load({}), [str(path) for path in paths], reader="offline"):
        if isinstance(found, Refusal):
            raise SystemExit(f"{found.origin} is refused: {found.code}: {found.detail}")
        document, reading, _ = found
        if document.external_id in wanted:
            made.append(ReadDocument(_meta(document, len(made) + 1), reading.claims))
    return made


def _meta(document: Document, place: int) -> DocumentMeta:
    return DocumentMeta(
        document.id, place, document.kind, document.title, document.published, document.url, document.publisher, document.publisher_role,
        document.author, ADDED,
    )  # fmt: skip


def measured(name: str, how: str, half: int | None = None) -> Figures:
    """The figures of one of `SETS`, resolved by `hand` or by `reader`."""
    paths, labelled = SETS[name]
    labels = {label["id"]: label for label in half_of(lines(labelled), half)}
    reports = [report for path in paths for report in lines(path) if report["id"] in labels]
    if how == "hand":
        documents = by_hand(reports, labels)
        ids = {document.meta.id: document.meta.id for document in documents}
    else:
        documents = by_reader(paths, labels)
        ids = {document.meta.id: report["id"] for document, report in zip(documents, reports, strict=True)}
    return compared(resolve(documents, []), ids, labels)


def compared(resolution: Resolution, ids: Mapping[str, str], labels: Mapping[str, dict[str, Any]]) -> Figures:
    """What resolving joined beside what the labels join; `ids` leads from documents' ids to the reports'."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in resolution.entities:
        if entity.kind == "incident":
            for mention in entity.mentions:
                found[entity.id].add(ids[mention.partition("#")[0]])
    truth: dict[str, set[str]] = defaultdict(set)
    for label in labels.values():
        for told in label["tells"]:
            truth[told["incident"]].add(label["id"])
    joined, one = _pairs(found.values()), _pairs(truth.values())
    why: dict[Pair, str] = {}
    for match in resolution.matches:
        pair = _pair(ids[match.left.partition("#")[0]], ids[match.right.partition("#")[0]])
        if "#incident:" in match.left:
            why[pair] = f"{match.decision} {match.score:.2f} {match.reason} {dict(match.parts)}"
    return Figures(frozenset(joined & one), frozenset(joined - one), frozenset(one - joined), why)


def _pair(left: str, right: str) -> Pair:
    first, second = sorted((left, right))
    return first, second


def _pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {_pair(*both) for group in groups for both in combinations(sorted(set(group)), 2)}


def told(name: str, how: str, figures: Figures, worst: int) -> str:
    """The figures in words, with the first `worst` wrong and missed pairs and what resolving says of them."""
    pairs = len(figures.right) + len(figures.missed)
    text = [
        f"{name}, claims by {how}: {pairs} pairs of one incident, precision {figures.precision:.3f}, recall {figures.recall:.3f}, "
        f"F1 {figures.f1:.3f}; {len(figures.wrong)} wrongly joined, {len(figures.missed)} missed"
    ]
    for label, found in (("wrong", figures.wrong), ("missed", figures.missed)):
        text += [f"  {label}: {' + '.join(pair)}: {figures.why.get(pair, 'through others' if label == 'wrong' else 'no match')}"
                 for pair in sorted(found)[:worst]]  # fmt: skip
    return "\n".join(text)


def main(given: Sequence[str] | None = None) -> None:
    """Prints the figures of both sets, by hand and by reader."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--worst", type=int, default=10, help="so many of the wrong and of the missed pairs")
    parser.add_argument("--half", type=int, choices=(0, 1), default=None, help="only every second incident of the project's own set")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(given)
    found = {(name, how): measured(name, how, options.half if name == "told" else None) for name in SETS for how in ("hand", "reader")}
    if options.json:
        print(json.dumps({f"{name}_{how}": round(figures.f1, 4) for (name, how), figures in found.items()}))
        return
    for (name, how), figures in found.items():
        print(told(name, how, figures, options.worst))


if __name__ == "__main__":
    main()
