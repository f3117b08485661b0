"""What was suggested and not kept, counted by reason."""

from __future__ import annotations

from collections import Counter

REASONS = {
    "wrong_shape": "not of the form asked for",
    "no_quote": "without a quote",
    "quote_not_in_text": "the quote does not stand in the text",
    "instruction": "the quote stands only in words addressed to a language model",
    "not_in_quote": "the value does not stand in its quote",
    "not_a_name": "no name by our own reading",
    "person": "a person's name",
    "not_in_vocabulary": "not a term of the vocabulary",
    "other_value": "our own reading of the quote gives another value",
    "not_read": "our own rules read no such value from the quote",
    "other_speaker": "the one who speaks there is not the one who would have to",
    "not_denied": "the text does not deny it there",
    "no_victim": "of an incident without a victim that stands in the text",
    "not_relevant": "of a report that it calls not relevant",
    "too_many": "more than a report record holds",
}
"""Every reason, in words."""


class Dropped(Exception):
    """A suggestion that is not kept; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason


class Tally:
    """Counts suggestions: how many were kept, how many dropped for which reason."""

    def __init__(self) -> None:
        self.kept = 0
        self.dropped: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """How many there were."""
        return self.kept + self.dropped.total()

    def sentence(self) -> str | None:
        """What was dropped, in words; None when nothing was."""
        if not self.dropped:
            return None
        reasons = sorted(self.dropped.items(), key=lambda row: (-row[1], row[0]))
        words = "; ".join(f"{count} {REASONS[reason]}" for reason, count in reasons)
        return f"{self.kept} of {self.total} suggested values kept; dropped: {words}"
