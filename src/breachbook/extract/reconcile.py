"""Findings to claims: ties what the extractors found to the incidents, organisations and actors of the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from breachbook.extract.context import Context, Finding
from breachbook.extract.story import Incident, Organisation, Story
from breachbook.model.claim import Claim, Speaker, check
from breachbook.vocab import properties

DOCUMENT = "document"


def claims(context: Context, story: Story, findings: Sequence[Finding]) -> tuple[Claim, ...]:
    """All claims of the document, each checked, in the order of the text.

    Raises:
        ModelError: an extractor's finding breaks a rule of claims (a defect of that extractor).
    """
    made = {claim.id: claim for claim in _all(context, story, findings)}
    order = sorted(made.values(), key=lambda c: (c.start, c.end, c.subject, c.property, str(c.value), c.id))
    return tuple(check(claim, context.document) for claim in order)


def _all(context: Context, story: Story, findings: Sequence[Finding]) -> Iterator[Claim]:
    if story.relevant is not None:
        yield _claim(context, story.relevant, DOCUMENT)
    for finding in story.background:
        yield _claim(context, finding, DOCUMENT)
    for number, organisation in enumerate(story.organisations, 1):
        yield from _organisation(context, organisation, f"organisation:{number}")
    for number, incident in enumerate(story.incidents, 1):
        yield from _incident(context, story, incident, number, findings)


def _organisation(context: Context, organisation: Organisation, subject: str) -> Iterator[Claim]:
    for alias in organisation.aliases:
        yield _claim(context, Finding("alias", alias.name, alias.start, alias.end), subject)
    for fact in organisation.facts:
        yield _claim(context, fact, subject)


def _incident(context: Context, story: Story, incident: Incident, number: int, findings: Sequence[Finding]) -> Iterator[Claim]:
    subject = f"incident:{number}"
    for index in incident.victims:
        victim = story.organisations[index]
        yield _claim(context, Finding("victim", victim.name, victim.start, victim.end), subject, f"organisation:{index + 1}")
    for finding in _best([*incident.own, *(f for f in findings if _tells(context, story, incident, number, f))]):
        yield _claim(context, finding, subject)


def _tells(context: Context, story: Story, incident: Incident, number: int, finding: Finding) -> bool:
    """Whether a finding is about this incident: it says so, or stands in a sentence that tells of it."""
    if finding.about is not None:
        return finding.about == f"incident:{number}"
    sentence = context.sentence_at(finding.start)
    return not incident.sentences or (sentence is not None and sentence.index in incident.sentences)


def _best(findings: Iterable[Finding]) -> Iterator[Finding]:
    """All findings of many-valued properties, and of a single-valued one the one that was read most surely."""
    best: dict[str, Finding] = {}
    for finding in findings:
        if properties.get(finding.property).many:
            yield finding
        elif finding.property not in best or finding.weight > best[finding.property].weight:
            best[finding.property] = finding
    yield from best.values()


def _claim(context: Context, finding: Finding, subject: str, object: str | None = None) -> Claim:
    sentence = context.sentence_at(finding.start)
    speaker, certainty = finding.speaker or Speaker("press"), finding.certainty or "stated"
    document = context.document
    return Claim(
        document=document.id,
        subject=subject,
        property=finding.property,
        value=finding.value,
        original=context.text[finding.start : finding.end],
        start=finding.start,
        end=finding.end,
        speaker=speaker,
        certainty=certainty,
        said=(sentence.said if sentence else None) or document.published,
        revision=sentence.revision if sentence else 0,
        object=object,
        qualifier=finding.qualifier,
        unit=finding.unit,
    )
