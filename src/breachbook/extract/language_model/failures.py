"""Why an endpoint gave no answer that can be used."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_MESSAGE = 200
"""Characters of an endpoint's own message that are passed on."""


class FailureError(Exception):
    """An endpoint gave no answer that can be used.

    Args:
        reason: why, as the end of a sentence about the endpoint.
        again: whether asking again may help.
        after: seconds that it asks to wait before that.
        down: whether it is the endpoint that failed, and not this one answer.
    """

    def __init__(self, reason: str, *, again: bool = False, after: float | None = None, down: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.again, self.after, self.down = reason, again, after, down


def clean(message: object, secrets: Iterable[str]) -> str:
    """An endpoint's message as one short line of printable words, without any of the secrets."""
    words = str(message)[: 10 * LONGEST_MESSAGE]
    for secret in secrets:
        words = words.replace(secret, "***") if secret else words
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:LONGEST_MESSAGE]
