"""Clusters of words that keep the same company ("letters", "notices"), so that a judge knows words it seldom saw.

Made from the corpora by `training/word_clusters.py`; a cluster is a number, with no meaning of its own.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

UNKNOWN = "?"
"""The cluster of words that have none."""


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    raw = files("breachbook.extract").joinpath("weights", "word_clusters.json.gz").read_bytes()
    data = json.loads(gzip.decompress(raw))
    fine: dict[str, str] = {}
    coarse: dict[str, str] = {}
    for number, (words, group) in enumerate(zip(data["words"], data["coarse"], strict=True)):
        for word in words.split():
            fine[word], coarse[word] = str(number), str(group)
    return fine, coarse


def fine_clusters() -> Mapping[str, str]:
    """The fine clusters of all words that have one (see `fine_cluster`)."""
    return _tables()[0]


def coarse_clusters() -> Mapping[str, str]:
    """The coarse clusters of all words that have one (see `coarse_cluster`)."""
    return _tables()[1]


def fine_cluster(word: str) -> str:
    """The fine cluster (of 800) of a word in lower case, as a number, or `?`."""
    return _tables()[0].get(word, UNKNOWN)


def coarse_cluster(word: str) -> str:
    """The coarse cluster (of 100) of a word in lower case, as a number, or `?`."""
    return _tables()[1].get(word, UNKNOWN)
