"""What a book has of a structured source, as far as a later file of the same source is held against it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row of a structured source that is in the book: its id in the source, who published it, its title, its partial date."""

    key: str
    publisher: str | None
    title: str | None
    published: str | None
