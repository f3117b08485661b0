"""Words have clusters; what is no word of the corpora has none."""

from __future__ import annotations

from breachbook.extract.word_clusters import UNKNOWN, coarse_cluster, fine_cluster


def test_words_of_like_use_share_a_cluster() -> None:
    assert fine_cluster("hackers") != UNKNOWN
    assert coarse_cluster("january") == coarse_cluster("february") != coarse_cluster("hackers")


def test_unknown_words_have_none() -> None:
    assert fine_cluster("qwxzv") == coarse_cluster("qwxzv") == UNKNOWN
