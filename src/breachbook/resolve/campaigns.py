"""Incidents to campaigns: one product, vulnerability or supplier exploited in one window of time, or a campaign that a source names.

What is tied to one by a possibility only is put forward. A victim that the campaign's actor lists is not looked at here: see
`serve/campaign_view.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from breachbook.model.claim import Claim
from breachbook.resolve.dates import Span, gap, span
from breachbook.resolve.naming import MONTHS, best_date, best_form, in_words
from breachbook.resolve.weights import days
from breachbook.text.names import parse
from breachbook.vocab.data_files import toml_file

NOT_BY_EXPLOIT = frozenset({"misconfiguration", "disclosure_error", "physical", "insider_misuse"})
"""Kinds of attack in which a supplier's product is the place, not the way in: two open storage buckets make no campaign."""

SHORTEST_ACRONYM = 3
"""Words whose initials may stand for a product ("FTA")."""

VAGUE_DAYS = 62
"""A date that leaves more than two months open places nothing between two windows, and bridges none."""


@dataclass(slots=True)
class Story:
    """An incident for the purpose of campaigns: its claims, its victims and suppliers as organisations, its best date.

    `suppliers` leads from an organisation to the claims that name it as third party; `published` is when its first
    document came out.
    """

    incident: str
    claims: Sequence[Claim]
    victims: frozenset[str]
    suppliers: Mapping[str, Sequence[Claim]]
    published: str | None = None

    @property
    def date(self) -> str | None:
        """The partial date that places it in time."""
        return best_date(self.claims) or self.published

    def values(self, *properties: str) -> list[Claim]:
        """Its claims of some properties that are not denied."""
        return [c for c in self.claims if c.property in properties and c.certainty != "denied"]


@dataclass(slots=True)
class Exposure:
    """One incident's part in a theme. `sure` unless all that ties it is said to be only possible; `named` when a source
    names the campaign."""

    story: Story
    words: frozenset[str]
    sure: bool
    named: bool = False
    supplier: str | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(slots=True)
class Campaign:
    """A campaign: its name, other names, its incidents in order of id, and incidents that may belong to it."""

    key: str
    name: str
    aliases: tuple[str, ...]
    incidents: tuple[str, ...]
    possible: tuple[str, ...] = ()


def campaigns(stories: Sequence[Story], organisations: Mapping[str, str]) -> list[Campaign]:
    """All campaigns among incidents; `organisations` has the name of each supplier."""
    exposures = [exposure for story in stories for exposure in _exposures(story, organisations)]
    exposures += _by_vulnerability(stories, exposures)
    found = []
    for theme, group in _themes(exposures):
        group = [*group, *_own_incidents(group, stories)]
        for window in _windows(group):
            campaign = _campaign(theme, window, organisations)
            if campaign is not None:
                found.append(campaign)
    return sorted(found, key=lambda c: (c.incidents, c.key))


def _exposures(story: Story, organisations: Mapping[str, str]) -> Iterator[Exposure]:
    attacks = {str(c.value) for c in story.values("attack_type")}
    for claim in story.values("campaign"):
        words = _telling(str(claim.value))
        if words and not words <= {w for victim in story.victims for w in _telling(organisations.get(victim, ""))}:
            yield Exposure(story, words, claim.certainty != "possible", named=True, claims=(claim,))
    if attacks and attacks <= NOT_BY_EXPLOIT:
        return
    products = story.values("product")
    proper = [c for c in products if str(c.value) != str(c.value).lower()]
    for supplier, claims in sorted(story.suppliers.items()):
        if supplier in story.victims:
            continue
        own = _telling(organisations.get(supplier, ""))
        made = [c for c in proper if c in claims] or (proper if len(story.suppliers) == 1 else [])
        sure = any(c.certainty != "possible" for c in claims)
        for product in made:
            yield Exposure(story, own | product_words(str(product.value)), sure, supplier=supplier, claims=(*claims, product))
        if not made:
            yield Exposure(story, own, sure, supplier=supplier, claims=tuple(claims))
    if not story.suppliers:
        for product in proper:
            yield Exposure(story, product_words(str(product.value)), product.certainty != "possible", claims=(product,))


def _by_vulnerability(stories: Sequence[Story], exposures: Sequence[Exposure]) -> Iterator[Exposure]:
    """Incidents of which only a CVE is told: among those of the product in which others name it, else under the CVE itself."""
    placed = {e.story.incident for e in exposures}
    told: dict[str, set[frozenset[str]]] = defaultdict(set)
    for exposure in exposures:
        for claim in exposure.story.values("cve"):
            told[str(claim.value)].add(exposure.words)
    for story in stories:
        if story.incident in placed:
            continue
        for claim in story.values("cve"):
            sets = sorted(told.get(str(claim.value), ()), key=lambda words: (-len(words), sorted(words)))
            one_product = bool(sets) and all(words <= sets[0] for words in sets)
            words = sets[0] if one_product else frozenset({str(claim.value).casefold()})
            yield Exposure(story, words, claim.certainty != "possible", claims=(claim,))


def _themes(exposures: Sequence[Exposure]) -> Iterator[tuple[frozenset[str], list[Exposure]]]:
    """Exposures under the fullest set of words that holds theirs; one that fits two such sets ("Microsoft") stands alone."""
    sets = sorted({e.words for e in exposures if e.words}, key=lambda w: (-len(w), sorted(w)))
    by_word: dict[str, set[frozenset[str]]] = defaultdict(set)
    home: dict[frozenset[str], frozenset[str]] = {}
    for words in sets:
        holders = set.intersection(*(by_word[word] for word in words))
        home[words] = next(iter(holders)) if len(holders) == 1 else words
        if not holders:
            for word in words:
                by_word[word].add(words)
    groups: dict[frozenset[str], list[Exposure]] = defaultdict(list)
    for exposure in exposures:
        if exposure.words:
            groups[home[exposure.words]].append(exposure)
    yield from sorted(groups.items(), key=lambda item: sorted(item[0]))


def _own_incidents(group: Sequence[Exposure], stories: Sequence[Story]) -> list[Exposure]:
    """The incidents of the theme's suppliers themselves, where they tell of the product or of a CVE that is exploited."""
    suppliers = {e.supplier for e in group if e.supplier}
    there = {e.story.incident for e in group}
    theme = frozenset(word for e in group for c in e.claims if c.property == "product" for word in product_words(str(c.value)))
    cves = {c.value for e in group for c in e.story.values("cve")}
    found = []
    for story in stories:
        if story.incident in there or not story.victims & suppliers:
            continue
        own = frozenset(word for c in story.values("product") for word in product_words(str(c.value)))
        if own & theme or {c.value for c in story.values("cve")} & cves:
            found.append(Exposure(story, frozenset(), True))
    return found


def _windows(group: Sequence[Exposure]) -> Iterator[list[Exposure]]:
    """A theme's exposures cut where nothing happened for long; undated ones go with the only window there is."""
    told = any(e.named or any(c.property in ("product", "cve") for c in e.claims) for e in group)
    longest = days("campaign_gap" if told else "supplier_gap")
    dated = sorted(((span(e.story.date), e) for e in group if e.story.date), key=lambda item: (item[0], item[1].story.incident))
    exact = [(when, e) for when, e in dated if when[1] - when[0] <= VAGUE_DAYS]
    windows: list[tuple[Span, list[Exposure]]] = []
    for when, exposure in exact:
        if not windows or gap(windows[-1][0], when) > longest:
            windows.append((when, [exposure]))
        else:
            (first, last), there = windows[-1]
            windows[-1] = ((first, max(last, when[1])), [*there, exposure])
    for when, exposure in dated:
        if when[1] - when[0] > VAGUE_DAYS:
            _place(windows, when, exposure)
    undated = [e for e in group if not e.story.date]
    if len(windows) == 1:
        windows[0][1].extend(undated)
    elif undated:
        yield undated
    yield from (there for _, there in windows)


def _place(windows: list[tuple[Span, list[Exposure]]], when: Span, exposure: Exposure) -> None:
    """Puts an exposure of a vague date ("2021") into the first window that it may lie in, else into one of its own."""
    there = next((exposures for window, exposures in windows if gap(window, when) == 0), None)
    if there is None:
        windows.append((when, [exposure]))
    else:
        there.append(exposure)


def _campaign(theme: frozenset[str], window: Sequence[Exposure], organisations: Mapping[str, str]) -> Campaign | None:
    sure = [e for e in window if e.sure]
    members = {e.story.incident: e.story for e in sure}
    if not any(e.named for e in sure) and (len(members) < 2 or len({s.victims for s in members.values()}) < 2):
        return None
    if not any(e.words for e in sure):
        return None
    named = [c for e in sure if e.named for c in e.claims]
    title = _title(sure, named, organisations)
    dates = sorted(d for s in members.values() if (d := best_date(s.claims, ("occurred_from",)))) or sorted(
        s.date for s in members.values() if s.date
    )
    when = list(dict.fromkeys(in_words(d) for d in (dates[0], dates[-1]))) if dates else []
    name = ", ".join([title, " – ".join(when)] if when else [title])
    possible = tuple(sorted({e.story.incident for e in window if not e.sure} - members.keys()))
    aliases = tuple(sorted({str(c.value) for c in named} - {title}))
    return Campaign(" ".join(sorted(theme)), name, aliases, tuple(sorted(members)), possible)


def _title(sure: Sequence[Exposure], named: Sequence[Claim], organisations: Mapping[str, str]) -> str:
    """Supplier and product in the words most used for them, or the name that sources give the campaign."""
    products = [c for e in sure for c in e.claims if c.property == "product"]
    suppliers = Counter(e.supplier for e in sure if e.supplier)
    supplier = min(suppliers, key=lambda s: (-suppliers[s], s)) if suppliers else None
    maker = organisations.get(supplier, "") if supplier else ""
    if not products:
        return maker or (best_form(named) if named else _commonest_vulnerability(sure))
    uses = Counter(text for text, _ in sorted({(str(c.value), c.document) for c in products}))
    product = min(uses, key=lambda text: (-uses[text], len(text), text))
    return product if not maker or _telling(maker) <= _telling(product) else f"{maker} {product}"


def _commonest_vulnerability(sure: Sequence[Exposure]) -> str:
    uses = Counter(str(c.value) for e in sure for c in e.claims if c.property == "cve")
    return min(uses, key=lambda cve: (-uses[cve], cve))


def product_words(product: str) -> frozenset[str]:
    """The words of a product's name, and the initials by which three or more of them in a row may be called."""
    words = [w for w in parse(product).key.split() if w not in _empty()]
    runs: Iterable[list[str]] = (words[i:j] for i in range(len(words)) for j in range(i + SHORTEST_ACRONYM, len(words) + 1))
    return frozenset(words) | frozenset("".join(w[0] for w in run) for run in runs)


def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell which it is: "the January attack" has none."""
    return frozenset(w for w in parse(name).key.split() if w not in _empty() and not w.isdigit()) if name else frozenset()


@cache
def _empty() -> frozenset[str]:
    table = toml_file("resolve_names.toml")
    return frozenset((*table["campaign_words"], *table["joining"], *table["corporate"], *(month.casefold() for month in MONTHS)))
