"""The maps of structured sources: what the package ships, and what is wrong with one that cannot be used."""

from __future__ import annotations

import pytest

from breachbook.errors import VocabularyError
from breachbook.vocab.source_maps import fitting, known_sources, named, nearly_fitting, source_map, source_maps

SMALL = {
    "about": "A register", "kind": "row", "role": "regulator", "needs": ["Who", "When"], "key": ["Who"],
    "column": [{"name": "Who", "label": "Who", "states": ["victim"]}, {"name": "When", "label": "When"}],
}  # fmt: skip


@pytest.mark.parametrize("source", source_maps(), ids=lambda one: one.name)
def test_every_map_of_the_package_is_whole(source):
    assert "victim" in source.victim.states
    assert source.about in known_sources()
    assert named(source.name) is source
    labels = [column.label for column in source.columns]
    assert len(labels) == len(set(labels))
    assert not any(": " in label or "\n" in label for label in labels)
    assert fitting([names[0] for names in source.needs]) is not None


@pytest.mark.parametrize(
    ("change", "property"),
    [
        ({"role": "gossip"}, "speaker_role"),
        ({"column": [{"name": "a", "label": "a"}]}, None),
        ({"column": [{"name": "a", "label": "a", "states": ["victim"], "part": "chorus"}]}, "chorus"),
        ({"column": [{"name": "a", "label": "a", "states": ["victim"], "values": {"x": ["attack_type:sorcery"]}}]}, "attack_type"),
        ({"column": [{"name": "a", "label": "a", "states": ["victims"]}]}, None),
    ],
)
def test_a_map_with_an_unknown_word_is_refused(change, property):
    with pytest.raises(VocabularyError) as caught:
        source_map("mine", {**SMALL, **change})
    assert property is None or property in str(caught.value)


def test_a_map_is_told_by_the_columns_it_needs_whatever_their_case_and_order():
    assert fitting(["DISCOVERED", " group ", "victim", "more"]).name == "leak_posts"
    assert fitting(["discovered", "group_name"]) is None


def test_a_list_with_most_columns_of_a_source_is_that_source_changed():
    assert nearly_fitting(["title", "group_name", "discovered", "published", "website"]).name == "leak_posts"
    assert nearly_fitting(["title", "link", "published", "summary"]) is None
    assert nearly_fitting([]) is None
    source = source_map("mine", SMALL)
    assert source.missing(["who"]) == ["When"]
    assert source.likeness(["other"]) == 0.0
