"""Which part the things named play (victim, attacker): each mention is judged by its surroundings, then each candidate as a whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from breachbook.extract.candidates import Candidate, NameFacts, core_words, facts_of
from breachbook.extract.context import Context
from breachbook.extract.enumerations import Enumeration, lists_of
from breachbook.extract.lexicon import word_set
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import Chunk, is_domain, is_name_word
from breachbook.extract.notices import is_notice, sender_features
from breachbook.extract.word_clusters import UNKNOWN, coarse_cluster, coarse_clusters

MENTIONS_JUDGED = 12
"""Mentions of one candidate that are judged, the first ones; later ones add nothing."""
WINDOW = 5
"""Words on each side of a mention that tell its part in the sentence."""
_PRODUCT_PARTS = word_set("roles", "product_parts")
_FIRST_PERSON = frozenset({"we", "our", "us", "your", "you", "ce", "covered"})
"""Words of a notice that the victim itself (or, for it, an authority) has written."""
_SPEECH = word_set("roles", "speech")
_DATELINE_ENDS = frozenset({",", "(", "—", "–", "-", "/"})
"""What follows the place in capitals where a story was filed ("NAGOYA, Japan —")."""
LATEST_DATELINE = 2
"""Number of the last sentence that may begin with it: the first of the body, behind a headline and a line below it."""


@dataclass(slots=True)
class Judged:
    """A candidate with what was found out about it.

    `probability` is that of having been hit, by itself; `together` the same with an eye on the others (None: not looked at);
    `brands` are candidates that are named as its brands, its parts or its owner.
    """

    candidate: Candidate
    facts: NameFacts
    scores: list[float]
    probability: float = 0.0
    together: float | None = None
    brands: list[Candidate] = field(default_factory=list)


def owns_name(chunk: Chunk) -> bool:
    """Whether a name owns the name behind it ("Toronto's SickKids")."""
    return chunk.possessive and chunk.last < len(chunk.tokens) and is_name_word(chunk.tokens[chunk.last].word)


def mention_features(chunk: Chunk, context: Context) -> list[str]:
    """What surrounds a mention, as feature names."""
    found = ["bias"]
    title = chunk.sentence.passage == "title"
    prefix = "t" if title else "b"
    before, before2, after, after2 = chunk.before(1), chunk.before(2), chunk.after(1), chunk.after(2)
    owns = "+'s" if chunk.possessive else ""
    found += [f"{prefix}-1={before}", f"{prefix}+1={after}{owns}", f"-1={before}", f"+1={after}{owns}"]
    found += [f"-2={before2} {before}", f"+2={after} {after2}{owns}", f"{before}_X_{after}{owns}"]
    tokens = chunk.tokens
    for token in tokens[max(0, chunk.first - WINDOW) : chunk.first]:
        if token.word.islower():
            found.append(f"L:{token.word}")
    for token in tokens[chunk.last : chunk.last + WINDOW]:
        if token.word.islower():
            found.append(f"R:{token.word}")
    if title:
        found.append("title")
        found += [f"tL:{t.lower}" for t in tokens[max(0, chunk.first - WINDOW) : chunk.first]]
        found += [f"tR:{t.lower}" for t in tokens[chunk.last : chunk.last + WINDOW]]
        if chunk.first == 0:
            found.append("title-first")
        if _behind_site_mark(chunk):
            found.append("title-site")
    else:
        found.append(f"sentence={min(chunk.sentence.index, 6)}")
        if not _FIRST_PERSON.isdisjoint([t.lower for t in tokens]):
            found += ["we", f"we,start={min(chunk.first, 4)}", f"we,-1={before}", f"we,+1={after}{owns}"]
    if chunk.first == 0 and not title:
        found.append(f"first+1={after}")
        if chunk.name.isupper() and after in _DATELINE_ENDS and chunk.sentence.index <= LATEST_DATELINE:
            found.append("dateline")
    found.append(f"start={min(chunk.first, 4)}")
    if owns_name(chunk):
        found += ["owns-name", f"{prefix},owns-name"]
    return found + _cluster_features(chunk, prefix)


def _cluster_features(chunk: Chunk, prefix: str) -> list[str]:
    """The same neighbours by what company they keep, so that what was learned of one word holds for its like."""
    tokens, cluster_of = chunk.tokens, coarse_clusters().get
    before, before2, after, after2 = [
        cluster_of(word, UNKNOWN) if word else "^" for word in (chunk.before(1), chunk.before(2), chunk.after(1), chunk.after(2))
    ]
    found = [f"k-1={before}", f"k+1={after}", f"k-2={before2} {before}", f"k+2={after} {after2}"]
    found += [f"k{before}_X_{after}", f"k{prefix}-1={before}", f"k{prefix}+1={after}"]
    left = {cluster_of(t.word, UNKNOWN) for t in tokens[max(0, chunk.first - WINDOW) : chunk.first] if t.word.islower()}
    right = {cluster_of(t.word, UNKNOWN) for t in tokens[chunk.last : chunk.last + WINDOW] if t.word.islower()}
    return found + [f"kL:{cluster}" for cluster in sorted(left)] + [f"kR:{cluster}" for cluster in sorted(right)]


def _behind_site_mark(chunk: Chunk) -> bool:
    """Whether a mention in a headline stands behind the mark that parts the site's name from it ("… | Example News")."""
    return any(t.word in "|«•—–-:»" and len(t.word) == 1 for t in chunk.tokens[max(0, chunk.first - 6) : chunk.first]) and (
        len(chunk.tokens) - chunk.last <= 4
    )


def _bucket(number: float, *edges: float) -> int:
    return bisect_right(edges, number)


def victim_features(all_judged: Sequence[Judged], context: Context) -> list[list[str]]:
    """What each candidate as a whole looks like as a victim, as feature names."""
    lists = lists_of([judged.candidate for judged in all_judged], context)
    by_id = {id(judged.candidate): judged for judged in all_judged}
    among = _Among(all_judged)
    found = []
    for judged in all_judged:
        features = entity_features(judged, among, context)
        if enumeration := lists.get(id(judged.candidate)):
            features += _list_features(enumeration, by_id)
        if is_notice(context):
            features += sender_features(judged.candidate)
        found.append(features)
    return found


def _list_features(enumeration: Enumeration, judged: Mapping[int, Judged]) -> list[str]:
    """What the list that a candidate stands in looks like: its members share a part."""
    members = [judged[id(member)] for member in enumeration.members]
    best = [max(member.scores) for member in members]
    mean = sum(best) / len(best)
    alike = sum(may_be_victim(member) for member in members) > ALIKE * len(members)
    found = ["list", f"list-size={_bucket(len(members), 3, 4, 6, 9)}", f"list-mean={_bucket(mean, -5, -4, -3.5, -3, -2.5, -2, -1.5, -1)}"]
    found += [f"list-max={_bucket(max(best), -4, -3, -2, -1, 0, 1)}", f"list-first={_bucket(best[0], -4, -3, -2, -1, 0)}"]
    found += [f"list-org={alike}", f"list-org={alike},mean={_bucket(mean, -4, -3, -2)}"]
    words = set(enumeration.introduction)
    return found + [f"list-of:{word}" for word in sorted(words)] + [f"list-of-k:{k}" for k in sorted({coarse_cluster(w) for w in words})]


ALIKE = 0.66
"""Share of a list's members that may be victims from which it is taken for a list of organisations."""


class _Among:
    """What all candidates of a report are ranked by, sorted: their best scores, their numbers of mentions, and where those that may
    be victims are first named."""

    def __init__(self, all_judged: Sequence[Judged]) -> None:
        self._best = sorted(max(judged.scores) for judged in all_judged)
        self._counts = sorted(len(judged.candidate.mentions) for judged in all_judged)
        self._starts = sorted(judged.candidate.mentions[0].start for judged in all_judged if may_be_victim(judged))

    def higher(self, best: float) -> int:
        """How many have a higher score than this."""
        return len(self._best) - bisect_right(self._best, best)

    def more(self, count: int) -> int:
        """How many are named more often than this."""
        return len(self._counts) - bisect_right(self._counts, count)

    def earlier(self, start: int) -> int:
        """How many of those that may be victims are named before this place."""
        return bisect_left(self._starts, start)


def entity_features(judged: Judged, among: _Among, context: Context) -> list[str]:
    """What a candidate as a whole looks like by itself, and among the others, as feature names."""
    candidate, facts = judged.candidate, judged.facts
    mentions = candidate.mentions
    best, first = max(judged.scores), judged.scores[0]
    mean = sum(judged.scores) / len(judged.scores)
    in_title = [c for c in mentions if c.sentence.passage == "title" and not _behind_site_mark(c)]
    first_body = next((c.sentence.index for c in mentions if c.sentence.passage != "title"), 99)
    count = len(mentions)
    titled = context.sentences[0].passage == "title"
    higher, more, earlier = among.higher(best), among.more(count), among.earlier(mentions[0].start)
    found = [
        f"best={_bucket(best, -6, -5, -4, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 2)}",
        f"mean={_bucket(mean, -6, -5, -4, -3, -2, -1, 0, 1)}",
        f"first={_bucket(first, -6, -5, -4, -3, -2, -1, 0, 1)}",
        f"rank={min(higher, 5)}",
        f"often={min(more, 5)}",
        f"count={_bucket(count, 2, 3, 4, 6, 9, 13)}",
        f"share={_bucket(count / max(1, len(context.sentences)), 0.05, 0.1, 0.2, 0.3, 0.5)}",
        f"from={_bucket(first_body, 1, 2, 3, 4, 6, 10, 20)}",
        f"earlier={min(earlier, 5)}",
        f"title={bool(in_title) if titled else 'none'}",
        f"titled={titled},earlier={min(earlier, 5)}",
        f"title={bool(in_title)},rank={min(higher, 3)}",
        f"title={bool(in_title)},often={min(more, 3)}",
        f"rank={min(higher, 2)},often={min(more, 2)}",
    ]
    if in_title:
        chunk = in_title[0]
        found += [f"title+1={chunk.after()}", f"title-1={chunk.before()}", f"title-at={min(chunk.first, 5)}"]
    found += _name_features(facts)
    speaks = sum(c.after() in _SPEECH for c in mentions)
    found.append(f"speaks={min(speaks, 3)}")
    owned = sum(c.first > 0 and c.tokens[c.first - 1].possessive for c in mentions)
    found.append(f"owned={_bucket(owned / count, 0.01, 0.5)}")
    found.append(f"bracket={any(c.before() == '(' for c in mentions)}")
    return found


def may_be_victim(judged: Judged) -> bool:
    """Whether a name is neither a person's, a place's nor of a kind that is hardly ever hit."""
    facts = judged.facts
    return not (facts.is_person or facts.place or facts.kinds & {"media", "security_vendor", "product"})


def _name_features(facts: NameFacts) -> list[str]:
    name = facts.candidate.name
    found = [f"kind={kind}" for kind in sorted(facts.kinds)] or ["kind=none"]
    found.append(f"place={facts.place}")
    found.append(f"person={facts.is_person}")
    found.append(f"actor={facts.actor}")
    found.append(f"words={min(len(core_words(name)), 5)}")
    found.append(f"org-word={bool(facts.sectors)}")
    found += [f"sector-word={s}" for s in facts.sectors[:1]]
    found.append(f"known={facts.registered or 'no'}")
    found.append(f"registered={facts.registered is not None}")
    found.append(f"domain={is_domain(name)}")
    found.append(f"acronym={name.isupper() and len(name) < 7}")
    found.append(f"digit={any(c.isdigit() for c in name)}")
    found.append(f"product-part={not _PRODUCT_PARTS.isdisjoint(facts.words)}")
    return found


def surroundings(things: Sequence[Candidate], context: Context) -> dict[int, list[list[str]]]:
    """The features of the mentions of each candidate, by its `id`: computed once, judged for every part."""
    return {id(c): [mention_features(m, context) for m in c.mentions[:MENTIONS_JUDGED]] for c in things}


def judge(
    things: Sequence[Candidate],
    context: Context,
    around: Mapping[int, list[list[str]]],
    mention_model: LinearModel,
    entity_model: LinearModel | None = None,
) -> list[Judged]:
    """The candidates with the probability that they were hit, the likeliest first."""
    found = [Judged(c, facts_of(c), [mention_model.score(f) for f in around[id(c)]]) for c in things]
    if entity_model is not None:
        for judged, features in zip(found, victim_features(found, context), strict=True):
            judged.probability = entity_model.probability(features)
        found.sort(key=lambda j: -j.probability)
    return found
