"""Word clusters: words of the corpora that keep the same company, as weights `word_clusters.json.gz`.

Words are counted by their neighbours (two to each side, positive pointwise mutual information), brought to a hundred dimensions
by singular value decomposition, and grouped twice: into fine clusters, and these into coarse ones.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.cluster import KMeans
from sklearn.utils.extmath import randomized_svd

from training.fit import WEIGHTS
from training.words import texts

MOST_WORDS = 12_000
LEAST_COUNT = 8
NEIGHBOURS = 4_000
"""Words that are counted as company, the most frequent ones."""
REACH = 2
DIMENSIONS = 100
FINE, COARSE = 800, 100
"""Numbers of clusters: fine ones help to tell what a report is about, coarse ones which part a name plays (best over folds)."""
SMOOTHING = 0.75
"""Power of the neighbours' counts, which keeps rare ones from weighing too much (Levy, Goldberg and Dagan 2015)."""

_TOKEN = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]|\d+|[.,;:!?()\"$%]")


def tokens(text: str) -> list[str]:
    """The words and signs of a text in lower case; all numbers are `0`."""
    return ["0" if word[0].isdigit() else word for word in _TOKEN.findall(text.lower().replace("’", "'"))]


def company(documents: Sequence[Sequence[str]], words: Sequence[str], neighbours: Sequence[str]) -> csr_matrix:
    """How often each word has each neighbour in each place, as positive pointwise mutual information."""
    row = {word: i for i, word in enumerate(words)}
    column = {word: i for i, word in enumerate(neighbours)}
    places = [offset for offset in range(-REACH, REACH + 1) if offset]
    counts: Counter[tuple[int, int]] = Counter()
    for document in documents:
        for at, word in enumerate(document):
            if (one := row.get(word)) is None:
                continue
            for number, offset in enumerate(places):
                if 0 <= at + offset < len(document) and (other := column.get(document[at + offset])) is not None:
                    counts[one, number * len(neighbours) + other] += 1
    keys, values = np.array(list(counts)), np.array(list(counts.values()), float)
    shape = (len(words), len(places) * len(neighbours))
    by_row = np.bincount(keys[:, 0], values, shape[0])
    by_column = np.bincount(keys[:, 1], values, shape[1]) ** SMOOTHING
    by_column *= values.sum() / by_column.sum()
    information = np.log(values * values.sum() / (by_row[keys[:, 0]] * by_column[keys[:, 1]]))
    return coo_matrix((np.maximum(information, 0), (keys[:, 0], keys[:, 1])), shape=shape).tocsr()


def clusters() -> dict[str, tuple[int, int]]:
    """Each word's fine and coarse cluster."""
    documents = [tokens(text) for text in texts()]
    counts = Counter(word for document in documents for word in document)
    words = [word for word, count in counts.most_common(MOST_WORDS) if count >= LEAST_COUNT]
    matrix = company(documents, words, [word for word, _ in counts.most_common(NEIGHBOURS)])
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, random_state=0)
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    fine = KMeans(FINE, random_state=0, n_init=1).fit(vectors)
    coarse = KMeans(COARSE, random_state=0, n_init=5).fit(fine.cluster_centers_, sample_weight=np.bincount(fine.labels_, minlength=FINE))
    return {word: (int(label), int(coarse.labels_[label])) for word, label in zip(words, fine.labels_, strict=True)}


def main() -> None:
    """Writes the clusters: the words of each fine cluster, and the coarse cluster of each."""
    table = clusters()
    groups: list[list[str]] = [[] for _ in range(FINE)]
    coarse = [0] * FINE
    for word, (one, other) in sorted(table.items()):
        groups[one].append(word)
        coarse[one] = other
    data = {"coarse": coarse, "words": [" ".join(group) for group in groups]}
    packed = gzip.compress(json.dumps(data, separators=(",", ":")).encode(), mtime=0)
    (WEIGHTS / "word_clusters.json.gz").write_bytes(packed)
    print(f"word clusters: {len(table)} words, {len(packed)} bytes")


if __name__ == "__main__":
    main()
