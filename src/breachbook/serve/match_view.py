"""Matches and judgements on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from breachbook.model.dossier import EntityRef
from breachbook.model.judgement import Judgement
from breachbook.model.matched import Act, Decided, Matched, Matches, Party, TakenBack
from breachbook.serve.terminal import text

DECISION_SIGNS = {"same": "=", "proposal": "?", "different": "≠", "unsure": "~"}
DECISION_STYLES = {"same": "green", "proposal": "yellow", "different": "magenta", "unsure": "dim"}

NAMES_SHOWN = 3
"""Names of a side that are shown; `--json` has all."""

SHOWN = 5
"""Earlier judgements that are shown in an error."""


def print_matches(out: Console, found: Matches, limit: int) -> None:
    """Matches, each with both sides, its score, the parts with their weights, and the reason."""
    for match in found.rows:
        _print_match(out, match)
    if found.total > len(found.rows):
        out.print(f"{len(found.rows)} of {found.total:,}; --limit shows more than {limit}.", style="dim")


def _print_match(out: Console, match: Matched) -> None:
    out.print(text(f"{DECISION_SIGNS[match.decision]} {match.decision}  {match.score:.2f}", DECISION_STYLES[match.decision]))
    for party in (match.left, match.right):
        _print_party(out, party)
    out.print(text(f"    {parts_told(match.parts)}"))
    out.print(text(f"    {match.reason}"))
    out.print()


def _print_party(out: Console, party: Party) -> None:
    record = f"{party.record.name} ({party.record.id})" if party.record else "in no record now"
    out.print(text(f"  {called(party)}  →  {record}", "bold"))
    source = ", ".join(part for part in (party.title, party.publisher, party.published) if part)
    out.print(text(f"      {party.mention}  {source}", "dim"))


def print_acts(out: Console, acts: Iterable[Act]) -> None:
    """Judgements, each with who, when and why, both sides, and the score with its parts as the machine showed them then."""
    for act in acts:
        out.print(text(f"{DECISION_SIGNS[act.decision]} {act.id}  {act.decision}  by {act.who}, {act.when[:16]}Z", _style(act)))
        out.print(text(f"    {act.why}"))
        for party in (act.left, act.right):
            _print_party(out, party)
        if act.pairs > 1:
            out.print(text(f"    and {act.pairs - 1:,} more pairs", "dim"))
        shown = "the machine had not compared them" if act.score is None else f"the machine said {act.score:.2f}: {parts_told(act.parts)}"
        out.print(text(f"    {shown}"))
        if act.undone:
            by = f" by {act.undone_by}" if act.undone_by else ""
            out.print(text(f"    undone{by}, {act.undone[:16]}Z{': ' + act.undone_why if act.undone_why else ''}", "yellow"))
        out.print()


def _style(act: Act) -> str:
    return "dim" if act.undone else DECISION_STYLES[act.decision]


def parts_told(parts: Iterable[tuple[str, float]]) -> str:
    """The parts of a score with their weights: `same_name +0.86, common_name -0.46`."""
    return ", ".join(f"{name} {value:+.2f}" for name, value in parts)


def called(party: Party) -> str:
    """What the source calls it."""
    more = " …" if len(party.names) > NAMES_SHOWN else ""
    return " / ".join(f'"{name}"' for name in party.names[:NAMES_SHOWN]) + more if party.names else "(unnamed)"


def told_shortly(earlier: Iterable[Judgement]) -> list[str]:
    """Judgements in a line each: id, decision, who, when, why; each act once, some of them."""
    lines = dict.fromkeys(f"{j.act_id}  {j.decision}, by {j.who} on {j.when[:10]}: {j.why}" for j in earlier)
    more = [f"and {len(lines) - SHOWN:,} more"] if len(lines) > SHOWN else []
    return [*list(lines)[:SHOWN], *more]


def decided_told(decision: str, came: Decided) -> str:
    """What a judgement came to, in a sentence."""
    left, right = _ref(came.left), _ref(came.right)
    if came.stood:
        return f"This stands already, by {came.id}; nothing was changed."
    if came.left and came.left == came.right:
        return f"{came.id}: {decision}. Both are the record {left}; their earlier ids lead there."
    return f"{came.id}: {decision}. {left} and {right} are two records."


def undone_told(came: TakenBack) -> str:
    """What undoing came to, in a sentence or two."""
    one = came.left is not None and came.left == came.right
    now = f"Both are the record {_ref(came.left)}." if one else f"{_ref(came.left)} and {_ref(came.right)} are two records."
    again = f" {', '.join(came.again)}, which it had replaced, stands again." if came.again else ""
    not_again = f" {', '.join(came.not_again)} stays undone: it contradicts what was judged since." if came.not_again else ""
    return f"{came.id} is undone. {now}{again}{not_again}"


def _ref(ref: EntityRef | None) -> str:
    return f"{ref.name} ({ref.id})" if ref else "a side that no source names now"
