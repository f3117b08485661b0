"""Names in running text: what is one name, what is two, what is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from breachbook.extract.candidates import Candidate, NameFacts, candidates
from breachbook.extract.mentions import MOST_MENTIONS, MentionFinder, is_domain
from breachbook.extract.reader import context_of
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner


def things(text: str, title: str | None = None) -> list[Candidate]:
    whole = f"{title}\n\n{text}" if title else text
    context = context_of(Document("text", whole, "x", title=title), Scanner({}))
    return candidates(MentionFinder(context).chunks(), whole)


def names(text: str, title: str | None = None) -> list[str]:
    return [thing.name for thing in things(text, title)]


def test_a_role_parts_an_organisation_from_a_person() -> None:
    found = names("The attack was noticed early, Harlow Timber CEO Jane Doe said.")
    assert "Harlow Timber" in found
    assert "Jane Doe" in found


def test_a_word_that_often_leads_to_a_name_may_be_its_first() -> None:
    assert names("Officials said. New Jersey Transit was hit, and so was the New York Port.") == ["New Jersey Transit", "New York Port"]
    assert names("The lender is First Example Bank. First Example Bank said so. After Acme Corp fell, it rose.") == [
        "First Example Bank",
        "Acme Corp",
    ]
    assert names("Spring Hill Clinic was hit.") == ["Spring Hill Clinic"]


def test_the_verb_of_a_headline_is_no_part_of_the_name_that_the_text_has_without_it() -> None:
    found = names("The store Quux Marcus said so. Quux Marcus is old.", "Quux Marcus Downsizes Zorblax Breach Estimate")
    assert found[0] == "Quux Marcus"
    assert not any("Downsizes" in name for name in found)


def test_a_titled_person_is_no_part_of_the_body_that_employs_them() -> None:
    assert names("The mayor of Wayne County Manager Zelda Quux said no.")[:2] == ["Wayne County", "Zelda Quux"]


def test_an_owner_that_is_a_place_is_no_part_of_the_name() -> None:
    assert "Defence Ministry" in names("Files of Norway’s Defence Ministry were copied.")


def test_the_kind_before_and_after_a_name_belongs_to_it() -> None:
    found = names("Systems of the city of Elmstead are down. In Fenwick county nothing works.")
    assert "city of Elmstead" in found
    assert "Fenwick county" in found


def test_calendar_words_and_countries_are_no_candidates() -> None:
    assert names("On Monday in January the hackers left Canada.") == []


def test_headlines_in_title_case_yield_the_names_of_the_body() -> None:
    found = names(
        "The attack on Ostrey Hospital began in May, and Ostrey is still down.",
        "Ransomware Attack Hits Ostrey Hospital In Large Data Breach",
    )
    assert found == ["Ostrey Hospital"]


def test_what_happened_and_what_kind_it_is_are_no_part_of_a_name_in_a_headline() -> None:
    assert names("It said so.", "New Quillbrook Data Breach Confirmed After Hackers Leak Files") == ["Quillbrook"]
    assert "Quillbrook" in names("It said so.", "Millions Affected by Breach at Japanese Telco Quillbrook")
    assert "Quillbrook" in names("It said so.", "Quillbrook Discloses Loss of Customer Files After Burglary")
    assert "American Airlines" in names("It said so.", "American Airlines Hit by Data Breach in Europe")


def test_the_footer_of_a_feed_names_nothing() -> None:
    text = "The firm lost files.\nThe post Quillbrook Loses Many Files To Thieves appeared first on Harbour Weekly."
    assert names(text, "Quillbrook Loses Many Files To Thieves") == ["Quillbrook"]


def test_names_may_begin_with_a_digit_and_first_persons_are_none() -> None:
    assert names("Then I’ll ask what 23andMe and 3CX know, and I'm sure.") == ["23andMe", "3CX"]


def test_short_forms_acronyms_and_brackets_are_one_thing() -> None:
    found = things(
        "The Ostrey Valley Water Board (OVWB) was hit. OVWB said that Ostrey Valley was safe. Ostrey Valley Water Board pays nothing."
    )
    assert [thing.name for thing in found] == ["Ostrey Valley Water Board"]
    assert {"OVWB", "Ostrey Valley"} <= {c.name for c in found[0].forms()}


def test_domains_are_names() -> None:
    assert is_domain("harlowtimber.co.uk")
    assert not is_domain("e.g")
    assert not is_domain("someone@example.com")


def test_what_a_name_tells() -> None:
    person, bank = things("Lisa Fenwick left Quorley Savings Bank.")
    assert NameFacts(person).is_person
    assert NameFacts(bank).sectors[0] == "52"


@given(st.text(max_size=300))
def test_any_text_gives_names_that_stand_in_it(text: str) -> None:
    for thing in things(text):
        for chunk in thing.mentions:
            assert text[chunk.start : chunk.end] == chunk.name


def test_the_number_of_names_is_bounded() -> None:
    text = " ".join(f"The firm Quor{chr(97 + i % 26)}{i} spoke." for i in range(3000))
    context = context_of(Document("text", text, "x"), Scanner({}))
    assert len(MentionFinder(context).chunks()) <= MOST_MENTIONS + 100
