"""Strings survive the database exactly."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from breachbook.store.columns import ExactText, escape, unescape
from breachbook.store.engine import open_database


@given(st.text(st.characters(codec=None)))
def test_escaping_is_undone_exactly(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    assert "\x00" not in escaped
    escaped.encode("utf-8")


@pytest.mark.parametrize("text", ["", "plain", "a\x00b", "lone \ud800 surrogate", "\ufdd00000", "\u202eright to left", "😀"])
def test_every_string_comes_back_from_the_database(engine_url: str, text: str) -> None:
    table = Table("things", MetaData(), Column("id", Integer, primary_key=True), Column("text", ExactText))
    database = open_database(engine_url)
    with database.write() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"id": 1, "text": text}, {"id": 2, "text": None}])
    with database.read() as connection:
        assert list(connection.execute(select(table.c.text).order_by(table.c.id)).scalars()) == [text, None]
    database.close()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_ordinary_text_is_stored_as_it_is(text: str) -> None:
    if "\ufdd0" not in text and "\x00" not in text:
        assert escape(text) == text
