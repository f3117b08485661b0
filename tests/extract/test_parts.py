"""Attackers and third parties: which names are found, what the words around them tell, and who made what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.extract.actor_names import MOST_NAMES, with_odd_names
from breachbook.extract.candidates import Candidate, candidates
from breachbook.extract.mentions import Chunk, MentionFinder
from breachbook.extract.part_cues import Surround, agent, head_after, head_before, sorts, verb_after
from breachbook.extract.party_cues import signs
from breachbook.extract.reader import OfflineReader, context_of
from breachbook.extract.suppliers import known_supplier, maker_in
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner


def things(text: str, *, odd: bool = True) -> list[Candidate]:
    context = context_of(Document("text", text, "x"), Scanner({}))
    finder = MentionFinder(context)
    found = candidates(finder.chunks(), text)
    return with_odd_names(found, context, finder.sentence_tokens) if odd else found


def mention(text: str, name: str) -> Chunk:
    return next(c for thing in things(text) for c in thing.mentions if c.name == name)


def cues(text: str, name: str) -> set[str]:
    around = Surround(mention(text, name))
    return {*head_before(around), *head_after(around), *verb_after(around), *agent(around)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mail server was emptied by a hacker using the alias “quorl”, who boasted of it later.", "quorl"),
        ("A forum user grey_heron9 put up the list on Monday.", "grey_heron9"),
        ("The bank was told that thedarkoverlord had its files.", "thedarkoverlord"),
        ("Security firms see the work of APT 28 in it, others do not.", "APT 28"),
        ("On Friday, LockBit 3.0 put the town on its page.", "LockBit 3.0"),
    ],
)
def test_attackers_are_found_that_are_not_written_like_names(text: str, name: str) -> None:
    assert name in [thing.name for thing in things(text)]


def test_a_handle_is_found_wherever_it_stands_again() -> None:
    found = things("A hacker with the handle @quorlix took the files. Later quorlix said that he wanted money.")
    assert len(next(t for t in found if t.name == "quorlix").mentions) == 2


def test_quoted_words_are_no_handles() -> None:
    text = "The group known for “attacks” said that the data were “a small part” of it all."
    assert [t.name for t in things(text)] == [t.name for t in things(text, odd=False)]


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("Files were stolen by the hacker group Grey Heron in May.", "Grey Heron", "head=group"),
        ("A group calling itself Grey Heron wants money.", "Grey Heron", "named-head=group"),
        ("A ransomware called Herongate locked the servers.", "Herongate", "named-head=malware"),
        ("Systems were locked when Herongate ransomware came in.", "Herongate", "tail=malware"),
        ("It is the work of Herongate ransomware gang members.", "Herongate", "tail=group"),
        ("Police blame Grey Heron, a gang of extortionists, for it.", "Grey Heron", "apposed=group"),
        ("The town was hacked by Grey Heron in May.", "Grey Heron", "by<hit"),
        ("Experts say that Grey Heron has now claimed the attack.", "Grey Heron", "does=claim"),
        ("In court, Olan Quist and Perl Strand were charged with the attack.", "Olan Quist", "does=charged"),
    ],
)
def test_words_around_a_name_tell_its_part(text: str, name: str, cue: str) -> None:
    assert cue in cues(text, name)


def test_a_name_between_a_group_and_another_name_parts_them() -> None:
    assert not any(c.startswith("named-head") for c in cues("A group calling itself Grey Heron hit Quorley Castings.", "Quorley Castings"))


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("The files lay with its vendor Tallis Transfer, the bank said.", "Tallis Transfer", "supplier-before"),
        ("The site is hosted by Tallis Transfer in Leeds.", "Tallis Transfer", "served-by"),
        ("Attackers used a vulnerability in Tallis Transfer to get in.", "Tallis Transfer", "flaw-in"),
        ("After a breach at Tallis Transfer, letters went out.", "Tallis Transfer", "event-at"),
        ("The bank has hired Tallis Transfer to look into it.", "Tallis Transfer", "hire-before"),
    ],
)
def test_signs_of_third_parties(text: str, name: str, sign: str) -> None:
    assert sign in signs(mention(text, name))


def test_makers_are_known_by_their_products() -> None:
    known = known_supplier("MOVEit Transfer")
    assert known is not None
    assert (known.maker, known.is_product) == ("Progress Software", True)
    assert known_supplier("Google Play Store") is not None
    assert known_supplier("Progress of Elmstead") is None
    assert known_supplier("Quorley Castings") is None


def test_a_product_stands_for_its_maker_where_the_text_names_it() -> None:
    text = "Attackers used a hole in MOVEit Transfer, which Progress Software sells."
    assert maker_in(text, "MOVEit Transfer", text.index("MOVEit")) == ("Progress Software", text.index("Progress"), text.index(" sells"))
    assert maker_in("A hole in MOVEit Transfer was used.", "MOVEit Transfer", 10) is None
    assert maker_in("", "Quorley Castings", 0) is None


def test_sorts_are_of_single_lower_case_words() -> None:
    assert all(word == word.lower() and " " not in word for word in sorts())


@given(st.text(max_size=400))
def test_names_added_are_as_the_text_has_them(text: str) -> None:
    if not text.strip():
        return
    found = things(text)
    assert len(found) <= len(things(text, odd=False)) + MOST_NAMES
    for chunk in (c for thing in found for c in thing.mentions):
        assert text[chunk.start : chunk.end] == chunk.name
        signs(chunk)


def test_who_is_named_as_the_attacker_is_read() -> None:
    text = (
        "Quorley Castings said on Monday that hackers stole the data of 1,200 employees in a ransomware attack. "
        "The ransomware gang Akira claimed responsibility for the attack on Quorley Castings and posted files on its leak site."
    )
    reading = OfflineReader().read(Document("text", text, "x", language="en"))
    assert [c.value for c in reading.claims if c.property == "actor"][:1] == ["Akira"]
