"""Checks of single suggestions: each gives the finding that our own rules make of it, or drops it with a reason.

Whatever a rule can read from the quote by itself (a date, a number, an amount, a place) is read again, and kept only where
both readings agree; terms must be in their vocabulary; certainty and speaker are always judged from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from breachbook.errors import VocabularyError
from breachbook.extract.context import Finding
from breachbook.extract.dates import TOLD
from breachbook.extract.language_model.drops import Dropped
from breachbook.extract.language_model.evidence import Evidence
from breachbook.extract.language_model.instructions import Span
from breachbook.extract.volumes import SMALLEST as SMALLEST_VOLUME
from breachbook.model.claim import Speaker
from breachbook.text import domains, values
from breachbook.vocab import terms

WEIGHT = 0.5
"""How sure a checked suggestion is: as sure as an extractor that knows nothing against it."""

SURENESS = ("denied", "possible", "likely", "stated")
"""The certainties, the least sure first."""

FULL_STOP = 1
"""Characters behind a date that our own pattern may take along ("in Dec.") and a quote leave out."""

_DOMAIN = re.compile(r"(?<![\w@.-])[\w-]{1,63}(?:\s?[\[(]?\.[\])]?\s?[\w-]{1,63}){1,6}(?![\w-])")


def finding(property: str, value: Any, span: Span, certainty: str | None = None, **more: Any) -> Finding:
    """A finding of a checked suggestion."""
    return Finding(property, value, *span, certainty=certainty, weight=WEIGHT, extractor="language_model", **more)


def _hedged(evidence: Evidence, span: Span) -> str:
    """The certainty of a value that a sentence may doubt but not deny."""
    sure = evidence.certainty(span)
    return "possible" if sure == "denied" else sure


def name(evidence: Evidence, property: str, row: Mapping[str, Any]) -> Finding:
    """A name of an attacker, malware or product."""
    span = evidence.named(row.get("value"), row)
    evidence.names.other(*span)
    return finding(property, evidence.words_at(span), span, None if property == "actor" else _hedged(evidence, span))


def cve(evidence: Evidence, row: Mapping[str, Any]) -> Finding:
    """The number of a vulnerability."""
    wanted = str(row.get("value")).upper()
    read = [(f"CVE-{m['year']}-{m['number']}", m.span()) for span in evidence.quoted(row) for m in evidence.matches("cves.number", span)]
    span = _same(wanted, read)
    return finding("cve", wanted, span, _hedged(evidence, span))


def term(evidence: Evidence, property: str, row: Mapping[str, Any], denied: bool = False) -> Finding:
    """A term of the vocabulary that has the property's name; with `denied`, only where the text denies it."""
    value = row.get("value")
    try:
        terms.check(property, value if isinstance(value, str) else "")
    except VocabularyError:
        raise Dropped("not_in_vocabulary") from None
    quote = evidence.quoted(row)[0]
    span = next(((h.start, h.end) for h in evidence.lexicon(property, quote) if h.label == value), quote)
    sure = _least_sure(evidence, quote, span)
    if property != "data_class":
        return finding(property, value, span, "possible" if sure == "denied" else sure)
    if denied and sure != "denied":
        raise Dropped("not_denied")
    return finding(property, value, span, sure)


def _least_sure(evidence: Evidence, quote: Span, span: Span) -> str:
    """How sure the text is of a term's words; where none of them is known, of the beginning or the end of the quote."""
    if span != quote:
        return evidence.certainty(span)
    return min((evidence.certainty(at) for at in (quote, _end(evidence, quote))), key=SURENESS.index)


def _end(evidence: Evidence, quote: Span) -> Span:
    """The last word of a quote: behind those in it that say who speaks ("Acme said that it was hit") or how surely."""
    return max(evidence.context.text.rfind(" ", *quote) + 1, quote[0]), quote[1]


def _speaks(evidence: Evidence, quote: Span, role: str, names: Sequence[str] = ()) -> bool:
    """Whether one with this role, or of one of these names, speaks in the sentence, by our own reading."""
    said_by = [evidence.speaker(quote), evidence.speaker(_end(evidence, quote)), *evidence.speakers(quote)]
    return any(s.role == role or (s.name or "").casefold() in names for s in said_by)


def date(evidence: Evidence, property: str, row: Mapping[str, Any]) -> Finding:
    """A date, as our own rules read it from the words; a less exact one that holds ours gives way to it."""
    wanted = row.get("value")
    spans = evidence.quoted(row)
    read = [(m.value, (m.start, m.end)) for span in spans for m in evidence.dates if _inside(m.start, m.end - FULL_STOP, span)]
    if not read:
        raise Dropped("not_read")
    for value, at in read:
        if isinstance(wanted, str) and len(wanted) >= 4 and (value == wanted or value.startswith(f"{wanted}-")):
            return finding(property, value, at, "stated" if property in TOLD else _hedged(evidence, at))
    raise Dropped("other_value")


def count(evidence: Evidence, property: str, row: Mapping[str, Any]) -> Finding:
    """A count with its qualifier, both as our own rules read them."""
    taken = [m.span() for name in ("dates.when", "volumes.size", "ransom.money") for m in evidence.context.hits.get(name, ())]
    read = [
        (found, m.span())
        for span in evidence.quoted(row)
        for m in evidence.matches("counts.number", span)
        if (found := values.count(m)) and not any(_inside(m.start("figure"), m.end("figure"), at) for at in taken if m["figure"])
    ]
    at = _same(row.get("value"), [(found.value, span) for found, span in read])
    qualifier = next(found.qualifier for found, span in read if span == at)
    return finding(property, row["value"], at, _hedged(evidence, at), qualifier=qualifier)


def volume(evidence: Evidence, row: Mapping[str, Any]) -> Finding:
    """A volume of data, in bytes."""
    spans = evidence.quoted(row)
    read = [(found, m.span()) for span in spans for m in evidence.matches("volumes.size", span) if (found := values.size(m)) is not None]
    at = _same(row.get("value"), [pair for pair in read if pair[0] >= SMALLEST_VOLUME])
    return finding("data_volume_bytes", row["value"], at, _hedged(evidence, at))


def money(evidence: Evidence, property: str, row: Mapping[str, Any]) -> Finding:
    """An amount with its currency."""
    spans = evidence.quoted(row)
    read = [(found, m.span()) for span in spans for m in evidence.matches("ransom.money", span) if (found := values.money(m))]
    currency = str(row.get("currency")).upper()
    at = _same(row.get("amount"), [(found.amount, span) for found, span in read if found.currency == currency], some=bool(read))
    return finding(property, row["amount"], at, _hedged(evidence, at), unit=currency)


def paid(evidence: Evidence, row: Mapping[str, Any]) -> Finding:
    """Whether a ransom was paid, by words that our own lexicon has for it; "refused to pay" and "did not pay" are no paying."""
    wanted = row.get("value")
    found = [h for span in evidence.quoted(row) for h in evidence.lexicon("ransom_paid", span) if h.label in ("yes", "no")]
    at = _same(wanted, [(h.label, (h.start, h.end)) for h in found])
    if wanted == "yes" and (evidence.certainty(at) == "denied" or any(h.label == "no" for h in found)):
        raise Dropped("other_value")
    return finding("ransom_paid", wanted == "yes", at, "stated" if wanted == "no" else evidence.certainty(at))


def confirmed(evidence: Evidence, victims: Sequence[str], row: Mapping[str, Any]) -> Finding:
    """That the victim says that it happened, or that it did not; `victims` are its names, folded in case.

    Our own lexicon must have the words for it, or the one who speaks there be the victim by our own reading. What the words
    hedge is what happened, not that something was said of it.
    """
    wanted = {"yes": "confirmed", "denied": "denied"}.get(str(row.get("value")))
    if wanted is None:
        raise Dropped("not_in_vocabulary")
    spans = evidence.quoted(row)
    at = _said(evidence, spans, wanted)
    if at is None and wanted == "confirmed":
        at = next((span for span in spans if _speaks(evidence, span, "victim", victims) and evidence.certainty(span) != "denied"), None)
    if at is None:
        raise Dropped("other_speaker" if wanted == "confirmed" else "not_denied")
    return finding("confirmed", True, at, "stated" if wanted == "confirmed" else "denied", speaker=Speaker("victim"))


def _said(evidence: Evidence, spans: Sequence[Span], label: str) -> Span | None:
    """Where our own lexicon has words of saying so; that somebody in an office said something (group `said`) counts where our own
    reading finds no other speaker, such as the police, in the sentence."""
    for span in spans:
        for hit in evidence.lexicon("confirmation", span):
            at = hit.start, hit.end
            if hit.label == label and (hit.group != "said" or all(s.role in ("victim", "press") for s in evidence.speakers(at))):
                return at
    return None


def claimed(evidence: Evidence, row: Mapping[str, Any]) -> Finding:
    """That the attacker says that he did it."""
    if row.get("value") != "yes":
        raise Dropped("not_in_vocabulary")
    spans = evidence.quoted(row)
    at = _said(evidence, spans, "claimed") or next((span for span in spans if _speaks(evidence, span, "threat_actor")), None)
    if at is None:
        raise Dropped("other_speaker")
    return finding("claimed", True, at, "stated", speaker=Speaker("threat_actor"))


def country(evidence: Evidence, row: Mapping[str, Any]) -> Finding:
    """A country that a place in the quote lies in."""
    spans = evidence.quoted(row)
    read = [(hit.values[0], (hit.start, hit.end)) for span in spans for hit in evidence.places if _inside(hit.start, hit.end, span)]
    wanted = str(row.get("value")).upper()
    return finding("country", wanted, _same(wanted, read), "stated")


def domain(evidence: Evidence, row: Mapping[str, Any]) -> Finding:
    """A domain that stands in the quote."""
    wanted = domains.host(str(row.get("value"))[: domains.LONGEST_URL])
    text = evidence.context.text
    read = [
        (found, m.span())
        for span in evidence.quoted(row)
        for m in _DOMAIN.finditer(text, *span)
        if (found := domains.host(m[0])) is not None
    ]
    return finding("domain", wanted, _same(wanted, read), "stated")


def _inside(start: int, end: int, span: Span) -> bool:
    return span[0] <= start and end <= span[1]


def _same(wanted: object, read: Iterable[tuple[object, Span]], some: bool = False) -> Span:
    """Where our own reading has the value that is wanted, as a value of the same type; `some` says that we read others there.

    Raises:
        Dropped: we read nothing there, or another value.
    """
    for value, at in read:
        some = True
        if type(value) is type(wanted) and value == wanted:
            return at
    raise Dropped("other_value" if some else "not_read")
