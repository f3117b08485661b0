"""An answer to the story of a document: every suggestion checked, the rest counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from breachbook.extract.context import Finding
from breachbook.extract.language_model import checks
from breachbook.extract.language_model.drops import Dropped, Tally
from breachbook.extract.language_model.evidence import Evidence
from breachbook.extract.language_model.schema import COUNTS
from breachbook.extract.report_record import DATES, LISTS, MOST_INCIDENTS
from breachbook.extract.story import Actor, Incident, Mention, Organisation, Story, ThirdParty

MOST_IN_A_LIST = 50
"""Suggestions of one list that are looked at."""

Row = Mapping[str, Any]
Result = TypeVar("Result")

_NAMED = frozenset(("actor", "malware"))


class Suggestions:
    """The suggestions of one answer, checked against the evidence of one document. `tally` counts them."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.tally = Tally()
        self._organisations: dict[str, int] = {}
        self._actors: dict[str, int] = {}

    def story(self, answer: Row) -> Story:
        """What is left of an answer; a report without an incident whose victim stands in the text has none."""
        first = self.evidence.context.sentences[0]
        story = Story(Finding("relevant", bool(answer["relevant"]), first.start, first.end, "stated"))
        incidents = list(self._rows(answer["incidents"], most=MOST_INCIDENTS))
        for row in incidents:
            if answer["relevant"]:
                self._incident(row, story)
            else:
                self._drop("not_relevant", _size(row))
        known = {organisation.name for organisation in story.organisations}
        story.background = [f for f in self._each(answer.get("background_victims"), self._background) if f.value not in known]
        return story

    def _incident(self, row: Row, story: Story) -> None:
        incident = Incident(victims=list(dict.fromkeys(self._each(row.get("victims"), partial(self._victim, story)))))
        if not incident.victims:
            self._drop("no_victim", _size(row))
            return
        incident.third_parties = self._each(row.get("third_parties"), partial(self._third_party, story))
        for field, property in LISTS.items():
            found = self._each(row.get(field), partial(self._listed, property))
            if property == "actor":
                incident.actors = list(dict.fromkeys(self._actor(f, story) for f in found))
            else:
                incident.own += found
        named = [story.organisations[index] for index in incident.victims]
        names = [name.casefold() for o in named for name in (o.name, *(alias.name for alias in o.aliases))]
        incident.own += self._single_values(row, names)
        story.incidents.append(incident)

    def _single_values(self, row: Row, victims: Sequence[str]) -> list[Finding]:
        """The fields of an incident that hold one value, and its kinds of data; `victims` are names, folded in case."""
        evidence, dates, ransom = self.evidence, self._part(row, "dates"), self._part(row, "ransom")
        wanted: list[tuple[object, Callable[[Row], Finding]]] = [
            *((dates.get(name), partial(checks.date, evidence, name)) for name in DATES),
            *((row.get(name), partial(checks.count, evidence, name)) for name in COUNTS),
            (None if _is_unknown(row.get("actor_kind")) else row.get("actor_kind"), partial(checks.term, evidence, "actor_kind")),
            (row.get("data_volume_bytes"), partial(checks.volume, evidence)),
            (ransom.get("demanded"), partial(checks.money, evidence, "ransom_demanded")),
            (ransom.get("paid_amount"), partial(checks.money, evidence, "ransom_paid_amount")),
            (ransom.get("paid"), partial(checks.paid, evidence)),
            (row.get("confirmed_by_victim"), partial(checks.confirmed, evidence, victims)),
            (row.get("claimed_by_actor"), partial(checks.claimed, evidence)),
        ]
        return [
            *(found for value, check in wanted if value is not None and (found := self._one(value, check)) is not None),
            *self._each(row.get("data_classes"), partial(checks.term, evidence, "data_class")),
            *self._each(row.get("data_classes_denied"), partial(checks.term, evidence, "data_class", denied=True)),
        ]

    def _listed(self, property: str, row: Row) -> Finding:
        if property == "cve":
            return checks.cve(self.evidence, row)
        return (checks.name if property in _NAMED else checks.term)(self.evidence, property, row)

    def _organisation(self, story: Story, row: Row) -> tuple[int, Finding]:
        """The organisation that a suggestion names, new or known, and where it is named."""
        span = self.evidence.named(row.get("name"), row)
        thing = self.evidence.names.organisation(*span)
        name = self.evidence.words_at(span)
        if name.casefold() not in self._organisations:
            self._organisations[name.casefold()] = len(story.organisations)
            mentions = self.evidence.names.mentions(thing) if thing else ()
            story.organisations.append(Organisation(name, *span, mentions=mentions or (Mention(*span, name),)))
        return self._organisations[name.casefold()], checks.finding("victim", name, span)

    def _victim(self, story: Story, row: Row) -> int:
        index, _ = self._organisation(story, row)
        made, evidence = story.organisations[index], self.evidence
        aliases = self._each(row.get("aliases"), partial(self._alias, made.name))
        made.aliases = tuple({m.name: m for m in (*made.aliases, *aliases)}.values())
        facts: tuple[tuple[str, Callable[[Row], Finding]], ...] = (
            ("domain", partial(checks.domain, evidence)),
            ("country", partial(checks.country, evidence)),
            ("sector", partial(checks.term, evidence, "sector")),
        )
        known = {fact.property for fact in made.facts}
        for name, check in facts:
            found = self._one(row[name], check) if row.get(name) is not None else None
            made.facts += [found] if found is not None and name not in known else []
        return index

    def _alias(self, name: str, row: Row) -> Mention:
        span = self.evidence.named(row.get("value"), row)
        self.evidence.names.organisation(*span)
        if self.evidence.words_at(span) == name:
            raise Dropped("other_value")
        return Mention(*span, self.evidence.words_at(span))

    def _third_party(self, story: Story, row: Row) -> ThirdParty:
        index, place = self._organisation(story, row)
        made = checks.finding("third_party", place.value, (place.start, place.end))
        product = self._one(row["product"], partial(checks.name, self.evidence, "product")) if row.get("product") is not None else None
        return ThirdParty(index, [made], [product] if product else [])

    def _actor(self, made: Finding, story: Story) -> int:
        key = str(made.value).casefold()
        if key not in self._actors:
            self._actors[key] = len(story.actors)
            story.actors.append(Actor(str(made.value), (), [made]))
        return self._actors[key]

    def _background(self, row: Row) -> Finding:
        span = self.evidence.named(row.get("value"), row)
        self.evidence.names.organisation(*span)
        return checks.finding("background_victim", self.evidence.words_at(span), span, "stated")

    def _part(self, row: Row, field: str) -> Row:
        """An object of fields; what is none counts as one suggestion of the wrong form."""
        value = row.get(field)
        if isinstance(value, dict):
            return value
        self._drop("wrong_shape", int(value is not None))
        return {}

    def _rows(self, value: object, most: int = MOST_IN_A_LIST) -> Iterator[Row]:
        """The objects of a list; what else stands there, and what is too much, is counted."""
        if value is None:
            return
        if not isinstance(value, list):
            self._drop("wrong_shape")
            return
        self._drop("too_many", max(0, len(value) - most))
        for one in value[:most]:
            if isinstance(one, dict):
                yield one
            else:
                self._drop("wrong_shape")

    def _each(self, value: object, check: Callable[[Row], Result]) -> list[Result]:
        """What the check makes of each suggestion of a list."""
        return [found for row in self._rows(value) if (found := self._one(row, check)) is not None]

    def _one(self, value: object, check: Callable[[Row], Result]) -> Result | None:
        """What the check makes of a suggestion; None, and it is counted, for one that is dropped."""
        try:
            if not isinstance(value, dict):
                raise Dropped("wrong_shape")
            found = check(value)
        except Dropped as dropped:
            self._drop(dropped.reason)
            return None
        self.tally.kept += 1
        return found

    def _drop(self, reason: str, count: int = 1) -> None:
        if count:
            self.tally.dropped[reason] += count


def _is_unknown(value: object) -> bool:
    """Whether a kind of actor is given as unknown, which is no value."""
    return isinstance(value, dict) and value.get("value") == "unknown"


def _size(row: Row) -> int:
    """How many suggestions an incident holds beside its victims."""
    return sum(_values(value) for field, value in row.items() if field != "victims")


def _values(value: object) -> int:
    if isinstance(value, dict):
        return 1 if "quote" in value else sum(map(_values, value.values()))
    return sum(map(_values, value)) if isinstance(value, list) else 0
