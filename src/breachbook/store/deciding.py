"""A person's decisions: made on records and mentions, kept as judgements, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from breachbook.errors import JudgementError
from breachbook.model.matched import Act, Asked, Decided, Matches, TakenBack
from breachbook.store import asking
from breachbook.store.asking import Find, Ruling
from breachbook.store.matched import MatchReader
from breachbook.store.writer import Writer

LONGEST = 2000
"""Characters of a reason or a name of who judges: a paragraph, not a document."""


class Decisions:
    """Judges records of one book; `derive` brings what is derived up to date after each change."""

    def __init__(self, reader: MatchReader, writer: Writer, find: Find, derive: Callable[[], object]) -> None:
        self._reader = reader
        self._writer = writer
        self._find = find
        self._derive = derive

    def pair(self, left: str, right: str, decision: str, why: str, who: str, kind: str | None, replace: bool) -> Decided:
        """See `asking.pair`; earlier judgements that it contradicts are undone for it when `replace` is set.

        Raises:
            ContradictionError: it contradicts earlier ones, which are not to be replaced.
            JudgementError, NotFoundError, AmbiguousError: see `asking.pair`.
        """
        return self._keep(asking.pair(self._reader, self._find, left, right, _ruling(decision, why, who), kind), replace)

    def split(self, record: str, part: str, why: str, who: str, kind: str | None, replace: bool) -> Decided:
        """See `asking.split`; and as for `pair`."""
        return self._keep(asking.split(self._reader, self._find, record, part, _ruling("different", why, who), kind), replace)

    def undo(self, judgement: str, why: str, who: str) -> TakenBack:
        """Takes back what was decided at once with a judgement.

        Raises:
            JudgementError: there is no such judgement, or it was undone before.
        """
        ruling = _ruling("undo", why, who)
        came = self._writer.undo(judgement.strip(), ruling.when, ruling.who, ruling.why)
        self._derive()
        first = came.undone[0]
        again, not_again = (tuple(dict.fromkeys(j.act_id for j in group)) for group in (came.again, came.not_again))
        return TakenBack(first.act_id, self._reader.entity(first.left), self._reader.entity(first.right), again, not_again)

    def acts(self, record: str | None, kind: str | None) -> list[Act]:
        """What people judged, the latest first; of one record or of all.

        Raises:
            NotFoundError, AmbiguousError: the record fits nothing, or several.
        """
        return self._reader.acts(self._find(record, kind).id if record else None)

    def matches(self, record: str | None, kind: str | None, decision: str | None, limit: int) -> Matches:
        """Matches of one record or of all: proposals first, then what was refused, then what made records; the best first.

        Raises:
            NotFoundError, AmbiguousError: the record fits nothing, or several.
        """
        return self._reader.matches(self._find(record, kind).id if record else None, decision, limit)

    def _keep(self, asked: Asked, replace: bool) -> Decided:
        came = self._writer.judge_all(asked.act, asked.united, replace)
        if came.kept:
            self._derive()
        first = (came.kept or came.stood)[0]
        replaced = tuple(dict.fromkeys(j.act_id for j in came.replaced))
        return Decided(first.act_id, not came.kept, self._reader.entity(first.left), self._reader.entity(first.right), replaced)


def _ruling(decision: str, why: str, who: str) -> Ruling:
    for name, value in (("why", why), ("who", who)):
        if not value.strip():
            raise JudgementError("must not be empty", subject=f"--{name}")
        if len(value) > LONGEST:
            raise JudgementError(f"is longer than {LONGEST:,} characters", subject=f"--{name}")
    return Ruling(decision, who.strip(), datetime.now(UTC).isoformat(timespec="microseconds"), why.strip())
