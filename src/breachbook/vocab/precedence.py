"""The one table of precedence (`data/precedence.toml`): whose claim is shown, how sure at most, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from breachbook.errors import VocabularyError
from breachbook.vocab import terms
from breachbook.vocab.data_files import toml_file

STEPS = ("speaker", "certainty", "said", "revision", "sequence", "size", "position")
"""The steps that the table can name; what each compares stands at the top of the data file."""


@dataclass(frozen=True, slots=True)
class SpeakerException:
    """An order of speakers of its own for some properties, and why."""

    properties: tuple[str, ...]
    order: tuple[str, ...]
    why: str


@cache
def steps(property: str) -> tuple[str, ...]:
    """The steps by which two claims on a property are compared, first step first.

    Raises:
        VocabularyError: the table names a step that does not exist.
    """
    table = toml_file("precedence.toml")["steps"]
    found = tuple(table.get(property, table["default"]))
    for step in found:
        if step not in STEPS:
            raise VocabularyError("there is no such step of precedence", subject=repr(step), property=property)
    return found


@cache
def exceptions() -> tuple[SpeakerException, ...]:
    """The exceptions to the default order of speakers."""
    rows = toml_file("precedence.toml")["speaker"]["exception"]
    return tuple(SpeakerException(tuple(row["properties"]), tuple(row["order"]), row["why"]) for row in rows)


@cache
def speaker_order(property: str) -> tuple[str, ...]:
    """The speaker roles on a property, strongest first.

    Raises:
        VocabularyError: the table leaves a role out, or names one that does not exist.
    """
    default = tuple(toml_file("precedence.toml")["speaker"]["default"])
    order = next((row.order for row in exceptions() if property in row.properties), default)
    if sorted(order) != sorted(terms.terms("speaker_role")):
        raise VocabularyError("the table of precedence does not rank every speaker once", property=property)
    return order


@cache
def speaker_rank(property: str, role: str) -> int:
    """The rank of a speaker role on a property; 0 is strongest.

    Raises:
        VocabularyError: there is no such role.
    """
    return speaker_order(property).index(terms.check("speaker_role", role))


@cache
def certainty_rank(certainty: str) -> int:
    """The rank of a certainty; 0 is strongest, and a denial ranks with a statement.

    Raises:
        VocabularyError: there is no such certainty.
    """
    return int(toml_file("precedence.toml")["certainty"][terms.check("certainty", certainty)])


@cache
def limited(property: str, role: str, certainty: str) -> str:
    """How sure a value is shown when its strongest claim is one of `certainty` by `role`."""
    limit = toml_file("precedence.toml")["limit"].get(property, {}).get(role, certainty)
    return str(limit) if certainty_rank(limit) > certainty_rank(certainty) else certainty


@cache
def words(role: str) -> str:
    """A speaker in words (`a regulator`)."""
    return str(toml_file("precedence.toml")["words"][terms.check("speaker_role", role)])


def reason(name: str, *, winner: str = "press", loser: str = "press", count: int = 0) -> str:
    """A reason of the table as a sentence.

    Args:
        name: the reason's name in the table.
        winner: role of the speaker of the claim that stands.
        loser: role of the speaker of the other claim.
        count: a number of sources.
    """
    text: str = toml_file("precedence.toml")["reason"][name]
    first = words(winner)
    return text.format(winner=first, Winner=first[:1].upper() + first[1:], loser=words(loser), count=count)
