"""Entities out of their mentions: names, other names, notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from breachbook.model.claim import Claim
from breachbook.model.entity import Entity, entity_id
from breachbook.resolve.actors import reference
from breachbook.resolve.campaigns import Story
from breachbook.resolve.mentions import Mention, Mentions
from breachbook.resolve.naming import actor_form, best_date, best_form, capitalised, in_words, listed, other_forms
from breachbook.resolve.organisation_facts import naming_claims
from breachbook.text.names import is_described

UNNAMED = "Unnamed victim"
"""What an incident is called of which no victim is known."""


def organisation(group: Sequence[str], book: Mentions) -> Entity:
    """The organisation of these mentions, the earliest first."""
    naming = _all(book.organisations, group, naming_claims)
    aliases = _all(book.organisations, group, lambda m: m.values("alias"))
    proper = [c for c in naming if c.property in ("victim", "third_party")] or naming
    name = best_form(proper)
    return Entity(
        entity_id("organisation", group[0]), "organisation", capitalised(name), tuple(group), other_forms([*naming, *aliases], name)
    )


def namesakes_note(namesakes: Collection[str]) -> str | None:
    """The word on namesakes that a contradiction keeps apart, by their ids."""
    return f"Not the same as {len(namesakes)} other of this name: {', '.join(sorted(namesakes))}." if namesakes else None


def actor(group: Sequence[str], book: Mentions) -> Entity:
    """The actor of these mentions, the earliest first."""
    known = [reference(book.actors[m]) for m in group]
    claims = _all(book.actors, group, lambda m: [c for c in m.called if c.property == "actor"] or m.called or m.claims)
    name = actor_form(claims)
    aliases = other_forms([*claims, *_all(book.actors, group, lambda m: m.values("actor_alias"))], name)
    note = next((own for own, _ in known if own), None)
    names = sorted({text for _, several in known for text in several} - {name, *aliases})
    return Entity(entity_id("actor", group[0]), "actor", name, tuple(group), aliases, note, tuple(names))


def incident(group: Sequence[str], book: Mentions, organisations: Mapping[str, str], called: Mapping[str, str]) -> Entity:
    """The incident of these mentions, the earliest first.

    Args:
        group: mentions of incidents.
        book: holds them.
        organisations: leads from the mentions that their claims name to organisations.
        called: the names of organisations.
    """
    date = best_date(claims_of(group, book)) or _published(group, book)
    names = [called[v] for v in victims_of(group, book, organisations)]
    title = listed(names) if names else UNNAMED
    described = bool(names) and all(is_described(name) for name in names)
    when = [date[:4] if described else in_words(date)] if date else []
    return Entity(entity_id("incident", group[0]), "incident", ", ".join([title, *when]), tuple(group))


def story(key: str, group: Sequence[str], book: Mentions, organisations: Mapping[str, str]) -> Story:
    """An incident for the purpose of campaigns, under a key."""
    claims = claims_of(group, book)
    suppliers: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.property in ("third_party", "product") and claim.object_mention and claim.certainty != "denied":
            suppliers[organisations[claim.object_mention]].append(claim)
    return Story(key, claims, frozenset(victims_of(group, book, organisations)), suppliers, _published(group, book))


def claims_of(group: Iterable[str], book: Mentions) -> list[Claim]:
    """The claims that have these mentions of incidents as subjects."""
    return _all(book.incidents, group, lambda m: m.claims)


def victims_of(group: Sequence[str], book: Mentions, organisations: Mapping[str, str]) -> list[str]:
    """The victims of an incident, those of most documents first; denied ones only when there are no others."""
    named: dict[str, set[str]] = defaultdict(set)
    denied: dict[str, set[str]] = defaultdict(set)
    for claim in claims_of(group, book):
        if claim.property == "victim" and claim.object_mention is not None:
            (denied if claim.certainty == "denied" else named)[organisations[claim.object_mention]].add(claim.document)
    found = named or denied
    place = {victim: number for number, victim in enumerate(found)}
    return sorted(found, key=lambda v: (-len(found[v]), place[v]))


def _all(mentions: Mapping[str, Mention], group: Iterable[str], pick: Callable[[Mention], Iterable[Claim]]) -> list[Claim]:
    return [claim for mention in group for claim in pick(mentions[mention])]


def _published(group: Sequence[str], book: Mentions) -> str | None:
    return min((date for m in group if (date := book.incidents[m].document.published)), default=None)
