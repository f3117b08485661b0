"""Names in one list are found together; names that merely follow each other are not."""

from __future__ import annotations

from breachbook.extract.candidates import candidates
from breachbook.extract.enumerations import enumerations
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.reader import context_of
from breachbook.model.document import Document
from breachbook.model.ids import digest
from breachbook.text.scanner import Scanner


def lists(text: str) -> list[tuple[list[str], tuple[str, ...]]]:
    """The lists of a text: names of the members, and the words before."""
    context = context_of(Document("text", text, digest(text.encode()), language="en"), Scanner({}))
    things = candidates(MentionFinder(context).chunks(), text)
    found = {id(e): e for e in enumerations(things, context).values()}
    return [([m.name for m in e.members], e.introduction) for e in found.values()]


def test_a_list_in_a_sentence_has_its_members_and_what_it_is_a_list_of() -> None:
    [(members, introduction)] = lists(
        "The attackers also reached the networks of Rivertown Clinic, Oakfield College (in Kent) and Milltown Council."
    )
    assert members == ["Rivertown Clinic", "Oakfield College", "Milltown Council"]
    assert introduction[-2:] == ("networks", "of")


def test_a_list_with_a_line_each_is_a_list() -> None:
    [(members, _)] = lists("Those affected are listed below.\n\n- Rivertown Clinic\n- Oakfield College\n- Milltown Council\n")
    assert members == ["Rivertown Clinic", "Oakfield College", "Milltown Council"]


def test_two_names_or_names_with_words_between_are_no_list() -> None:
    assert lists("Rivertown Clinic and Oakfield College were hit.") == []
    assert lists("Rivertown Clinic told Oakfield College that Milltown Council had called.") == []
