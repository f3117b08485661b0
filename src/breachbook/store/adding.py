"""Adding: gathers documents, reads those that are new, and writes them a batch at a time, each wholly or not at all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from breachbook.model.document import Document, Refusal
from breachbook.model.listing import AddSummary
from breachbook.model.reading import Reading
from breachbook.store.guard import attempt
from breachbook.store.reader import BookReader
from breachbook.store.writer import ADDED, Addition, Writer

BATCH_DOCUMENTS = 64
"""Documents written in one transaction; enough that its cost is small beside reading them."""

BATCH_BYTES = 16_000_000
"""Raw bytes gathered before they are written, which bounds memory."""

BATCH_SECONDS = 1.0
"""The longest that a document waits to be written while others are read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that is to be added: its bytes, and where it was."""

    document: Document
    raw: bytes
    origin: str

    @property
    def place(self) -> str:
        """Where it was, with its id there when it is one of many."""
        return f"{self.origin}#{self.document.external_id}" if self.document.external_id else self.origin


@dataclass
class Adding:
    """One adding. `read` reads a document; `tell` is called with the origin and outcome of each thing that is done:
    `added`, `read_again`, `already_there`, `not_modified`, `unread:REASON` or `refused:REASON`, and with `note:SENTENCE` for
    what the reader says of a reading. `again` names the reader that is to read also what the book has, where another one
    read it last; None leaves all that as it is."""

    reader: BookReader
    writer: Writer
    read: Callable[[Document], Reading]
    tell: Callable[[int, str, str], None]
    again: str | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    _waiting: list[Waiting] = field(default_factory=list)
    _bytes: int = 0
    _since: float = field(default_factory=time.monotonic)

    def take(self, document: Document, raw: bytes, origin: str) -> None:
        """Adds a document now or with the next ones.

        Raises:
            StoreError: the store fails.
        """
        self._waiting.append(Waiting(document, raw, origin))
        self._bytes += len(raw) + len(document.text)
        if len(self._waiting) >= BATCH_DOCUMENTS or self._bytes >= BATCH_BYTES or time.monotonic() - self._since >= BATCH_SECONDS:
            self.flush()

    def refuse(self, refusal: Refusal) -> None:
        """Keeps that something was turned away.

        Raises:
            StoreError: the store fails.
        """
        self.writer.refuse([refusal])
        self.note(refusal.origin, f"refused:{refusal.code}")

    @property
    def refused(self) -> int:
        """How many were turned away so far."""
        return sum(self._reasons("refused:").values())

    def note(self, origin: str, outcome: str) -> None:
        """Counts an outcome and tells of it."""
        self.outcomes[outcome] += 1
        self.tell(self.outcomes.total(), origin, outcome)

    def flush(self) -> None:
        """Reads and writes what was gathered.

        Raises:
            StoreError: the store fails.
            SettingsError: the reader cannot be used as it is set up; what was read before is written.
        """
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        known = self.reader.known([one.document for one in waiting])
        additions: list[Addition] = []
        try:
            for one in waiting:
                if known.holds(one.document):
                    self.note(one.place, "read_again" if self._read_again(one) else "already_there")
                elif reading := self._reading(one, one.document):
                    additions.append(Addition(one.document, one.raw, one.place, reading))
                if time.monotonic() - self._since >= BATCH_SECONDS:  # a slow reader's work is kept as it goes
                    ready, additions = additions, []
                    self._write(ready)
        finally:  # what was read is kept, also where a setting stops the rest
            self._write(additions)
            self._since = time.monotonic()

    def _reading(self, one: Waiting, document: Document) -> Reading | None:
        """The reading of a document, its notes told; None when it failed and was refused."""
        reading = attempt(one.place, self.read, document)
        if isinstance(reading, Refusal):
            self.refuse(replace(reading, raw_digest=one.document.raw_digest))
            return None
        for sentence in reading.notes:
            self.tell(self.outcomes.total(), one.place, f"note:{sentence}")
        return reading

    def _read_again(self, one: Waiting) -> bool:
        """Whether a document of the book was read again by the reader that was named, and this reading now counts."""
        held = self.reader.read_by_another(one.document, self.again) if self.again else None
        reading = self._reading(one, held) if held else None
        if held is None or reading is None or reading.reader != self.again:  # one that fell back on another reader replaces none
            return False
        self.writer.add_reading(held, reading)
        return True

    def _write(self, additions: Sequence[Addition]) -> None:
        """All in one transaction; when one of them fails, each in its own, so that only that one is lost."""
        outcomes = attempt("", self.writer.add, additions)
        for number, addition in enumerate(additions):
            outcome = outcomes[number] if not isinstance(outcomes, Refusal) else self._alone(addition)
            if isinstance(outcome, Refusal):
                self.refuse(outcome)
            else:
                unread = addition.reading.unread
                self.note(addition.origin, f"unread:{unread}" if outcome == ADDED and unread else outcome)

    def _alone(self, addition: Addition) -> str | Refusal:
        outcomes = attempt(addition.origin, self.writer.add, [addition])
        return replace(outcomes, raw_digest=addition.document.raw_digest) if isinstance(outcomes, Refusal) else outcomes[0]

    def summary(self, new: Sequence[str], changed: Sequence[str]) -> AddSummary:
        """What became of everything, with the ids of the incidents that are new and that changed."""
        unread = self._reasons("unread:")
        return AddSummary(
            added=self.outcomes[ADDED] + sum(unread.values()),
            read_again=self.outcomes["read_again"],
            already_there=self.outcomes["already_there"],
            not_modified=self.outcomes["not_modified"],
            unread=unread,
            refused=self._reasons("refused:"),
            incidents_new=tuple(new),
            incidents_changed=tuple(changed),
        )

    def _reasons(self, prefix: str) -> dict[str, int]:
        return {name.removeprefix(prefix): number for name, number in sorted(self.outcomes.items()) if name.startswith(prefix)}
