"""Ransomware is extortion; a specific kind of attack leaves nothing unspecified."""

from __future__ import annotations

from breachbook.extract.context import Finding
from breachbook.extract.implications import with_implied


def attack(value: str, certainty: str | None = None) -> Finding:
    return Finding("attack_type", value, 3, 9, certainty)


def told(*findings: Finding) -> set[tuple[str, str]]:
    return {(f.property, str(f.value)) for f in with_implied(findings)}


def test_ransomware_is_extortion_by_the_same_words() -> None:
    [kept, implied] = with_implied([attack("ransomware")])
    assert kept == attack("ransomware")
    assert (implied.property, implied.value, implied.start, implied.end) == ("effect", "extortion", 3, 9)


def test_what_is_denied_or_told_already_implies_nothing() -> None:
    assert told(attack("ransomware", "denied")) == {("attack_type", "ransomware")}
    assert len(with_implied([attack("ransomware"), Finding("effect", "extortion", 20, 26)])) == 2


def test_an_unspecified_attack_gives_way_to_a_specific_one_only() -> None:
    assert told(attack("hacking_unspecified"), attack("phishing")) == {("attack_type", "phishing")}
    assert told(attack("hacking_unspecified"), attack("third_party")) == {
        ("attack_type", "hacking_unspecified"),
        ("attack_type", "third_party"),
    }
