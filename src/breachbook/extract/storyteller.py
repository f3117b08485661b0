"""What a report is about: relevance, victims, attackers, third parties, and the incidents they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from breachbook.extract import actors, victims
from breachbook.extract.actor_names import with_odd_names
from breachbook.extract.attribution import attribute
from breachbook.extract.campaigns import campaigns
from breachbook.extract.candidates import Candidate, candidates
from breachbook.extract.context import Context, Finding
from breachbook.extract.described import described
from breachbook.extract.descriptions import descriptions, domains
from breachbook.extract.incident_split import split
from breachbook.extract.leak_site import listing
from breachbook.extract.mentions import Chunk, MentionFinder, is_domain
from breachbook.extract.notices import incident_features, is_notice, may_be_notice
from breachbook.extract.organisation_facts import Survey, facts
from breachbook.extract.organisations import mention, organisation
from breachbook.extract.reading_models import Judges
from breachbook.extract.relevance import is_relevant, may_be_relevant, relevance_features
from breachbook.extract.roles import Judged, judge, surroundings
from breachbook.extract.story import Actor, Incident, Organisation, Story, ThirdParty
from breachbook.extract.third_parties import Party, bare_products, third_parties
from breachbook.extract.together import reconsider
from breachbook.model.claim import Speaker
from breachbook.text.speakers import speeches

UNLIKELY = 0.2
"""Probability below which a described organisation is rather the victim than the likeliest one that is named."""
UNSURE = 0.6
"""Probability from which the likeliest candidate is not doubted: nearly all that are surer are right."""
TELLS_OF_INCIDENT = 0.5
"""Probability from which a notice is about an incident, whatever the judge of reports holds."""
BACKGROUND = 0.5
"""Probability from which a candidate of a report that is not about an incident is named as a victim of some other one."""


def tell(context: Context, judges: Judges) -> Story:
    """The story of a document; without incidents when it is not about any."""
    if context.document.publisher_role == "threat_actor":
        return listing(context)
    first = context.sentences[0]
    if not (may_be_relevant(context.text) or may_be_notice(context)):
        return _plain(context, Story(Finding("relevant", False, first.start, first.end, "stated")))
    finder = MentionFinder(context)
    things = candidates(finder.chunks(), context.text)
    around = surroundings(things, context)
    part = "notice" if is_notice(context) else "victim"
    judged = judge(things, context, around, judges.roles[f"{part}-mention"], judges.roles[part])
    relevant = is_relevant(relevance_features(context, judged), judges.relevance) or (
        part == "notice" and judges.roles["notice-incident"].probability(incident_features(context)) >= TELLS_OF_INCIDENT
    )
    story = Story(Finding("relevant", relevant, first.start, first.end, "stated"))
    if not relevant:
        story.background = [_background(j) for j in victims.victims(judged) if j.probability >= BACKGROUND]
        return _plain(context, story, things)
    if part == "victim":
        reconsider(judged, context, judges.roles["together"])
    return _Teller(context, judges, finder, things, around, judged).tell(story)


class _Teller:
    """Tells a relevant document's story."""

    def __init__(
        self,
        context: Context,
        judges: Judges,
        finder: MentionFinder,
        things: list[Candidate],
        around: Mapping[int, list[list[str]]],
        judged: list[Judged],
    ) -> None:
        self.context, self.judges, self.things, self.around, self.judged = context, judges, things, around, judged
        self.survey = Survey(context, finder.sentence_tokens)
        self.words = finder.sentence_tokens
        self.domain_spans = [(t.start, t.end) for words in finder.sentence_tokens for t in words if is_domain(t.word)]

    def tell(self, story: Story) -> Story:
        """Fills the story."""
        hit = victims.victims(victims.not_speaking(self.judged, self.context.document))
        unsure = (not hit or hit[0].probability < UNSURE) and not is_notice(self.context)
        nameless = described(self.context) if unsure else None
        if nameless and hit and hit[0].probability >= UNLIKELY and hit[0].candidate.name not in nameless.name:
            nameless = None
        hit = [] if nameless else hit
        story.organisations = [nameless] if nameless else [self._organisation(j) for j in hit]
        known = len(story.organisations)
        if not known and not is_notice(self.context):
            first = self.context.sentences[0]
            return Story(Finding("relevant", False, first.start, first.end, "stated"))
        story.incidents = split(story.organisations, range(known), self.context)
        numbers = {id(j.candidate): number for number, j in enumerate(hit)}
        others = [t for t in self.things if id(t) not in numbers]
        did = actors.actors(with_odd_names(others, self.context, self.words, [j.candidate for j in hit]), self.judges.parts["actor"])
        story.actors = [_actor(j, self.context) for j in did]
        names = {j.candidate.name for j in did}
        left = [t for t in self.things if id(t) in numbers or t.name not in names]
        struck = {*numbers, *(id(j.candidate) for j in victims.hit_as_suppliers(self.judged))}
        self._take_part(story, third_parties(left, self.context, self.judges.parts["third_party"], struck), numbers)
        story.incidents[0].own += bare_products(others)
        story.incidents[0].own += campaigns(self.context, [o.name for o in story.organisations[:known]])
        return story

    def _organisation(self, judged: Judged) -> Organisation:
        candidate = judged.candidate
        made = organisation(candidate, judged.brands)
        made.facts += facts(candidate, self.survey, self.judges.facts)
        made.facts += domains(candidate, self.context, self.domain_spans)
        made.facts += descriptions(candidate, self.context)
        return made

    def _take_part(self, story: Story, parties: Iterable[Party], victims: Mapping[int, int]) -> None:
        """Ties attackers and third parties to the incidents whose sentences name them (the first, when none does).

        `victims`: numbers of organisations that are in the story, by the `id` of the candidate.
        """
        for number, actor in enumerate(story.actors):
            for incident in _told_in(story.incidents, actor.findings, self.context):
                incident.actors.append(number)
        for party in parties:
            place = victims.get(id(party.candidate), len(story.organisations))
            if place == len(story.organisations):
                story.organisations.append(self._supplier(party))
            for incident in _told_in(story.incidents, party.findings, self.context):
                incident.third_parties.append(ThirdParty(place, party.findings, party.products))

    def _supplier(self, party: Party) -> Organisation:
        made = organisation(party.candidate)
        made.name, made.start, made.end = party.name, party.start, party.end
        made.aliases = tuple(a for a in made.aliases if a.name != party.name)
        made.facts += descriptions(party.candidate, self.context)
        return made


def _told_in(incidents: Sequence[Incident], findings: Iterable[Finding], context: Context) -> list[Incident]:
    places = {s.index for f in findings if (s := context.sentence_at(f.start)) is not None}
    told = [i for i in incidents if not i.sentences or places & i.sentences]
    return told or list(incidents[:1])


def _actor(judged: Judged, context: Context) -> Actor:
    """The attacker that a candidate is: what says so, once for each speaker, certainty and revision of the text."""
    name = judged.candidate.name
    findings: dict[tuple[Speaker, str, int], Finding] = {}
    for chunk in actors.tellers(judged.candidate):
        finding = Finding("actor", name, chunk.start, chunk.end, weight=judged.probability)
        if _claims_it(chunk, context):
            finding = replace(finding, speaker=Speaker("threat_actor", chunk.name), certainty="stated")
        elif actors.only_publishes(chunk) and attribute(context, finding)[1] == "stated":
            finding = replace(finding, certainty="likely")
        findings.setdefault((*attribute(context, finding), chunk.sentence.revision), finding)
    aliases = {m.name: m for c in judged.candidate.forms() if (m := mention(c)).name != name}
    return Actor(name, tuple(aliases.values())[:8], list(findings.values()))


def _claims_it(chunk: Chunk, context: Context) -> bool:
    """Whether the sentence says that the one it names claims something ("X claims to have hacked …"): then its part is its own word."""
    return any(s.claims and s.name and chunk.name in s.name for s in speeches(context.words(chunk.sentence)))


def _background(judged: Judged) -> Finding:
    chunk = judged.candidate.fullest
    return Finding("background_victim", judged.candidate.name, chunk.start, chunk.end, "stated")


def _plain(context: Context, story: Story, things: list[Candidate] | None = None) -> Story:
    """A story without an incident: what it says of the organisation that it presents, where its heading or publisher names one."""
    document = context.document
    heading = " ".join(filter(None, (document.title, document.publisher))).lower()
    if document.publisher_role not in ("victim", "supplier") and document.kind not in ("page", "pdf", "text"):
        return story
    if not heading or len(context.sentences) > LONGEST_PRESENTATION:
        return story
    if things is None:
        things = candidates(MentionFinder(context).chunks(), context.text)
    for candidate in things:
        named = any(c.name.lower() in heading for c in candidate.forms()) and candidate.mentions[0].sentence.index <= FIRST_SENTENCES
        found = list(descriptions(candidate, context)) if named and len(candidate.mentions) > 1 else []
        if found:
            made = organisation(candidate)
            made.facts += found
            story.organisations.append(made)
            break
    return story


LONGEST_PRESENTATION = 120
"""Sentences; pages that present an organisation are short."""
FIRST_SENTENCES = 3
