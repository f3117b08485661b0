"""Findings to claims: ties what the extractors found to the incidents, organisations and actors of the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from breachbook.extract.attribution import attribute
from breachbook.extract.context import Context, Finding
from breachbook.extract.story import Incident, Mention, Story
from breachbook.model.claim import Claim, check
from breachbook.text.partial_dates import is_partial_date
from breachbook.vocab import properties

DOCUMENT = "document"
MENTIONS_WEIGHED = 4
"""Mentions of a victim whose certainty is looked at; the first say what the report is about."""


def claims(context: Context, story: Story, findings: Sequence[Finding]) -> tuple[Claim, ...]:
    """All claims of the document, each checked, in the order of the text.

    Raises:
        ModelError: an extractor's finding breaks a rule of claims (a defect of that extractor).
    """
    own = _names_of_victims(story)
    made = {c.id: c for c in (_in_own_case(c, own) for c in _all(context, story, findings))}
    order = sorted(made.items(), key=lambda item: (*_place(item[1]), item[0]))
    return tuple(check(claim, context.document, document_id=context.document_id) for _, claim in order)


def _place(claim: Claim) -> tuple[int, int, str, str, str]:
    return claim.start, claim.end, claim.subject, claim.property, str(claim.value)


def _names_of_victims(story: Story) -> frozenset[str]:
    hit = {index for incident in story.incidents for index in incident.victims}
    organisations = [story.organisations[index] for index in hit]
    return frozenset(name.casefold() for o in organisations for name in (o.name, *(alias.name for alias in o.aliases)))


def _in_own_case(claim: Claim, victims: frozenset[str]) -> Claim:
    """A claim whose speaker is one of those hit, as the victim's: a security firm that was hit is no researcher there."""
    speaker = claim.speaker
    if speaker.role not in ("researcher", "press") or (speaker.name or "").casefold() not in victims:
        return claim
    return replace(claim, speaker=replace(speaker, role="victim"))


def _all(context: Context, story: Story, findings: Sequence[Finding]) -> Iterator[Claim]:
    for finding in (story.relevant, *story.background):
        if finding is not None:
            yield claim(context, finding, DOCUMENT)
    for number, organisation in enumerate(story.organisations, 1):
        subject = f"organisation:{number}"
        yield from (claim(context, _alias("alias", m), subject) for m in organisation.aliases)
        yield from (claim(context, fact, subject) for fact in organisation.facts)
        yield from (claim(context, f, subject) for f in findings if f.about == subject)
    for number, actor in enumerate(story.actors, 1):
        yield from (claim(context, _alias("actor_alias", m), f"actor:{number}") for m in actor.aliases)
    for number, incident in enumerate(story.incidents, 1):
        yield from _incident(context, story, incident, number, findings)


def _alias(property: str, mention: Mention) -> Finding:
    return Finding(property, mention.name, mention.start, mention.end, "stated")


def _incident(context: Context, story: Story, incident: Incident, number: int, findings: Sequence[Finding]) -> Iterator[Claim]:
    subject = f"incident:{number}"
    for index in incident.victims:
        yield _victim(context, story, index, subject)
    for index in incident.actors:
        yield from (claim(context, f, subject, f"actor:{index + 1}") for f in story.actors[index].findings)
    for party in incident.third_parties:
        organisation = f"organisation:{party.organisation + 1}"
        yield from (claim(context, f, subject, organisation) for f in (*party.findings, *party.products))
    for finding in _best(context, [*incident.own, *(f for f in findings if _tells(context, incident, number, f))]):
        yield claim(context, finding, subject)


def _victim(context: Context, story: Story, index: int, subject: str) -> Claim:
    """The claim that an organisation was hit, as sure as the surest of its first mentions.

    That it denies it is the matter of `confirmed`, not of who is spoken of; so a denial counts as `possible` here.
    """
    victim = story.organisations[index]
    made = claim(context, Finding("victim", victim.name, victim.start, victim.end), subject, f"organisation:{index + 1}")
    sure = {attribute(context, Finding("victim", m.name, m.start, m.end))[1] for m in victim.mentions[:MENTIONS_WEIGHED]} | {made.certainty}
    return replace(made, certainty=next((c for c in ("stated", "likely") if c in sure), "possible"))


def _tells(context: Context, incident: Incident, number: int, finding: Finding) -> bool:
    """Whether a finding is about this incident: it says so, or stands in a sentence that tells of it."""
    if properties.get(finding.property).subject != "incident":
        return False
    if finding.about is not None:
        return finding.about == f"incident:{number}"
    sentence = context.sentence_at(finding.start)
    return not incident.sentences or (sentence is not None and sentence.index in incident.sentences)


def _best(context: Context, findings: Iterable[Finding]) -> Iterator[Finding]:
    """All findings of many-valued properties; of a single-valued one the surest reading of each speaker and revision."""
    best: dict[tuple[str, str, str | None, int], Finding] = {}
    for finding in findings:
        if properties.get(finding.property).many:
            yield finding
            continue
        speaker, certainty = attribute(context, finding)
        sentence = context.sentence_at(finding.start)
        denial = "denied" if certainty == "denied" else None
        key = (finding.property, speaker.role, denial, sentence.revision if sentence else 0)
        if key not in best or finding.weight > best[key].weight:
            best[key] = finding
    yield from best.values()


def claim(context: Context, finding: Finding, subject: str, object: str | None = None) -> Claim:
    """The claim that a finding makes of a subject, with its speaker, certainty, and when it was said."""
    sentence = context.sentence_at(finding.start)
    speaker, certainty = attribute(context, finding)
    document = context.document
    said = (sentence.said if sentence else None) or document.published
    return Claim(
        document=context.document_id,
        subject=subject,
        property=finding.property,
        value=finding.value,
        original=context.text[finding.start : finding.end],
        start=finding.start,
        end=finding.end,
        speaker=speaker,
        certainty=certainty,
        said=said if said and is_partial_date(said) else None,
        revision=sentence.revision if sentence else 0,
        object=object,
        qualifier=finding.qualifier,
        unit=finding.unit,
        confidence=round(100 * finding.weight),
    )
