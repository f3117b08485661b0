"""A claim: one statement that one source makes about one subject, with the words as written."""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from breachbook.errors import ModelError
from breachbook.model.document import Document
from breachbook.model.ids import content_id
from breachbook.text.partial_dates import is_partial_date
from breachbook.vocab import properties, terms

Value = str | int | bool
"""A normalised value: text, a term, a partial date, a count, a number of bytes, an amount of money, a flag."""

SUBJECT_KINDS = ("document", "incident", "organisation", "actor")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: a role of the vocabulary `speaker_role`, and a name where the text gives one."""

    role: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement. Never edited; its id comes from its content.

    `subject` and `object` are local to the document: `document`, `incident:1`, `organisation:2`, `actor:1`. A claim with
    property `victim` on `incident:1` has the name as its value and the organisation (`organisation:1`) as its object.
    `original` is `text[start:end]` of the document. `certainty` is `stated`, `likely`, `possible` or `denied`; `said` a
    partial date, when it was said; `revision` orders what one document says in time (0, then its updates).
    `qualifier` says how exact a count is; `unit` is the ISO 4217 currency of an amount of money. `confidence` (0 to 100, as in
    STIX 2.1) is how sure the reader is that it read the words aright; it is not part of what is said, so not of the id.
    """

    document: str
    subject: str
    property: str
    value: Value
    original: str
    start: int
    end: int
    speaker: Speaker
    certainty: str
    said: str | None = None
    revision: int = 0
    object: str | None = None
    qualifier: str | None = None
    unit: str | None = None
    confidence: int = 50

    @builtins.property
    def id(self) -> str:
        """`clm-…`, from all that it says."""
        return content_id("clm", self.document, self.subject, self.property, self.value, self.start, self.end,
                          self.speaker.role, self.speaker.name, self.certainty, self.said, self.revision,
                          self.object, self.qualifier, self.unit)  # fmt: skip

    @builtins.property
    def mention(self) -> str:
        """The subject as an id that is unique in the book."""
        return mention_id(self.document, self.subject)

    @builtins.property
    def object_mention(self) -> str | None:
        """The object as an id that is unique in the book."""
        return mention_id(self.document, self.object) if self.object else None


def mention_id(document: str, local: str) -> str:
    """The id, unique in the book, of a subject that is local to a document: `doc-…#incident:1`."""
    return f"{document}#{local}"


def check(claim: Claim, document: Document, *, document_id: str | None = None) -> Claim:
    """The claim itself, when it keeps every rule. `document_id` spares making the document's id for each of many claims.

    Raises:
        ModelError: its words do not stand where it says, or a part is not in its vocabulary or form.
        VocabularyError: a property or term is unknown.
    """
    prop = properties.get(claim.property)
    if claim.document != (document_id or document.id):
        raise ModelError("belongs to another document", subject=claim.id, property="document")
    if not claim.original or document.text[claim.start : claim.end] != claim.original:
        raise ModelError("its words do not stand at its offsets", subject=claim.id, property="original")
    if claim.subject.partition(":")[0] != prop.subject:
        raise ModelError(f"{claim.property} is not a property of {claim.subject}", subject=claim.id, property="subject")
    terms.check("speaker_role", claim.speaker.role)
    terms.check("certainty", claim.certainty)
    if claim.qualifier is not None:
        terms.check("qualifier", claim.qualifier)
    if claim.said is not None and not is_partial_date(claim.said):
        raise ModelError("not a partial date", subject=claim.id, property="said")
    _check_value(claim, prop)
    return claim


def _check_value(claim: Claim, prop: properties.Property) -> None:
    value, form = claim.value, prop.value
    if form.startswith("term:"):
        terms.check(form.removeprefix("term:"), str(value))
    elif form == "sector":
        terms.check("sector", str(value))
    elif form == "date" and not (isinstance(value, str) and is_partial_date(value)):
        raise ModelError(f"{value!r} is not a partial date", subject=claim.id, property=prop.name)
    elif form == "flag" and not isinstance(value, bool):
        raise ModelError(f"{value!r} is not true or false", subject=claim.id, property=prop.name)
    elif form in ("count", "bytes", "money") and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise ModelError(f"{value!r} is not a whole number", subject=claim.id, property=prop.name)
    elif form in ("text", "country") and not (isinstance(value, str) and value):
        raise ModelError(f"{value!r} is not text", subject=claim.id, property=prop.name)
