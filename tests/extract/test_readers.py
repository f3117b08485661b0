"""The readers by name."""

from __future__ import annotations

import pytest

from breachbook.errors import RequestError
from breachbook.extract.readers import READERS, reader_named
from breachbook.settings import load


def test_the_offline_reader_is_there_and_the_default() -> None:
    settings = load({})
    assert settings.reader == "offline"
    assert reader_named(settings.reader, settings).name.startswith("offline/")


@pytest.mark.parametrize("name", ["", "offlin", "OFFLINE", "x" * 10_000])
def test_an_unknown_reader_is_refused_with_the_names_that_there_are(name: str) -> None:
    with pytest.raises(RequestError) as caught:
        reader_named(name, load({}))
    assert all(choice.name in str(caught.value) for choice in READERS)
    assert len(str(caught.value)) < 300


def test_every_reader_has_its_own_name_and_help() -> None:
    assert len({choice.name for choice in READERS}) == len(READERS)
    assert all(choice.help for choice in READERS)
