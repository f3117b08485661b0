"""Trains the first look: whether a document may be about an incident at all. `python -m training.first_look` prints what it costs.

What it must not lose are labelled reports about incidents, notices, and the project's own reports; what it must turn away is
ordinary news. Security news without an incident is not its matter: that is read with care.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.relevance import FIRST_LOOK, LEAD_CHARACTERS, SIGNED_LOOK, SURE_SIGNS, first_look_features
from breachbook.model.document import Document
from training.corpus import document, gold, labelled, ordinary, table
from training.fit import fit, write

FOLDS = 5
STRENGTH = 0.1
MIN_COUNT = 5
EVERY_NOTICE = 4
"""One of so many further notices is learned from."""
NOTICE_WEIGHT, NEWS_WEIGHT = 0.2, 0.5
SHORTEST_NOTICE = 150
SHORT = 250
SHORT_WEIGHT = 0.5
"""The first so many characters of ordinary news are learned from too, so that being short is no sign of an incident."""


@cache
def _notices() -> dict[str, str]:
    """The texts of victims' notices to authorities by id."""
    found = {f"ca_ag:{r['name']}|{r['date']}": r["abstract"] for r in table("ca_ag", "notices.csv")}
    return found | {f"hhs:{r['Name']}|{r['Breach Submission Date']}": r["Web Description"] for r in table("hhs", "notices.csv")}


@cache
def _relevant() -> tuple[tuple[str, Document], ...]:
    """The labelled reports and notices that are about incidents."""
    notices = [(key, document(None, _notices()[key])) for key, row in gold("notices").items() if row["relevant"]]
    return (*((key, made) for key, made, row in labelled() if row["relevant"]), *notices)


@cache
def _rows() -> tuple[tuple[str, list[str], int, float], ...]:
    """Documents as id, features, whether they are about an incident, and weight."""
    further = [(k, t) for k, t in list(_notices().items())[::EVERY_NOTICE] if t and len(t) >= SHORTEST_NOTICE and k not in gold("notices")]
    return (
        *((key, first_look_features(made.text), 1, 1.0) for key, made in _relevant()),
        *((key, first_look_features(text), 1, NOTICE_WEIGHT) for key, text in further),
        *((made.external_id or "", first_look_features(made.text), 0, NEWS_WEIGHT) for made in ordinary()),
        *((made.external_id or "", first_look_features(made.text[:SHORT]), 0, SHORT_WEIGHT) for made in ordinary()),
        *((key, first_look_features(made.text), 0, 1.0) for key, made in _plain()),
    )


def _plain() -> Iterator[tuple[str, Document]]:
    """The labelled reports that are about no incident and use no sure word of the field, such as pages that present an organisation."""
    for key, made, row in labelled():
        lower = made.text.lower()
        if not row["relevant"] and not any(sign in lower for sign in SURE_SIGNS):
            yield key, made


def _fold(key: str) -> int:
    return zlib.crc32(key.encode()) % FOLDS


def train_first_look(folds: Collection[int] = range(FOLDS)) -> LinearModel:
    """The model, learned from these folds."""
    rows = [row for row in _rows() if _fold(row[0]) in folds]
    return fit([r[1] for r in rows], [r[2] for r in rows], c=STRENGTH, min_count=MIN_COUNT, weights_of=[r[3] for r in rows])


def _passes(model: LinearModel, made: Document) -> bool:
    signed = any(sign in made.text[:LEAD_CHARACTERS].lower() for sign in SURE_SIGNS)
    return model.score(first_look_features(made.text)) >= (SIGNED_LOOK if signed else FIRST_LOOK)


def unseen(documents: Sequence[tuple[str, Document]]) -> list[str]:
    """The ids of those that pass a first look learned without their fold."""
    models = [train_first_look([f for f in range(FOLDS) if f != fold]) for fold in range(FOLDS)]
    return [key for key, made in documents if _passes(models[_fold(key)], made)]


def main() -> None:
    """Prints how many reports about incidents are lost, and how much ordinary news passes, each judged without its fold."""
    relevant, news = _relevant(), [(made.external_id or "", made) for made in ordinary()]
    kept = set(unseen(relevant))
    lost = [key for key, _ in relevant if key not in kept]
    print(f"lost {len(lost)} of {len(relevant)} about incidents ({len(lost) / len(relevant):.2%}) {' '.join(lost)}")
    print(f"ordinary news that passes {len(unseen(news))} of {len(news)}")
    short = [(key, replace(made, text=made.text[:SHORT])) for key, made in news]
    print(f"its first {SHORT} characters: {len(unseen(short))} of {len(news)}")
    print(f"first_look: {write('first_look', {'yes': train_first_look()})} bytes")


if __name__ == "__main__":
    main()
