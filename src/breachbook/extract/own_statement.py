"""What a document says by being there: a victim's own dated statement is public by its date; a leak site's post lists on its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from breachbook.extract.context import Context, Finding
from breachbook.model.claim import Speaker

WEIGHT = 0.3
"""Below what the text itself says of these dates."""


class OwnStatement:
    """`disclosed` (by) from the date of the victim's own statement; `listed` from the date of a leak site's post.

    The words are the document's first sentence (its heading). Documents without a date or of other publishers give nothing.
    """

    name = "own_statement"
    patterns: Mapping[str, str] = {}

    def find(self, context: Context) -> Iterable[Finding]:
        """At most one finding."""
        document = context.document
        if document.published is None or not context.sentences:
            return
        heading = context.sentences[0]
        if document.publisher_role == "victim":
            yield self._finding("disclosed", context, heading.start, heading.end, "victim", "up_to")
        elif document.publisher_role == "threat_actor":
            yield self._finding("listed", context, heading.start, heading.end, "threat_actor", None)

    def _finding(self, property: str, context: Context, start: int, end: int, role: str, qualifier: str | None) -> Finding:
        document = context.document
        speaker = Speaker(role, document.publisher)
        return Finding(property, document.published or "", start, end, "stated", speaker, qualifier, weight=WEIGHT, extractor=self.name)
