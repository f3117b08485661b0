"""The readers that there are: each by a short name, with what it is and what makes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from breachbook.errors import RequestError
from breachbook.model.document import Document
from breachbook.model.reading import Reading
from breachbook.settings import Settings


class Reader(Protocol):
    """Reads a document into claims. `name` says who read, with its version (`offline/1`); it stands on every reading."""

    @property
    def name(self) -> str:
        """The reader with its version."""
        ...

    def read(self, document: Document) -> Reading:
        """All claims of the document."""
        ...


@dataclass(frozen=True, slots=True)
class ReaderChoice:
    """One reader that can be asked for: its short name, one line of help, and what makes one of the settings."""

    name: str
    help: str
    make: Callable[[Settings], Reader]


def _offline(settings: Settings) -> Reader:
    from breachbook.extract.reader import OfflineReader

    return OfflineReader()


def _language_model(settings: Settings) -> Reader:
    from breachbook.extract.language_model.reader import LanguageModelReader

    return LanguageModelReader(settings)


READERS: tuple[ReaderChoice, ...] = (
    ReaderChoice("offline", "Patterns, gazetteers and small learned judges; no network.", _offline),
    ReaderChoice("llm", "A language model behind an OpenAI-compatible endpoint; what it says is checked.", _language_model),
)
"""All readers; the factories import what they need, so that naming the readers loads none of them."""


def reader_named(name: str, settings: Settings) -> Reader:
    """A reader by its short name.

    Raises:
        RequestError: there is no such reader.
        SettingsError: a setting that it needs is missing or cannot be used.
    """
    for choice in READERS:
        if choice.name == name:
            return choice.make(settings)
    raise RequestError(f"not one of {', '.join(choice.name for choice in READERS)}", subject=repr(name[:80]), property="reader")
