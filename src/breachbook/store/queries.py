"""What the search index holds of a row, and how a query is put to it.

Every word of a query must be met: in a name as written, in a name with a typing error, or in the text by its stem. Words
in quotation marks must stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from breachbook.model.listing import Filters
from breachbook.store.keys import date_span, value_key
from breachbook.store.listings import span
from breachbook.store.rows import FACETS, StoredRow

LONGEST_WORD = 60
"""Characters; longer runs of letters are no words, and are not indexed."""

MOST_WORDS = 24
"""Words of a query that are looked at; nobody types more, and a pasted text would make the search slow."""

ONE_ERROR_FROM, TWO_ERRORS_FROM = 4, 9
"""From how many characters on a name may differ in one, and in two (Elasticsearch's AUTO fuzziness is 3 and 6; names of
organisations are short, and `Hive` must not find `Five`, `Live` and `Hide` first: exact matches weigh more)."""

EXACT_WEIGHT, NEAR_WEIGHT, TEXT_WEIGHT = 8.0, 2.0, 1.0
"""A name as written counts for more than one like it, and that for more than a word of the text."""

_DOTS = re.compile(r"\[\.\]|\(\.\)|\[dot\]")
_PIECES = re.compile(r'"([^"]{1,400})"|([^\s"]+)')


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("list", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("name", tokenizer_name="name")
    builder.add_text_field("text", tokenizer_name="stem")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_text_field(f"{facet}_key", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("date_from", indexed=True, fast=True)
    builder.add_integer_field("date_to", indexed=True, fast=True)
    return builder.build()


SCHEMA = _schema()


@cache
def _analyser(stemmed: bool) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())
    builder = builder.filter(Filter.ascii_fold())
    return (builder.filter(Filter.stemmer("english")) if stemmed else builder).build()


def register(index: tantivy.Index) -> tantivy.Index:
    """The index itself, with the analysers of its fields."""
    index.register_tokenizer("name", _analyser(False))
    index.register_tokenizer("stem", _analyser(True))
    return index


def entry(stored: StoredRow, text: str) -> tantivy.Document:
    """A row as it is indexed, with its text."""
    row = stored.row
    document = tantivy.Document()
    document.add_text("key", f"{row.kind}:{row.id}")
    document.add_text("list", row.kind)
    for name in dict.fromkeys((row.name, *stored.aliases)):
        document.add_text("name", _clean(name))
    for piece in (row.name, *stored.aliases, row.detail, text):
        document.add_text("text", _clean(piece))
    for facet, values in stored.facets().items():
        for value in values:
            document.add_text(facet, _clean(value)[:LONGEST_WORD])
            document.add_text(f"{facet}_key", value_key(value))
    first, last = date_span(row.date)
    if first:
        document.add_integer("date_from", _day(first))
        document.add_integer("date_to", _day(last))
    return document


def query(filters: Filters, kinds: Sequence[str]) -> Query:
    """The query of filters over some lists."""
    clauses: list[tuple[Occur, Query]] = [(Occur.Must, _any_of("list", kinds))]
    clauses += [(Occur.Must, words) for words in _words(_DOTS.sub(".", _clean(filters.query or "")))]
    for facet in FACETS:
        if (value := getattr(filters, facet)) is not None:
            clauses.append((Occur.Must, _term(f"{facet}_key", value_key(value), scored=False)))
    since, until = span(filters)
    if since is not None:
        clauses.append((Occur.Must, _range("date_to", _day(since), None)))
    if until is not None:
        clauses.append((Occur.Must, _range("date_from", None, _day(until))))
    return Query.boolean_query(clauses)


def near(name: str, kinds: Sequence[str]) -> Query:
    """The rows of some lists with a name or alias that shares a word, or nearly, with this one; the more the better."""
    words = _analyser(False).analyze(_clean(name))[:MOST_WORDS]
    likely = [(Occur.Should, part) for word in words for part in _in_names(word)]
    return Query.boolean_query(
        [(Occur.Must, _any_of("list", kinds)), (Occur.Must, Query.boolean_query(likely or [(Occur.Must, Query.empty_query())]))]
    )


def _words(text: str) -> Iterator[Query]:
    seen = 0
    for quoted, word in _PIECES.findall(text[:4000]):
        parts = _analyser(False).analyze(quoted or word)[: MOST_WORDS - seen]
        seen += len(parts)
        if quoted and len(parts) > 1:
            stems = _analyser(True).analyze(quoted)[: len(parts)]
            yield _best(
                (Query.phrase_query(SCHEMA, "name", list(parts)), EXACT_WEIGHT),
                (Query.phrase_query(SCHEMA, "text", list(stems)), TEXT_WEIGHT),
            )
            continue
        for part in parts:
            stems = _analyser(True).analyze(part)
            yield Query.disjunction_max_query([*_in_names(part), *(Query.boost_query(_term("text", stem), TEXT_WEIGHT) for stem in stems)])


def _in_names(word: str) -> list[Query]:
    found = [Query.boost_query(_term("name", word), EXACT_WEIGHT)]
    if len(word) >= ONE_ERROR_FROM:
        errors = 2 if len(word) >= TWO_ERRORS_FROM else 1
        found.append(Query.boost_query(Query.fuzzy_term_query(SCHEMA, "name", word, errors), NEAR_WEIGHT))
    return found


def _best(*weighted: tuple[Query, float]) -> Query:
    return Query.disjunction_max_query([Query.boost_query(part, weight) for part, weight in weighted])


def _any_of(field: str, values: Sequence[str]) -> Query:
    return Query.const_score_query(Query.boolean_query([(Occur.Should, _term(field, value)) for value in values]), 0.0)


def _term(field: str, value: str, *, scored: bool = True) -> Query:
    term = Query.term_query(SCHEMA, field, value)
    return term if scored else Query.const_score_query(term, 0.0)


def _range(field: str, low: int | None, high: int | None) -> Query:
    bounds: Any = Query.range_query(SCHEMA, field, tantivy.FieldType.Integer, low, high)
    return Query.const_score_query(bounds, 0.0)


def _day(iso: str) -> int:
    return int(iso.replace("-", ""))


def _clean(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate becomes U+FFFD."""
    return text.encode("utf-8", "replace").decode("utf-8")
