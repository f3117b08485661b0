"""A reading: all claims that one reader finds in one document."""

from __future__ import annotations

from dataclasses import dataclass

from breachbook.model.claim import Claim


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a document.

    `reader` names it with its version (`offline/1`). `unread` is a reason code when the document was not read (another
    language), and then there are no claims. Claims stand in the order of the text. `notes` are sentences for whoever asked for
    the reading (another reader had to read it, what was dropped and why); they are shown, not kept.
    """

    document: str
    reader: str
    claims: tuple[Claim, ...]
    unread: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def relevant(self) -> bool:
        """Whether the document is mainly about specific incidents."""
        return any(c.property == "relevant" and c.value is True for c in self.claims)
