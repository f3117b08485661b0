"""The sentences on what was taken: kinds of data, kinds explicitly not affected, people, records, volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breachbook.model.record import Evidence, Field, FieldValue, Sentence
from breachbook.publish.clauses import attributed, by_saying, sentence, support, support_of, was
from breachbook.publish.speakers import Speakers
from breachbook.publish.view import IncidentView
from breachbook.text.display import listed
from breachbook.text.partial_dates import latest
from breachbook.vocab.data_files import toml_file

NOUNS = {"people_affected": ("person", "people"), "records_affected": ("record or account", "records or accounts")}
"""What is counted, for one and for more."""

UNCOUNTED = ("information", "code")
"""Endings of phrases that take the singular."""

MOST_OTHERS = 4
"""Losing figures that a sentence lists."""


def data_sentences(view: IncidentView, speakers: Speakers) -> Iterator[Sentence]:
    """Kinds of data, what was not affected, how many people and records, how much was taken."""
    yield from _classes(view, speakers)
    for property in NOUNS:
        if property in view.fields:
            yield from _count(property, view.fields[property], speakers)
    yield from _volume(view, speakers)


def _kinds(values: Sequence[FieldValue]) -> str:
    phrases = toml_file("phrases.toml")["data_class"]
    return listed([phrases[str(v.value)] for v in values])


def _many(values: Sequence[FieldValue], kinds: str) -> bool:
    return len(values) > 1 or not kinds.endswith(UNCOUNTED)


def _classes(view: IncidentView, speakers: Speakers) -> Iterator[Sentence]:
    """One sentence a speaker: what was affected, and what may have been."""
    groups = sorted(by_saying(view.values("data_class"), speakers), key=lambda g: g[0].claims[0].certainty != "stated")
    while groups:
        group = groups.pop(0)
        kinds = _kinds(group)
        text = attributed(was(kinds, "affected", plural=_many(group, kinds)), group[0].claims[0], speakers)
        other = next((g for g in groups if _completes(group, g, speakers)), None)
        if other is not None:
            groups.remove(other)
            fact = was(kinds, "affected", plural=_many(group, kinds)).fact
            text = f"{fact} and {_kinds(other)} may have been, according to {speakers.who(group[0].claims[0])}"
        yield sentence(text, support_of([*group, *(other or [])]))
    field = view.fields.get("data_class")
    for group in by_saying([v for v in (field.losing if field else ()) if v.certainty == "denied"], speakers):
        who, kinds = speakers.who(group[0].claims[0]), _kinds(group)
        yield sentence(f"{who} says that {kinds} {'were' if _many(group, kinds) else 'was'} not affected", support_of(group))


def _completes(stated: Sequence[FieldValue], possible: Sequence[FieldValue], speakers: Speakers) -> bool:
    """Whether the second is what the same speaker calls possible beside what he states; the attacker only ever claims."""
    one, other = stated[0].claims[0], possible[0].claims[0]
    same = (one.speaker_role, speakers.name(one)) == (other.speaker_role, speakers.name(other))
    return same and (one.certainty, other.certainty) == ("stated", "possible") and one.speaker_role != "threat_actor"


def _count(property: str, field: Field, speakers: Speakers) -> Iterator[Sentence]:
    one, many = NOUNS[property]
    for value in field.values:
        singular = value.value == 1
        clause = was(f"{value.display} {one if singular else many}", "affected", plural=not singular)
        others = [v for v in field.losing if v.certainty != "denied"][:MOST_OTHERS]
        text = attributed(clause, value.claims[0], speakers) + _others(value, others)
        yield sentence(text, [*support(value), *support_of(others)])


def _others(value: FieldValue, others: list[FieldValue]) -> str:
    """`; an earlier figure was 143 million`."""
    if not others:
        return ""
    earlier = value.said is not None and all(v.said is not None and latest(v.said) < latest(value.said) for v in others)
    kind = "earlier" if earlier else "other"
    figures = listed([v.display for v in sorted(others, key=lambda v: (v.said or "", v.display))])
    if len(others) > 1:
        return f"; {kind} figures are {figures}"
    return f"; {'an earlier' if earlier else 'another'} figure is {figures}"


def _volume(view: IncidentView, speakers: Speakers) -> Iterator[Sentence]:
    """What the attacker claims to hold and who has seen it, or how much was taken."""
    for value in view.values("data_volume_bytes"):
        claimed = next((e for e in value.claims if e.speaker_role == "threat_actor"), None)
        seen = next((e for e in value.claims if e.speaker_role != "threat_actor" and e.certainty == "stated"), None)
        if claimed is None:
            clause = was(f"{value.display} of data", "taken", plural=True)
            yield sentence(attributed(clause, value.claims[0], speakers), support(value))
            continue
        text = f"{speakers.who(claimed)} claims to hold {value.display} of data"
        if seen is not None:
            text += f"; {speakers.who(seen)} {_bears_out(seen)}"
        roles = {claimed.speaker_role, seen.speaker_role if seen else claimed.speaker_role}
        yield sentence(text, [e.claim for e in value.claims if e.speaker_role in roles], as_is=True)


def _bears_out(seen: Evidence) -> str:
    if seen.speaker_role == "researcher":
        return "has seen them"
    return "reports the same" if seen.speaker_role == "press" else "confirms it"
