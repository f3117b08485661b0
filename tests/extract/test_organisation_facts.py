"""Country and sector of a victim: the nearest sign wins, and without a sign nothing is said."""

from __future__ import annotations

from breachbook.extract.candidates import candidates
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.organisation_facts import Survey, country_options, facts, sector_options
from breachbook.extract.reader import context_of
from breachbook.extract.reading_models import shipped
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner


def found(text: str, name: str, title: str | None = None) -> dict[str, object]:
    whole = f"{title}\n\n{text}" if title else text
    context = context_of(Document("text", whole, "x", title=title), Scanner({}))
    finder = MentionFinder(context)
    thing = next(t for t in candidates(finder.chunks(), whole) if t.name == name)
    return {f.property: f.value for f in facts(thing, Survey(context, finder.sentence_tokens), shipped().facts)}


def test_an_adjective_before_and_a_place_behind_tell_the_country() -> None:
    assert found("Hackers hit the Canadian internet provider Quorley, which has offices in Spain.", "Quorley")["country"] == "CA"
    assert found("Quorley Bank in Ohio was hacked. Quorley Bank said so.", "Quorley Bank")["country"] == "US"


def test_a_headline_tag_of_two_letters_is_a_state_or_a_country() -> None:
    body = "Elmstead Region has been hit, Elmstead Region said."
    assert found(body, "Elmstead Region", "Ca: Elmstead Region hit by cyberattack")["country"] == "CA"
    assert found(body, "Elmstead Region", "CA: Elmstead Region hit by cyberattack")["country"] == "US"


def test_words_of_the_name_and_kinds_tell_the_sector() -> None:
    assert found("Quorley University was hacked.", "Quorley University")["sector"] == "61"
    assert found("The airline Quorley was hacked, and passengers of the airline wait. Quorley said so.", "Quorley")["sector"] == "48-49"


def test_nothing_is_said_without_a_sign() -> None:
    assert found("Somebody hacked Quorley.", "Quorley") == {}


def test_options_carry_words_that_stand_in_the_text() -> None:
    text = "The Canadian airline Quorley flies from Toronto to London."
    context = context_of(Document("text", text, "x"), Scanner({}))
    finder = MentionFinder(context)
    thing = next(t for t in candidates(finder.chunks(), text) if t.name == "Quorley")
    survey = Survey(context, finder.sentence_tokens)
    for option in (*country_options(thing, survey), *sector_options(thing, survey)):
        assert text[option.start : option.end].strip()


def test_a_known_home_country_decides_between_those_named_and_fills_in_nothing() -> None:
    text = "The attack hit a Danish bank, the Spanish operator of a port and Heineken, a brewer that sells in the Netherlands and Denmark."
    assert found(text, "Heineken").get("country") == "NL"
    assert "country" not in found("Somebody hacked Heineken.", "Heineken")


def test_words_behind_a_name_in_a_headline_tell_no_sector() -> None:
    context = context_of(Document("text", "Quorley Ambulance Data Breach was settled.", "x"), Scanner({}))
    finder = MentionFinder(context)
    thing = candidates(finder.chunks(), context.text)[0]
    assert [o.value for o in sector_options(thing, Survey(context, finder.sentence_tokens))] == ["62"]
