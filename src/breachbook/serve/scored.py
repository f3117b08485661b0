"""Scoring a reader: takes in the labelled documents, has them read, and gives records and labels to `scoring`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from breachbook.errors import RequestError
from breachbook.model.document import Document, Refusal
from breachbook.model.reading import Reading
from breachbook.pipeline import Progress, Stages, read_documents
from breachbook.scoring.comparing import NOTHING, Comparison, compare
from breachbook.scoring.records import read_records
from breachbook.scoring.table import Score, score
from breachbook.serve import score_view
from breachbook.serve.words import plural
from breachbook.settings import Settings

IDS_NAMED = 3
"""Ids that a message names before it only counts the rest."""

Told = Callable[[Progress], None]


@dataclass(slots=True)
class Labelled:
    """Labelled reports with what a reader made of them, by id. `ignored` counts documents without a label; `refused` says which
    documents could not be taken in or read, and why; `unread` counts those that the reader left unread."""

    gold: Mapping[str, Mapping[str, Any]]
    reader: str = ""
    documents: dict[str, Document] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    ignored: int = 0
    unread: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def score(self) -> Score:
        """The figures over all labels."""
        return score(self.gold, self.records, {id: document.text for id, document in self.documents.items()})

    def score_json(self, worst: int) -> dict[str, Any]:
        """The figures as JSON, with who read and what was passed over."""
        passed = {"ignored": self.ignored, "unread": self.unread, "refused": len(self.refused)}
        return {"reader": self.reader, **self.score().to_json(worst), **passed}

    def print_score(self, out: Console, worst: int) -> None:
        """The figures for people."""
        score_view.print_score(out, self.score(), self.reader, worst)

    def report_json(self, id: str) -> dict[str, Any]:
        """One report against its label, as JSON."""
        return score_view.report_json(*self._report(id))

    def print_report(self, out: Console, id: str) -> None:
        """One report against its label, for people."""
        score_view.print_report(out, *self._report(id))

    def _report(self, id: str) -> tuple[Document, Comparison, Mapping[str, Any], Mapping[str, Any]]:
        record = self.records.get(id)
        return self.documents[id], compare(id, record, self.gold[id]), record or NOTHING, self.gold[id]

    def remarks(self) -> str:
        """What was passed over, in a sentence."""
        parts = [f"{plural(self.ignored, 'document')} without a label passed over"]
        parts += [f"{self.unread:,} left unread by the reader"] if self.unread else []
        parts += [f"{len(self.refused):,} refused"] if self.refused else []
        return "; ".join(parts) + "."


class _Given:
    """In the place of a reader: the records are there already."""

    name = "given"

    def read(self, document: Document) -> Reading:
        return Reading(document.id, self.name, ())


def labelled(
    settings: Settings,
    gold: Path,
    documents: Path,
    *,
    reader: str | None = None,
    predicted: Path | None = None,
    only: str | None = None,
    told: Told | None = None,
) -> Labelled:
    """Reads the documents for which there is a label.

    Args:
        gold: labels, one a line.
        documents: documents as JSON Lines, or a folder of ID.json files for labels such as `casie:ID`.
        reader: the reader's short name; None takes the setting's.
        predicted: report records to score instead of having the documents read.
        only: the id of the one report that is wanted.
        told: is told of each document.

    Raises:
        RequestError: a file is not as it should be, there is no such reader or report, or a label has no document.
        SettingsError: a setting that the reader needs is missing.
    """
    found = Labelled(read_records(gold), predicted.name if predicted else reader or settings.reader)
    records = read_records(predicted) if predicted else None
    wanted = dict(found.gold) if only is None else {only: found.gold[_known(only, found.gold)]}
    origins = _origins(documents, wanted, found)
    stages = _stages(origins, found, wanted, records)
    for item in read_documents(settings, list(origins), stages, reader):
        _take(item, found, len(wanted), told)
    _check_complete(wanted, found, documents)
    return found


def _known(id: str, gold: Mapping[str, Any]) -> str:
    if id not in gold:
        near = difflib.get_close_matches(id, gold, n=IDS_NAMED, cutoff=0.5)
        raise RequestError(
            f"no label has this id; near it: {', '.join(near)}" if near else "no label has this id", subject=repr(id[:80]), property="show"
        )
    return id


def _origins(documents: Path, wanted: Mapping[str, Any], found: Labelled) -> dict[str, str | None]:
    """What to take in, and the id of the label of each; None where the documents say their own ids."""
    if not documents.is_dir():
        if not documents.exists():
            raise RequestError("there is no such file or folder", subject=str(documents), property="documents")
        return {str(documents): None}
    files = {path.stem: str(path) for path in sorted(documents.iterdir()) if path.suffix == ".json"}
    by_stem = {id.rpartition(":")[2]: id for id in wanted}
    found.ignored = sum(stem not in by_stem for stem in files)
    return {files[stem]: id for stem, id in by_stem.items() if stem in files}


def _stages(
    origins: Mapping[str, str | None], found: Labelled, wanted: Mapping[str, Any], records: Mapping[str, dict[str, Any]] | None
) -> Stages:
    """The stages of the pipeline, but that only labelled documents are passed on, under the ids of their labels; where records
    are given, they take the place of the reader's."""
    stages = Stages()
    take_in = stages.intake

    def intake(origin: str, given: Settings, **more: Any) -> Iterator[Any]:
        for item in take_in(origin, given, **more):
            document = getattr(item, "document", None)
            id = origins[origin] or (document and (document.external_id or document.id))
            if document is None:
                yield item
            elif id in found.gold and id in wanted:
                yield replace(item, document=replace(document, external_id=id))
            else:
                found.ignored += id not in found.gold

    stages.intake = intake
    if records is not None:
        stages.readers = lambda name, settings: _Given()
        stages.report_record = lambda document, reading: records.get(document.external_id or "", {})
    return stages


def _take(item: tuple[Document, Reading, dict[str, Any]] | Refusal, found: Labelled, total: int, told: Told | None) -> None:
    if isinstance(item, Refusal):
        found.refused.append(item)
        place, outcome = item.origin, f"refused:{item.code}: {item.detail}"
    else:
        document, reading, record = item
        place, outcome = document.external_id or document.id, "read"
        if place in found.documents:
            raise RequestError("several documents have this id", subject=place, property="documents")
        found.documents[place] = document
        found.unread += reading.unread is not None
        if record:
            found.records[place] = record
    if told:
        told(Progress(len(found.documents) + len(found.refused), total, place, outcome))


def _check_complete(wanted: Mapping[str, Any], found: Labelled, documents: Path) -> None:
    missing = [id for id in wanted if id not in found.documents]
    if missing:
        named = ", ".join(id[:80] for id in missing[:IDS_NAMED]) + (", …" if len(missing) > IDS_NAMED else "")
        raise RequestError(f"{len(missing):,} of {len(wanted):,} labels have no document there: {named}", subject=str(documents))
