"""The shelf on which lies what linking keeps between one adding and the next: in memory, or tables of a book."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Entity
from breachbook.model.judgement import Judgement
from breachbook.model.link import Edge, Node, Shown


class Shelf(Protocol):
    """Where nodes and their like lie, by kind of entity. Collections asked for may be empty; what is not there is left out."""

    def nodes_of(self, kind: str, mentions: Collection[str]) -> dict[str, str]:
        """The node of each mention."""
        ...

    def mentions_in(self, kind: str, documents: Collection[str]) -> list[str]:
        """The mentions that documents have."""
        ...

    def newest_besides(self, documents: Collection[str]) -> int:
        """The sequence of the newest document besides these."""
        ...

    def named(self, entities: Collection[str]) -> dict[str, str]:
        """Mentions by the ids that entities would have from them alone."""
        ...

    def nodes(self, kind: str, ids: Collection[str]) -> dict[str, Node]:
        """Nodes by id."""
        ...

    def members(self, kind: str, ids: Collection[str]) -> dict[str, list[tuple[int, str]]]:
        """(rank, mention) of each node, in order."""
        ...

    def entities_of(self, kind: str, ids: Collection[str]) -> dict[str, str]:
        """The entity of each node, as it is at present."""
        ...

    def nodes_in(self, kind: str, entities: Collection[str]) -> dict[str, list[str]]:
        """The nodes of each entity."""
        ...

    def keys_of(self, kind: str, ids: Collection[str]) -> dict[str, set[str]]:
        """The keys under which each node is filed."""
        ...

    def blocks(self, kind: str, keys: Collection[str], limit: int | None) -> dict[str, list[str]]:
        """The nodes that bear each key, the earliest first, so many at most."""
        ...

    def edges(self, kind: str, ids: Collection[str]) -> list[Edge]:
        """The edges with an end in these nodes, each once."""
        ...

    def differences(self, kind: str, ids: Collection[str]) -> list[Shown]:
        """The matches shown for these nodes that say `different`."""
        ...

    def put_nodes(self, kind: str, gone: Collection[str], nodes: Iterable[Node], keys: Mapping[str, Collection[str]]) -> None:
        """Takes nodes off with their keys, and puts others there or anew."""
        ...

    def put_members(self, kind: str, gone: Collection[str], members: Mapping[str, tuple[str, int]]) -> None:
        """Takes mentions off, and puts mentions there with their node and rank."""
        ...

    def put_edges(self, kind: str, ids: Collection[str], edges: Iterable[Edge]) -> None:
        """Exchanges all edges with an end in these nodes."""
        ...

    def put_entities(self, kind: str, entities: Mapping[str, str]) -> None:
        """Says of nodes which entity they are."""
        ...

    def put_shown(self, gone: Collection[tuple[str, str, str]], nodes: Mapping[str, Collection[str]], shown: Iterable[Shown]) -> None:
        """Takes off the matches of (kind, left node, right node), and all that tell of two nodes one of which is among `nodes` of a
        kind; puts others there."""
        ...

    def themes_of(self, incidents: Collection[str]) -> dict[str, frozenset[tuple[str, str]]]:
        """The (key, role) of each incident by which it may be tied to others in a campaign."""
        ...

    def themed(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        """The incidents that bear each (key, role)."""
        ...

    def put_themes(self, gone: Collection[str], themes: Mapping[str, Collection[tuple[str, str]]]) -> None:
        """Takes incidents off, and says of incidents what they bear."""
        ...

    def campaigns_of(self, incidents: Collection[str]) -> list[str]:
        """The campaigns, as they were when resolving began, to which these mentions of incidents belong."""
        ...

    def documents(self, ids: Collection[str]) -> Sequence[ReadDocument]:
        """Documents with their claims."""
        ...

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        """Entities as they were when resolving began."""
        ...

    def judgements(self) -> Sequence[Judgement]:
        """All judgements."""
        ...
