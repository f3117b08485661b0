"""Every error Breachbook raises on purpose.

    BreachbookError
    ├── SettingsError        a setting has a value that cannot be used
    ├── VocabularyError      a value is not in its controlled vocabulary
    ├── ModelError           a record contradicts its own rules (a quote that does not stand in its document, ...)
    ├── IngestError          a document was refused; carries a reason code
    │   └── FetchError       a URL could not be fetched
    ├── StoreError           the database cannot be opened, read or written
    │   └── NotFoundError    the book holds no such record
    ├── AmbiguousError       a name fits several records of the book
    ├── RequestError         what was asked for has a value that cannot be used (a date, a filter, a field)
    └── JudgementError       a judgement cannot be applied
        └── ContradictionError  it contradicts earlier ones

Each carries the object, the property and the reason, so that a message can always say what, where and why.
"""

from __future__ import annotations

from typing import Any


class BreachbookError(Exception):
    """Base of all errors raised on purpose.

    Args:
        reason: what is wrong, as a sentence a user can act on.
        subject: the object at fault (a path, an id, a URL), if there is one.
        property: the property of it at fault, if there is one.
    """

    def __init__(self, reason: str, *, subject: str | None = None, property: str | None = None) -> None:
        self.reason = reason
        self.subject = subject
        self.property = property
        place = " ".join(part for part in (subject, property and f"({property})") if part)
        super().__init__(f"{place}: {reason}" if place else reason)


class SettingsError(BreachbookError):
    """A setting has a value that cannot be used."""


class VocabularyError(BreachbookError):
    """A value is not in its controlled vocabulary."""


class ModelError(BreachbookError):
    """A record contradicts its own rules."""


class IngestError(BreachbookError):
    """A document was refused.

    Args:
        code: a reason code of `vocab/data/refusals.toml`.
    """

    def __init__(self, code: str, reason: str, *, subject: str | None = None, property: str | None = None) -> None:
        super().__init__(reason, subject=subject, property=property)
        self.code = code


class FetchError(IngestError):
    """A URL could not be fetched, or may not be."""


class StoreError(BreachbookError):
    """The database cannot be opened, read or written."""


class NotFoundError(StoreError):
    """The book holds no such record."""


class AmbiguousError(BreachbookError):
    """A name fits several records of the book.

    Args:
        candidates: what it could mean, as (id, name) pairs.
    """

    def __init__(self, reason: str, *, subject: str, candidates: tuple[tuple[str, str], ...]) -> None:
        super().__init__(reason, subject=subject)
        self.candidates = candidates


class RequestError(BreachbookError):
    """What was asked for has a value that cannot be used: a date, a filter, a field, a format."""


class JudgementError(BreachbookError):
    """A judgement cannot be applied."""


class ContradictionError(JudgementError):
    """A judgement contradicts earlier ones.

    Args:
        earlier: the judgements (`model.judgement.Judgement`) that it contradicts, the latest first.
    """

    def __init__(self, reason: str, *, subject: str, earlier: tuple[Any, ...]) -> None:
        super().__init__(reason, subject=subject)
        self.earlier = earlier
