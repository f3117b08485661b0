"""The rules that the book shows: which value wins, and why documents are turned away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from breachbook.vocab import precedence, properties, terms
from breachbook.vocab.data_files import toml_file

STEP_WORDS = {
    "speaker": "who says it",
    "certainty": "how sure they are",
    "said": "when it was said, the later first",
    "revision": "in which update, the later first",
    "sequence": "which source came into the book last",
    "size": "the larger number",
    "position": "what stands first in the text",
}
"""The steps of `vocab.precedence.STEPS` in words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the value of one field is chosen: the steps, the speakers from the strongest, and why this order."""

    fields: tuple[str, ...]
    steps: tuple[str, ...]
    speakers: tuple[str, ...]
    why: str | None = None


def rule(property: str) -> Rule:
    """The rule for one property, in words.

    Raises:
        VocabularyError: there is no such property.
    """
    label = properties.get(property).label
    why = next((row.why for row in precedence.exceptions() if property in row.properties), None)
    return Rule((label,), _steps(property), _speakers(property), why)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule: the one for most fields first, then the exceptions, each with the fields it is for."""
    by_rule: dict[tuple[Sequence[str], Sequence[str], str | None], list[str]] = {}
    for prop in properties.properties().values():
        if prop.subject != "document":
            found = rule(prop.name)
            by_rule.setdefault((found.steps, found.speakers, found.why), []).append(prop.label)
    made = [Rule(tuple(dict.fromkeys(fields)), tuple(steps), tuple(speakers), why) for (steps, speakers, why), fields in by_rule.items()]
    return tuple(sorted(made, key=lambda each: -len(each.fields)))


def _steps(property: str) -> tuple[str, ...]:
    return tuple(STEP_WORDS[step] for step in precedence.steps(property))


def _speakers(property: str) -> tuple[str, ...]:
    return tuple(terms.label("speaker_role", role) for role in precedence.speaker_order(property))


@cache
def refusal_words() -> dict[str, str]:
    """Reason codes in words (`vocab/data/refusals.toml`): of what is refused, and of what is kept unread."""
    return {code: text for section in toml_file("refusals.toml").values() for code, text in section.items()}
