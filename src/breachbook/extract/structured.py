"""A row of a structured source: its columns are taken as they are, its prose is read as any report is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from breachbook.extract.context import Context, Finding, SentenceSpan
from breachbook.extract.leak_site import named_victim
from breachbook.extract.story import Actor, Incident, Organisation, Story
from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document
from breachbook.text.cells import CellFault, cell
from breachbook.text.names import latin, parse
from breachbook.vocab import properties, source_maps
from breachbook.vocab.source_maps import Column, SourceMap

KINDS = ("listing", "row")
"""Kinds of document that rows of structured sources are."""

CERTAIN = 1.0
"""A column says what it says: no reading of prose is surer."""

OF_LISTINGS = frozenset({"data_class", "data_volume_bytes", "people_affected", "records_affected", "ransom_demanded", "effect"})
"""What is believed to be said of the incident in an attacker's prose: the rest of it is the victim's own advertising, which tells of
other days and attacks, and none of it is the victim's word."""

_LESS_SURE = ("denied", "possible", "likely", "stated")


@dataclass(frozen=True, slots=True)
class Cell:
    """A column's words, `text[start:end]`."""

    column: Column
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A row as it stands in its document: its source's map, its cells, and where its prose begins (the text's end: it has none)."""

    source: SourceMap
    cells: tuple[Cell, ...]
    prose: int


def sheet_of(document: Document) -> Sheet | None:
    """The row that a document is; None when it is no row of a known source.

    The source is named by the id that the document has there; the lines between title and prose are the columns.
    """
    name, colon, _ = (document.external_id or "").partition(":")
    source = source_maps.named(name) if colon and document.kind in KINDS else None
    if source is None or not document.title or not document.text.startswith(document.title):
        return None
    by_label = {column.label: column for column in source.columns if column.part != "narrative"}
    cells = [Cell(c, 0, len(document.title)) for c in source.columns if c.part == "title" and c.states]
    position = len(document.title)
    text = document.text
    while text.startswith("\n", position):
        position += 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        label, colon, _ = text[position:end].partition(": ")
        if not colon:
            break
        if label in by_label:
            cells.append(Cell(by_label[label], position + len(label) + len(colon), end))
        position = end + 1
    return Sheet(source, tuple(cells), min(position, len(text))) if any("victim" in one.column.states for one in cells) else None


def story_of(context: Context, sheet: Sheet) -> tuple[Story, list[Finding]]:
    """The story that a row tells, and what its columns state of the incident."""
    text, flags = context.text, {"yes": sheet.source.no_incident, "no": sheet.source.doubtful}
    for one in sheet.cells:
        if text[one.start : one.end] == "yes" and set(one.column.names) & set(flags["yes"]):
            return Story(Finding("relevant", False, one.start, one.end, "stated")), []
    victim = _victim(context, sheet)
    if victim is None:
        return Story(), []
    incident, story = Incident(victims=[0]), Story(organisations=[victim])
    story.relevant = Finding("relevant", True, victim.start, victim.end, "stated")
    findings: list[Finding] = []
    for finding in _findings(context, sheet):
        if finding.property == "actor":
            incident.actors.append(len(story.actors))
            story.actors.append(Actor(str(finding.value), (), [finding]))
        elif properties.get(finding.property).subject == "organisation":
            victim.facts.append(finding)
        else:
            findings.append(finding)
    if context.document.publisher_role == "threat_actor":
        findings.append(Finding("claimed", True, victim.start, victim.end, "stated", weight=CERTAIN))
    story.incidents = [incident]
    return story, findings


def as_stated(claims: Sequence[Claim], document: Document, sheet: Sheet) -> tuple[Claim, ...]:
    """The claims with those of columns in the source's own voice, as sure as the column and the row are (a name such as "Alleged
    Rumours Ltd" makes nothing doubtful), and those of its prose in the voice of whose words it gives."""
    voice = Speaker(sheet.source.role, document.publisher)
    doubtful = any(document.text[one.start : one.end] == "no" and set(one.column.names) & set(sheet.source.doubtful) for one in sheet.cells)
    teller = Speaker(sheet.source.prose_role, _named(document, sheet)) if sheet.source.prose_role else voice
    sure = {one.start: one.column.certainty for one in sheet.cells}

    def stated(claim: Claim) -> Claim:
        if claim.start >= sheet.prose:
            of_prose = teller if claim.speaker == voice or voice.role == "threat_actor" else claim.speaker
            return replace(claim, speaker=of_prose)
        place = max((start for start in sure if start <= claim.start), default=0)
        least = min((sure.get(place, "stated"), "likely" if doubtful else "stated"), key=_LESS_SURE.index)
        return replace(claim, speaker=voice, certainty="stated" if claim.property == "relevant" else least)

    return tuple(stated(claim) for claim in claims)


def without_columns(sentences: Iterable[SentenceSpan], sheet: Sheet) -> Iterator[SentenceSpan]:
    """The sentences of a row's title and prose: lines of columns are none, and what they list would mislead who reads prose."""
    kept = (one for one in sentences if one.passage == "title" or one.start >= sheet.prose)
    yield from (replace(one, index=number) for number, one in enumerate(kept))


def take_parties(story: Story, told: Story, sheet: Sheet) -> None:
    """Takes over the third parties and attackers that a row's prose names (as any report's reader tells them), but the victim."""
    if not (story.incidents and told.incidents):
        return
    incident, victim = story.incidents[0], story.organisations[0]
    for party in told.incidents[0].third_parties:
        other = told.organisations[party.organisation]
        if (
            other.start >= sheet.prose
            and parse(other.name).key != parse(victim.name).key
            and all(f.start >= sheet.prose for f in party.findings)
        ):
            incident.third_parties.append(replace(party, organisation=len(story.organisations)))
            story.organisations.append(other)
    for actor in told.actors:
        if not story.actors and all(finding.start >= sheet.prose for finding in actor.findings):
            incident.actors.append(len(story.actors))
            story.actors.append(actor)


def of_prose(findings: Iterable[Finding], sheet: Sheet) -> list[Finding]:
    """Those findings that stand in a row's prose and are to be believed there."""
    return [f for f in findings if f.start >= sheet.prose and (sheet.source.role != "threat_actor" or f.property in OF_LISTINGS)]


def _named(document: Document, sheet: Sheet) -> str:
    return next(document.text[one.start : one.end] for one in sheet.cells if "victim" in one.column.states)


def _victim(context: Context, sheet: Sheet) -> Organisation | None:
    one = next((one for one in sheet.cells if "victim" in one.column.states), None)
    if one is None:
        return None
    victim = named_victim(context.text, one.start, one.end) if sheet.source.kind == "listing" else None
    if victim is None:
        victim = Organisation(context.text[one.start : one.end], one.start, one.end)
    if other := latin(victim.name):
        victim.facts.append(Finding("alias", other, victim.start, victim.end, "stated", weight=CERTAIN))
    return victim


def _findings(context: Context, sheet: Sheet) -> list[Finding]:
    """What the columns state, but who was hit; of a property stated twice with one value, the first."""
    found: dict[tuple[str, object], Finding] = {}
    for one in sheet.cells:
        words = context.text[one.start : one.end]
        for stated in cell(one.column, words, day_first=sheet.source.day_first):
            if isinstance(stated, CellFault) or stated.property == "victim":
                continue
            counted = properties.get(stated.property).value == "count"
            finding = Finding(
                stated.property, stated.value, one.start + stated.start, one.start + stated.end, one.column.certainty,
                qualifier=one.column.qualifier if counted else None, weight=CERTAIN, extractor="structured",
            )  # fmt: skip
            found.setdefault((stated.property, stated.value), finding)
    return list(found.values())
