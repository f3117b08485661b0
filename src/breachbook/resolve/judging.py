"""People's judgements, applied before the machine's matches, the latest first: where two contradict, the later one stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement, latest
from breachbook.resolve.clusters import Clusters, S


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements that were not taken back, one a pair, the latest first."""
    return latest(judgements)


def apply(clusters: Clusters[S], judgements: Sequence[Judgement], names: Mapping[str, str]) -> list[Match]:
    """Ties and keeps apart what people judged; the judgements as matches of score 1 or 0.

    `names` leads from the ids of entities to mentions. A judgement on mentions that the book has not (yet) waits. `unsure`
    leaves the pair to the machine.
    """
    found = []
    for judgement in judgements:
        left, right = sorted(names.get(side, side) for side in (judgement.left, judgement.right))
        if left not in clusters or right not in clusters or left == right or judgement.decision == "unsure":
            continue
        same = judgement.decision == "same"
        reason = f"judged {judgement.decision} by {judgement.who} on {judgement.when[:10]}: {judgement.why}"
        if same and clusters.barred(left, right):
            reason += "; a later judgement says otherwise"
            found.append(Match(left, right, 0.0, (("judgement", 0.0),), reason, "different"))
        elif same:
            clusters.tie(left, right)
            found.append(Match(left, right, 1.0, (("judgement", 1.0),), reason, "same"))
        elif clusters.keep_apart(left, right):
            found.append(Match(left, right, 0.0, (("judgement", 0.0),), reason, "different"))
        else:
            reason += "; a later judgement says otherwise"
            found.append(Match(left, right, 1.0, (("judgement", 1.0),), reason, "same"))
    return found


def leaving(judgements: Iterable[Judgement], names: Mapping[str, str]) -> set[str]:
    """The mentions that are judged different from another: the left side of each pair, which is the one that leaves a record.

    They are compared on their own, not together with others that say the same as they do.
    """
    return {names.get(judgement.left, judgement.left) for judgement in judgements if judgement.decision == "different"}
