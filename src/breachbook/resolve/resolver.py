"""Mentions to entities: all organisations, actors, incidents and campaigns of the book, from its claims and judgements.

A function from records to records: the same documents and judgements give the same entities, in whatever order they come. An entity's
id is made of its earliest mention, so that adding documents changes no id but where two entities become one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from breachbook.model.claim import Claim
from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Entity, Match, Resolution, entity_id
from breachbook.model.judgement import Judgement
from breachbook.resolve import judging
from breachbook.resolve.actors import cluster_actors
from breachbook.resolve.campaigns import Campaign, Story, campaigns
from breachbook.resolve.incidents import cluster_incidents, told
from breachbook.resolve.mentions import Mention, Mentions, collect, incident_facts
from breachbook.resolve.naming import actor_form, best_date, best_form, capitalised, in_words, listed, other_forms
from breachbook.resolve.organisation_facts import naming_claims, organisation_facts
from breachbook.resolve.organisations import cluster_organisations
from breachbook.text.names import is_described

UNNAMED = "Unnamed victim"
"""What an incident is called of which no victim is known."""


@dataclass(slots=True)
class _Groups:
    """The clusters of one kind: members of each by its smallest, in the order they were added, and what leads there."""

    members: dict[str, list[str]]
    of: dict[str, str]


def resolve(documents: Sequence[ReadDocument], judgements: Sequence[Judgement]) -> Resolution:
    """Everything of which the documents speak, each thing once, and the matches that made it so.

    Args:
        documents: every document of the book with its claims; their `sequence` orders mentions, not their place here.
        judgements: what people decided, in any order; undone ones are passed over.
    """
    book = collect(documents)
    names = _entity_ids(book, judgements)
    standing = judging.standing(judgements)
    matches: list[Match] = []
    facts = {mention_id: incident_facts(mention) for mention_id, mention in book.incidents.items()}
    known = {mention_id: organisation_facts(mention, book, facts) for mention_id, mention in book.organisations.items()}
    organisation_clusters, found = cluster_organisations(known, standing, names)
    matches += found
    organisations = _groups(organisation_clusters.groups(), book.organisations)
    actor_clusters, actor_names, found = cluster_actors(book.actors, standing, names)
    matches += found
    actors = _groups(actor_clusters.groups(), book.actors)
    nameless = frozenset(mention_id for mention_id, own in known.items() if own.described)
    reports = {m: told(mention, facts[m], organisations.of.__getitem__, nameless) for m, mention in book.incidents.items()}
    incident_clusters, found = cluster_incidents(reports, standing, names)
    matches += found
    incidents = _groups(incident_clusters.groups(), book.incidents)
    entities = [_organisation(group, book) for group in organisations.members.values()]
    called = {group: entity.name for group, entity in zip(organisations.members, entities, strict=True)}
    entities = _with_notes(entities, organisations, matches)
    entities += [_actor(group, book, actor_names) for group in actors.members.values()]
    entities += [_incident(group, book, organisations, called) for group in incidents.members.values()]
    stories = [_story(key, group, book, organisations) for key, group in incidents.members.items()]
    entities += _campaigns(campaigns(stories, called), incidents, book, matches)
    return Resolution(tuple(entities), tuple(matches))


def _entity_ids(book: Mentions, judgements: Sequence[Judgement]) -> dict[str, str]:
    """Mentions by the ids of entities; made only when a judgement names an entity."""
    if all("#" in side for judgement in judgements for side in (judgement.left, judgement.right)):
        return {}
    kinds = {"organisation": book.organisations, "actor": book.actors, "incident": book.incidents}
    return {entity_id(kind, mention): mention for kind, mentions in kinds.items() for mention in mentions}


def _groups(clusters: Mapping[str, Sequence[str]], mentions: Mapping[str, Mention]) -> _Groups:
    """Clusters in the order in which their first mentions were added."""
    ordered = {key: sorted(members, key=lambda m: mentions[m].order) for key, members in clusters.items()}
    found = dict(sorted(ordered.items(), key=lambda item: mentions[item[1][0]].order))
    return _Groups(found, {member: key for key, members in found.items() for member in members})


def _all(mentions: Mapping[str, Mention], group: Iterable[str], pick: Callable[[Mention], Iterable[Claim]]) -> list[Claim]:
    return [claim for mention in group for claim in pick(mentions[mention])]


def _organisation(group: Sequence[str], book: Mentions) -> Entity:
    naming = _all(book.organisations, group, naming_claims)
    aliases = _all(book.organisations, group, lambda m: m.values("alias"))
    proper = [c for c in naming if c.property in ("victim", "third_party")] or naming
    name = best_form(proper)
    return Entity(
        entity_id("organisation", group[0]), "organisation", capitalised(name), tuple(group), other_forms([*naming, *aliases], name)
    )


def _with_notes(entities: Sequence[Entity], organisations: _Groups, matches: Sequence[Match]) -> list[Entity]:
    """Organisations with a word on namesakes that a contradiction keeps apart."""
    by_group = dict(zip(organisations.members, entities, strict=True))
    apart: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        if match.decision == "different" and match.parts[0][0].startswith("same_name"):
            left, right = organisations.of[match.left], organisations.of[match.right]
            if left != right:
                apart[left].add(right)
                apart[right].add(left)
    return [_noted(entity, [by_group[other] for other in sorted(apart.get(group, ()))]) for group, entity in by_group.items()]


def _noted(entity: Entity, namesakes: Sequence[Entity]) -> Entity:
    if not namesakes:
        return entity
    others = ", ".join(sorted(e.id for e in namesakes))
    note = f"Not the same as {len(namesakes)} other of this name: {others}."
    return Entity(entity.id, entity.kind, entity.name, entity.mentions, entity.aliases, note)


def _actor(group: Sequence[str], book: Mentions, names: Mapping[str, tuple[str | None, tuple[str, ...]]]) -> Entity:
    claims = _all(book.actors, group, lambda m: [c for c in m.called if c.property == "actor"] or m.called or m.claims)
    name = actor_form(claims)
    aliases = other_forms([*claims, *_all(book.actors, group, lambda m: m.values("actor_alias"))], name)
    note = next((names[m][0] for m in group if names[m][0]), None)
    reference = sorted({text for m in group for text in names[m][1]} - {name, *aliases})
    return Entity(entity_id("actor", group[0]), "actor", name, tuple(group), aliases, note, tuple(reference))


def _incident(group: Sequence[str], book: Mentions, organisations: _Groups, called: Mapping[str, str]) -> Entity:
    claims = _all(book.incidents, group, lambda m: m.claims)
    date = best_date(claims) or _published(group, book)
    victims = _victims(group, book, organisations)
    names = [called[v] for v in victims]
    title = listed(names) if names else UNNAMED
    described = bool(names) and all(is_described(name) for name in names)
    when = [date[:4] if described else in_words(date)] if date else []
    note = None
    return Entity(entity_id("incident", group[0]), "incident", ", ".join([title, *when]), tuple(group), (), note)


def _victims(group: Sequence[str], book: Mentions, organisations: _Groups) -> list[str]:
    """The victims of an incident, those of most documents first; denied ones only when there are no others."""
    named: dict[str, set[str]] = defaultdict(set)
    denied: dict[str, set[str]] = defaultdict(set)
    for claim in _all(book.incidents, group, lambda m: m.claims):
        if claim.property == "victim" and claim.object_mention is not None:
            (denied if claim.certainty == "denied" else named)[organisations.of[claim.object_mention]].add(claim.document)
    found = named or denied
    return sorted(found, key=lambda v: (-len(found[v]), list(found).index(v)))


def _published(group: Sequence[str], book: Mentions) -> str | None:
    return min((date for m in group if (date := book.incidents[m].document.published)), default=None)


def _story(key: str, group: Sequence[str], book: Mentions, organisations: _Groups) -> Story:
    claims = _all(book.incidents, group, lambda m: m.claims)
    suppliers: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.property in ("third_party", "product") and claim.object_mention and claim.certainty != "denied":
            suppliers[organisations.of[claim.object_mention]].append(claim)
    return Story(key, claims, frozenset(_victims(group, book, organisations)), suppliers, _published(group, book))


def _campaigns(found: Sequence[Campaign], incidents: _Groups, book: Mentions, matches: list[Match]) -> list[Entity]:
    """Campaigns as entities; incidents that only may belong to one are put forward as matches."""
    entities, taken = [], set()
    for campaign in found:
        members = [m for incident in campaign.incidents for m in incidents.members[incident]]
        members.sort(key=lambda m: book.incidents[m].order)
        free = next((i for m in members if (i := entity_id("campaign", m)) not in taken), None)
        campaign_id = free or entity_id("campaign", f"{members[0]} {campaign.key}")
        taken.add(campaign_id)
        entities.append(Entity(campaign_id, "campaign", campaign.name, tuple(members), campaign.aliases))
        for incident in campaign.possible:
            left, right = sorted((incidents.members[incident][0], members[0]))
            reason = f"its tie to {campaign.name} is said to be possible only"
            matches.append(Match(left, right, 0.5, (("campaign_possible", 0.5),), reason, "proposal"))
    return sorted(entities, key=lambda e: book.incidents[e.mentions[0]].order)
