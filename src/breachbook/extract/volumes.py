"""How much data was taken or published, in bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from breachbook.extract.context import Context, Finding
from breachbook.extract.surroundings import cue_patterns, surroundings
from breachbook.text.values import SIZE, size

SMALLEST = 100_000
"""Bytes; less is a limit or a file's size, not what was taken."""

TAKEN = ("taken", "contain")
"""Cues of which one must stand in the sentence."""

ELSEWHERE = (
    r"\b(?:per second|traffic|bandwidth|plans?|storage (?:space|plan|capacity)|ram|memory|upload(?:s|ed)? (?:up to|limit)|"
    r"mailbox|free|processing|attack (?:of|peaked|size))\b"
)
"""Words beside volumes that nobody took."""

WEIGHTS = {"title": 0.9, "lead": 0.8, "update": 0.85}
"""How surely a volume at a place of the report is that of its incident; elsewhere `OTHER_WEIGHT`."""

OTHER_WEIGHT = 0.6


class Volumes:
    """Findings of `data_volume_bytes`."""

    name = "volumes"
    patterns: Mapping[str, str] = {"volumes.size": SIZE, "volumes.elsewhere": ELSEWHERE, **cue_patterns()}

    def find(self, context: Context) -> Iterable[Finding]:
        """Every volume in a sentence that tells of data taken or published."""
        around = surroundings(context)
        elsewhere = {s.index for m in context.hits.get("volumes.elsewhere", ()) if (s := context.sentence_at(m.start()))}
        for match in context.hits.get("volumes.size", ()):
            sentence, value = context.sentence_at(match.start()), size(match)
            if sentence is None or value is None or value < SMALLEST or sentence.index in elsewhere:
                continue
            cues = around.cues(sentence.index)
            if not cues & set(TAKEN):
                continue
            weight = WEIGHTS.get(around.place(sentence), OTHER_WEIGHT) - (0.2 if "background" in cues else 0.0)
            yield Finding("data_volume_bytes", value, match.start(), match.end(), weight=weight, extractor=self.name)
