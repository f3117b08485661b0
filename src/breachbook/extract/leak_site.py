"""A listing on a leak site: the attacker names a victim (by name or domain) in a heading, often with little else."""

from __future__ import annotations

import re

from breachbook.extract.context import Context, Finding
from breachbook.extract.story import Actor, Incident, Mention, Organisation, Story

LONGEST_NAME = 120

_DOMAIN = re.compile(r"(?<![\w@.])((?:[\w-]{1,63}\[?\.\]?){1,4}[a-z]{2,12})(?![\w@])", re.IGNORECASE)
_NOISE = re.compile(
    r"\s*(?:[|•·»—–].*|\(?(?:full |part )?(?:leak(?:ed)?|published|data leak|new victim|hacked|files?|archive|update)s?\b.*"
    r"|\*[^*]{1,40}\*|[.,:]? part \d{1,2}\b.*|\.{3,}|…+)$",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:['’]s)?\s+(?:(?:data )?leak|shame|extortion|onion|dark ?web)?\s*(?:site|blog|page|portal)$", re.IGNORECASE)
"""What a publisher's name says beyond the group's."""
_LEAD = re.compile(r"^(?:new victim|victim|company|target|client|name)\s*[:\-–]\s*|^https?://(?:www\.)?", re.IGNORECASE)


def listing(context: Context) -> Story:
    """The story that a leak site's post tells: one victim, named by the heading; the site's group as the attacker."""
    first = context.sentences[0]
    story = Story(Finding("relevant", True, first.start, first.end, "stated"))
    incident = Incident()
    victim = named_victim(context.text, first.start, min(first.end, first.start + LONGEST_NAME))
    if victim:
        domain = _DOMAIN.search(context.text, first.start, min(len(context.text), first.start + 2000))
        if domain and not victim.facts:
            victim.facts.append(_domain(domain))
        story.organisations.append(victim)
        incident.victims.append(0)
    group = _SITE.sub("", context.document.publisher or "").strip()
    if group:
        at = context.text.lower().find(group.lower())
        span = (at, at + len(group)) if at >= 0 else (first.start, first.end)
        story.actors.append(Actor(group, (), [Finding("actor", group, *span)]))
        incident.actors.append(0)
    incident.own.append(Finding("claimed", True, first.start, first.end))
    story.incidents.append(incident)
    return story


def named_victim(text: str, start: int, end: int) -> Organisation | None:
    """The victim that a post's heading, `text[start:end]`, names, without what such headings add to a name; None when nothing is left."""
    end = min(end, start + LONGEST_NAME)
    lead = _LEAD.match(text[start:end])
    first = start + (lead.end() if lead else 0)
    name = _NOISE.sub("", text[first:end]).rstrip(" .,;:-")
    if not name:
        return None
    victim = Organisation(name, first, first + len(name), mentions=(Mention(first, first + len(name), name),))
    if domain := _DOMAIN.search(text, first, end):
        victim.facts.append(_domain(domain))
    return victim


def _domain(found: re.Match[str]) -> Finding:
    value = found.group(1).replace("[", "").replace("]", "").lower().removeprefix("www.")
    return Finding("domain", value, found.start(1), found.end(1))
