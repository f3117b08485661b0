"""The closed vocabularies (`data/terms.toml`): attack types, effects, data classes, speakers, certainty, status, sectors."""

from __future__ import annotations

from breachbook.errors import VocabularyError
from breachbook.vocab.data_files import toml_file


def vocabularies() -> tuple[str, ...]:
    """The names of all closed vocabularies."""
    return tuple(toml_file("terms.toml"))


def terms(vocabulary: str) -> tuple[str, ...]:
    """The terms of a vocabulary, in the order in which they are shown.

    Raises:
        VocabularyError: there is no such vocabulary.
    """
    return tuple(_table(vocabulary))


def label(vocabulary: str, term: str) -> str:
    """The words that people read for a term.

    Raises:
        VocabularyError: there is no such vocabulary or term.
    """
    return _table(vocabulary)[check(vocabulary, term)]


def check(vocabulary: str, term: str) -> str:
    """The term itself, when it belongs to the vocabulary.

    Raises:
        VocabularyError: it does not.
    """
    if term not in _table(vocabulary):
        raise VocabularyError("not a term of this vocabulary", subject=repr(term), property=vocabulary)
    return term


def _table(vocabulary: str) -> dict[str, str]:
    try:
        table: dict[str, str] = toml_file("terms.toml")[vocabulary]
    except KeyError:
        raise VocabularyError("there is no such vocabulary", subject=vocabulary) from None
    return table
