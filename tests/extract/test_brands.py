"""Brands and their owners are one victim; what only stands near each other is not."""

from __future__ import annotations

import pytest

from breachbook.extract.brands import tied
from breachbook.extract.candidates import candidates
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.reader import context_of
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("The data were taken from CloudPup maker Quux Toys, police said.", True),
        ("Zanzi Hotels, a brand of Quux Lodging, was hit.", True),
        ("Quux Lodging, which owns Zanzi Hotels, was hit.", True),
        ("Zanzi Hotels and Quux Lodging were hit.", False),
        ("Zanzi Hotels was hit; the owner of Quux Lodging said nothing.", False),
        ("Zanzi Hotels was hit. Quux Lodging makes beds.", False),
        ("Zanzi Hotels said its maker and Quux Lodging were safe.", False),
    ],
)
def test_ownership_ties_two_names(text: str, together: bool) -> None:
    context = context_of(Document("text", text, "x", language="en"), Scanner({}))
    found = candidates(MentionFinder(context).chunks(), context.text)
    names = {thing.name: thing for thing in found}
    one = next(names[name] for name in ("CloudPup", "Zanzi Hotels") if name in names)
    other = next(thing for name, thing in names.items() if name.startswith("Quux"))
    assert tied(one, other) is together
    assert tied(other, one) is together
