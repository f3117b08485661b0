"""What a report is about: relevance, victims, attackers, third parties, and the incidents they make."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract import actors, third_parties, victims
from breachbook.extract.candidates import candidates
from breachbook.extract.context import Context, Finding
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.organisation_facts import Survey, facts
from breachbook.extract.organisations import organisation
from breachbook.extract.reading_models import Judges
from breachbook.extract.relevance import is_relevant, may_be_relevant, relevance_features
from breachbook.extract.roles import Judged, judge, surroundings
from breachbook.extract.story import Incident, Story

BACKGROUND = 0.5
"""Probability from which a candidate of a report that is not about an incident is named as a victim of some other one."""


def tell(context: Context, judges: Judges) -> Story:
    """The story of a document; without incidents when it is not about any."""
    first = context.sentences[0]
    if not may_be_relevant(context.text) and context.document.publisher_role != "threat_actor":
        return Story(Finding("relevant", False, first.start, first.end, "stated"))
    finder = MentionFinder(context)
    things = candidates(finder.chunks(), context.text)
    around = surroundings(things, context)
    judged = judge(things, context, around, judges.roles["victim-mention"], judges.roles["victim"])
    relevant = context.document.publisher_role == "threat_actor" or is_relevant(relevance_features(context, judged), judges.relevance)
    story = Story(Finding("relevant", relevant, first.start, first.end, "stated"))
    hit = victims.victims(judged)
    if not relevant:
        story.background = [_background(j) for j in hit if j.probability >= BACKGROUND]
        return story
    story.organisations = [organisation(j.candidate) for j in hit]
    survey = Survey(context, finder.sentence_tokens)
    for made, one in zip(story.organisations, hit, strict=True):
        made.facts += facts(one.candidate, survey, judges.facts)
    incident = Incident(victims=list(range(len(hit))))
    story.incidents = [incident]
    chance = {id(j.candidate): j.probability for j in judged}
    taken = {id(j.candidate) for j in hit}
    others = [t for t in things if id(t) not in taken]
    roles = judges.roles
    did = actors.actors(judge(others, context, around, roles["actor-mention"], roles["actor"], cues=actors.actor_cues, victims=chance))
    via = judge(
        others, context, around, roles["third_party-mention"], roles["third_party"], cues=third_parties.third_party_cues, victims=chance
    )
    incident.own = [*_named("actor", did), *_named("third_party", third_parties.third_parties(via))]
    return story


def _background(judged: Judged) -> Finding:
    chunk = judged.candidate.fullest
    return Finding("background_victim", judged.candidate.name, chunk.start, chunk.end, "stated")


def _named(property: str, judged: Sequence[Judged]) -> list[Finding]:
    return [Finding(property, j.candidate.name, c.start, c.end, weight=j.probability) for j in judged for c in [j.candidate.fullest]]
