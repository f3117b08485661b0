"""The table of precedence is whole, and its reasons are sentences."""

from __future__ import annotations

import pytest

from breachbook.errors import VocabularyError
from breachbook.vocab import precedence, properties, terms
from breachbook.vocab.data_files import toml_file


@pytest.mark.parametrize("property", list(properties.properties()))
def test_every_property_ranks_every_speaker_once(property: str) -> None:
    assert sorted(precedence.speaker_rank(property, role) for role in terms.terms("speaker_role")) == list(range(7))
    assert precedence.steps(property)[0] == "speaker"
    assert precedence.steps(property)[-1] == "position"


def test_exceptions_name_properties_that_exist() -> None:
    for row in precedence.exceptions():
        assert row.why.endswith(".")
        for name in row.properties:
            properties.get(name)


def test_every_reason_is_a_sentence() -> None:
    for name in toml_file("precedence.toml")["reason"]:
        text = precedence.reason(name, winner="regulator", loser="press", count=2)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "{" not in text


def test_a_denial_weighs_as_much_as_a_statement() -> None:
    assert precedence.certainty_rank("denied") == precedence.certainty_rank("stated") < precedence.certainty_rank("likely")


def test_unknown_words_are_refused() -> None:
    with pytest.raises(VocabularyError):
        precedence.speaker_rank("victim", "gossip")
    with pytest.raises(VocabularyError):
        precedence.certainty_rank("maybe")


def test_every_term_has_its_phrase() -> None:
    phrases = toml_file("phrases.toml")
    for vocabulary in ("attack_type", "data_class", "effect"):
        assert set(phrases[vocabulary]) == set(terms.terms(vocabulary))
