"""The cheap look whether a text is English."""

from __future__ import annotations

from breachbook.text.english import FEWEST_WORDS, is_english


def test_english_prose_passes() -> None:
    assert is_english("The county said that its servers were locked by criminals and that no one was to switch on a computer. " * 3)


def test_short_texts_pass() -> None:
    assert is_english("durham.ca 6.5 GB")
    assert is_english("mot " * (FEWEST_WORDS - 1))


def test_other_languages_do_not_pass() -> None:
    assert not is_english(
        "La société a été victime d'une attaque informatique qui a paralysé ses usines pendant plusieurs jours selon le journal. " * 3
    )
    assert not is_english("病院がサイバー攻撃を受けた。" + " 病院" * FEWEST_WORDS)
