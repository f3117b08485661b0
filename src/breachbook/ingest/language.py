"""Notices the language of a document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from breachbook.vocab.data_files import toml_file

SAMPLE_CHARACTERS = 2000
"""Characters that are looked at: more do not change the answer, and cost time."""
SHORT_LETTERS = 300
"""Letters below which a text is judged with care; of RSS items of about 200, one in sixty in English was taken for another language."""
FEWEST_LETTERS = 12
"""Letters below which there is nothing to judge by."""
SURE_SHORT = 0.9
"""Probability from which another language of a short text is believed."""
SURE = 0.5
"""Probability from which the language of a longer text is believed."""
ENGLISH_SHARE = 1 / 8
"""Share of English function words from which a short text is English, whatever names stand in it."""

_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]+")


@cache
def _identifier() -> Any:
    """The model, loaded once (half a second), restricted to the languages of the data file."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(toml_file("ingest_languages.toml")["among"])
    return identifier


@cache
def _english() -> frozenset[str]:
    return frozenset(toml_file("ingest_languages.toml")["english"])


def language(text: str) -> str | None:
    """The language of a text (ISO 639-1), by its first `SAMPLE_CHARACTERS`; None when it is too short or too mixed to tell."""
    sample = text[:SAMPLE_CHARACTERS]
    letters = len(_LETTERS.findall(sample))
    if letters < FEWEST_LETTERS:
        return None
    if letters < SHORT_LETTERS:
        words = [word.lower() for word in _WORDS.findall(sample)]
        if sum(word in _english() for word in words) >= ENGLISH_SHARE * len(words):
            return "en"
    code, probability = _identifier().classify(sample.encode("utf-8", "replace"))
    needed = SURE_SHORT if letters < SHORT_LETTERS and code != "en" else SURE
    return str(code) if probability >= needed else None
