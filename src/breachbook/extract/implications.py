"""What one value says of another: ransomware is extortion, and a specific kind of attack leaves nothing unspecified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from breachbook.extract.context import Finding

UNSPECIFIC = "hacking_unspecified"
"""The kind of attack for where nothing more specific is said; beside a specific one it is right in one of three reports."""
UNHELD = ("denied", "possible")
"""Certainties from which nothing follows."""
_NO_ATTACK_OF_ITS_OWN = frozenset({"third_party", UNSPECIFIC})
"""Kinds that say by which way it came, and not how: beside them an unspecified attack is still one."""


def with_implied(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one incident with what they imply, and without what they make void.

    Ransomware always has the effect extortion (ruling 4 of the labels), by the same words and as surely.
    """
    held = [f for f in findings if f.property == "attack_type" and f.certainty not in UNHELD]
    specific = any(f.value not in _NO_ATTACK_OF_ITS_OWN for f in held)
    kept = [f for f in findings if not (specific and f.property == "attack_type" and f.value == UNSPECIFIC)]
    ransomware = next((f for f in held if f.value == "ransomware"), None)
    if ransomware is not None and not any(f.property == "effect" and f.value == "extortion" for f in findings):
        kept.append(replace(ransomware, property="effect", value="extortion"))
    return kept
