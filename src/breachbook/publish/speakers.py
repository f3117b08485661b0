"""Speakers in the sentences of a narrative: by role, with the name in brackets where it is needed to tell who it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from breachbook.model.document import DocumentMeta
from breachbook.model.record import Evidence
from breachbook.publish.weighing import folded

ARTICLES = {"reviewer": "a", "regulator": "a", "researcher": "a"}
"""Roles of which there may be several; the other roles take `the`."""

NOUNS = {
    "reviewer": "reviewer of this book",
    "regulator": "regulator",
    "victim": "victim",
    "supplier": "supplier",
    "researcher": "researcher",
    "press": "press",
    "threat_actor": "attacker",
}
"""The roles as nouns of a sentence."""


class Speakers:
    """Names the speakers of one record, in the order of its sentences: `a regulator (Privacy Office)`, then `the regulator`.

    Args:
        documents: the record's documents by id.
        evidence: all that is said in the record, from which it is known how many speakers a role has.
        actors: how the record calls its actors, by every folded form of their names.
    """

    def __init__(self, documents: Mapping[str, DocumentMeta], evidence: Iterable[Evidence], actors: Mapping[str, str]) -> None:
        self._documents = documents
        self._actors = actors
        self._names: dict[str, set[str]] = {}
        self._introduced: set[str] = set()
        for item in evidence:
            name = self.name(item)
            if name:
                self._names.setdefault(item.speaker_role, set()).add(folded(name))

    def name(self, item: Evidence) -> str | None:
        """The speaker's own name: as the text gives it, or the publisher's, when it is the publisher who speaks."""
        if item.speaker_name:
            return item.speaker_name
        meta = self._documents.get(item.document)
        if meta is None or item.speaker_role == "threat_actor":
            return None
        speaks = meta.publisher_role == item.speaker_role or (meta.publisher_role is None and item.speaker_role == "press")
        return meta.publisher if speaks else None

    def who(self, item: Evidence) -> str:
        """The speaker as a noun phrase; a name once introduced is not repeated unless the role has several speakers."""
        role, name = item.speaker_role, self.name(item)
        if role == "threat_actor":
            return self._actor(name)
        several = len(self._names.get(role, ())) > 1
        known = role in self._introduced
        noun = NOUNS[role]
        article = "the" if known and not several else ARTICLES.get(role, "the")
        if name is None or role == "victim" or (known and not several):
            return f"{article} {noun}"
        self._introduced.add(role)
        return f"{article} {noun} ({name})"

    def _actor(self, name: str | None) -> str:
        """An attacker by name; a leak site that bears the name of one of the record's actors speaks for that actor."""
        if name:
            form = folded(name)
            known = self._actors.get(form) or next((shown for own, shown in self._actors.items() if f" {own} " in f" {form} "), None)
            return known or name
        only = set(self._actors.values())
        return only.pop() if len(only) == 1 else "the attacker"
