"""The narrative of an incident: one paragraph, each sentence built from claims and carrying their ids.

A hedge is kept, whoever speaks is named, and what nobody said is not written about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from breachbook.model.record import Field, FieldValue, Sentence
from breachbook.publish.clauses import Clause, attributed, by_saying, sentence, some, support, support_of, was
from breachbook.publish.narrative_data import data_sentences
from breachbook.publish.narrative_dates import date_sentences
from breachbook.publish.opening import opening
from breachbook.publish.speakers import Speakers
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import folded
from breachbook.text.display import listed
from breachbook.vocab import precedence
from breachbook.vocab.data_files import toml_file

UNSAID = frozenset({"hacking_unspecified"})
"""Kinds of attack that say nothing."""


@dataclass(frozen=True, slots=True)
class Story:
    """What the sentences are made from."""

    view: IncidentView
    speakers: Speakers

    def values(self, property: str) -> tuple[FieldValue, ...]:
        """The values of a field that stand."""
        return self.view.values(property)


def narrative(view: IncidentView, countries: Field | None) -> tuple[Sentence, ...]:
    """The sentences of an incident's summary; `countries` is the field of its victims' countries."""
    evidence = [e for field in view.fields.values() for v in (*field.values, *field.losing) for e in v.claims]
    actors = {folded(e.value): v.display for v in view.values("actor") for e in v.claims if isinstance(e.value, str)}
    story = Story(view, Speakers(view.dossier.documents, evidence, actors))
    return (
        *opening(view, story.speakers, countries),
        *_way(story),
        *_vulnerabilities(story),
        *_actors(story),
        *date_sentences(view, story.speakers),
        *data_sentences(view, story.speakers),
        *_effects(story),
        *_ransom(story),
        *_campaign(story),
        *_taken_back(story),
    )


def _way(story: Story) -> Iterator[Sentence]:
    """Through whom, and by what kind of attack."""
    suppliers = story.values("third_party")
    for group in by_saying(suppliers, story.speakers):
        products = [p for v in group for p in _products(story, v)]
        names = some([_with_products(story, v) for v in group])
        clause = Clause(f"it came through {names}", f"it may have come through {names}")
        yield sentence(attributed(clause, group[0].claims[0], story.speakers), support_of([*group, *products]))
    kinds = [v for v in story.values("attack_type") if v.value not in UNSAID and not (v.value == "third_party" and suppliers)]
    for group in by_saying(kinds, story.speakers):
        names = listed([toml_file("phrases.toml")["attack_type"][str(v.value)] for v in group])
        clause = Clause(f"it involved {names}", f"it may have involved {names}")
        yield sentence(attributed(clause, group[0].claims[0], story.speakers), support_of(group))


def _products(story: Story, supplier: FieldValue) -> list[FieldValue]:
    """The supplier's products that are said to be part of it no less surely than the supplier itself."""
    surely = precedence.certainty_rank(supplier.certainty)
    return [
        p for p in story.values("product")
        if p.entity and supplier.entity and p.entity.id == supplier.entity.id and precedence.certainty_rank(p.certainty) <= surely
    ]  # fmt: skip


def _with_products(story: Story, supplier: FieldValue) -> str:
    products = [p.display for p in _products(story, supplier) if folded(p.display) != folded(supplier.display)]
    return f"{supplier.display} ({some(products)})" if products else supplier.display


def _vulnerabilities(story: Story) -> Iterator[Sentence]:
    for property, verb in (("cve", "exploited"), ("malware", "used")):
        for group in by_saying(story.values(property), story.speakers):
            clause = was(some([v.display for v in group]), verb, plural=len(group) > 1)
            yield sentence(attributed(clause, group[0].claims[0], story.speakers), support_of(group), as_is=True)


def _actors(story: Story) -> Iterator[Sentence]:
    """Each actor, as claimed by itself and as judged by others; the two are never made one."""
    alleged = story.view.status.name == "alleged"
    for value in story.values("actor"):
        own = [e for e in value.claims if e.speaker_role == "threat_actor"]
        others = [e for e in value.claims if e.speaker_role != "threat_actor" and e.certainty != "denied"]
        parts, claims = [], []
        if own and not alleged:
            parts.append(f"{value.display} claims the attack")
            claims += [e.claim for e in own]
        if others:
            clause = Clause(f"{value.display} was behind it", f"{value.display} may have been behind it")
            sure = precedence.limited("actor", others[0].speaker_role, others[0].certainty)
            parts.append(attributed(clause, replace(others[0], certainty=sure), story.speakers))
            claims += [e.claim for e in others if e.certainty == others[0].certainty]
        if parts:
            text = parts[0] if len(parts) == 1 else f"{parts[0]}; {parts[1]}"
            yield sentence(text, claims, as_is=text.startswith(value.display))


def _effects(story: Story) -> Iterator[Sentence]:
    phrases = toml_file("phrases.toml")["effect"]
    told = {"data_exposed"} if story.values("data_class") else set()
    values = [v for v in story.values("effect") if v.value not in told]
    for group in by_saying(values, story.speakers):
        rows = [phrases[str(v.value)] for v in group]
        clause = Clause(listed([row["stated"] for row in rows]), listed([row["possible"] for row in rows]))
        yield sentence(attributed(clause, group[0].claims[0], story.speakers), support_of(group))


def _ransom(story: Story) -> Iterator[Sentence]:
    for value in story.values("ransom_demanded"):
        clause = was(f"a ransom of {value.display}", "demanded")
        yield sentence(attributed(clause, value.claims[0], story.speakers), support(value))
    amount = story.values("ransom_paid_amount")
    for value in amount:
        yield sentence(attributed(was(f"a ransom of {value.display}", "paid"), value.claims[0], story.speakers), support(value))
    for value in story.values("ransom_paid"):
        if value.value is False or not amount:
            who = value.claims[0]
            clause = was("a ransom" if value.value else "no ransom", "paid")
            text = f"{clause.fact}, according to {story.speakers.who(who)}" if who.certainty == "denied" else None
            yield sentence(text or attributed(clause, who, story.speakers), support(value))


def _campaign(story: Story) -> Iterator[Sentence]:
    for group in by_saying(story.values("campaign")[:1], story.speakers):
        clause = was("it", f"part of the {group[0].display}")
        yield sentence(attributed(clause, group[0].claims[0], story.speakers), support_of(group))


def _taken_back(story: Story) -> Iterator[Sentence]:
    if story.view.status.name == "retracted":
        return
    for value in story.values("retracted"):
        if value.value is True:
            yield sentence(f"{story.speakers.who(value.claims[0])} has taken back what was said", support(value))
