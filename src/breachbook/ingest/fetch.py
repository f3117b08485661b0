"""Polite, bounded fetching of reports by URL."""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import stamina

from breachbook import __version__
from breachbook.errors import FetchError
from breachbook.ingest import robots
from breachbook.ingest.connect import CheckedTransport, Deadline
from breachbook.settings import Settings

MOST_REDIRECTS = 5
"""Redirects that are followed, as RFC 9309 has it for robots.txt; each is checked as the first URL was."""
ATTEMPTS = 3
"""How often a fetch is tried in all."""
LONGEST_WAIT = 10.0
"""Seconds that a site's Retry-After is waited for at most; one that asks for more is left alone."""
TRIED_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Answers that may be another one a moment later."""
ACCEPTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,application/pdf,text/plain,*/*;q=0.5"
)

_PIECE = 65_536

# It reports every new attempt; what became of a fetch is said once, by its refusal.
logging.getLogger("stamina").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave with its last answer, to ask whether it has changed since (RFC 9110, 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the URL it came from in the end, its bytes, its media type and validators. `cut` is the reason code when the bytes end
    early (`too_large`, `timeout`): what came before may still hold whole items."""

    url: str
    data: bytes
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    cut: str | None = None


class _AgainError(Exception):
    """An attempt failed in a way that may pass; `after` is how many seconds the site asked to wait."""

    def __init__(self, error: FetchError, after: float | None = None) -> None:
        super().__init__(error.reason)
        self.error, self.after = error, after


class Fetcher:
    """Fetches over http and https, and nothing else: public addresses only, checked at every connection and redirect; within
    `fetch_timeout` seconds and `fetch_limit` bytes; as robots.txt allows (read once a host); again after errors that may pass.

    Args:
        settings: limits and contact.
        allow_private: for tests on this machine only: private addresses are let through.
        back_off: seconds before the second attempt, doubled for the third.
    """

    def __init__(self, settings: Settings, *, allow_private: bool = False, back_off: float = 0.5) -> None:
        self._limit, self._seconds, self._back_off = settings.fetch_limit, settings.fetch_timeout, back_off
        self._deadline = Deadline(self._seconds / ATTEMPTS)
        self._robots: dict[str, robots.Robots] = {}
        contact = f" (+{settings.contact})" if settings.contact else ""
        self.user_agent = f"Breachbook/{__version__}{contact}"
        self._client = httpx.Client(
            transport=CheckedTransport(self._deadline, allow_private=allow_private), trust_env=False, follow_redirects=False,
            headers={"User-Agent": self.user_agent, "Accept": ACCEPTED, "Accept-Encoding": "gzip, deflate"},
        )  # fmt: skip

    def get(self, url: str, validators: Validators | None = None) -> Fetched | None:
        """What stands at a URL; None when it has not changed since the validators were given.

        Raises:
            FetchError: it may not or could not be fetched, with the reason code.
        """
        self._deadline.at = time.monotonic() + self._seconds
        conditions = _conditions(validators)
        for _ in range(MOST_REDIRECTS + 1):
            parsed = _checked_url(url)
            self._obey_robots(parsed)
            answer = self._tried(parsed, conditions)
            if not isinstance(answer, str):
                return answer
            url = urljoin(url, answer)
        raise FetchError("too_many_redirects", f"it leads on more than {MOST_REDIRECTS} times", subject=url)

    def _tried(self, url: httpx.URL, conditions: Mapping[str, str]) -> Fetched | str | None:
        """The answer to a request, tried again where that may help; a string is where it redirects to."""
        left = self._deadline.left()
        try:
            for attempt in stamina.retry_context(
                on=self._wait,
                attempts=ATTEMPTS,
                timeout=left,
                wait_initial=self._back_off,
                wait_max=LONGEST_WAIT,
                wait_jitter=self._back_off,
            ):
                with attempt:
                    return self._once(url, conditions)
        except _AgainError as failed:
            raise failed.error from None
        raise FetchError("network_error", "it could not be reached", subject=str(url))

    def _wait(self, error: Exception) -> bool | float:
        """Whether an attempt is made again, and after how long."""
        if not isinstance(error, _AgainError):
            return False
        if error.after is None:
            return True
        return False if error.after > min(LONGEST_WAIT, self._deadline.left()) else error.after

    def _once(self, url: httpx.URL, conditions: Mapping[str, str]) -> Fetched | str | None:
        with _as_fetch_errors(url), self._client.stream("GET", url, headers=dict(conditions)) as answer:
            if answer.status_code == 304 and conditions:
                return None
            if answer.is_redirect:
                return answer.headers["location"]
            if not answer.is_success:
                error = FetchError("http_error", f"it answered {answer.status_code}", subject=str(url))
                raise _AgainError(error, _retry_after(answer)) if answer.status_code in TRIED_AGAIN else error
            data, cut = self._body(answer, self._limit)
            media_type = answer.headers.get("content-type")
            return Fetched(str(url), data, media_type, answer.headers.get("etag"), answer.headers.get("last-modified"), cut)

    def _body(self, answer: httpx.Response, limit: int) -> tuple[bytes, str | None]:
        """The unpacked body as far as the limits of size and time, and the reason code where one of them ended it."""
        coding = answer.headers.get("content-encoding", "identity").strip().lower() or "identity"
        if coding not in ("identity", "gzip", "x-gzip", "deflate"):
            raise FetchError("http_error", f"it answered in the coding {coding[:20]!r}, which was not asked for", subject=str(answer.url))
        pieces, size = list[bytes](), 0
        try:
            for piece in _unpacked(answer.iter_raw(_PIECE), coding):
                pieces.append(piece[: limit - size])
                size += len(piece)
                if size > limit:
                    return b"".join(pieces), "too_large"
        except FetchError as error:
            if error.code != "timeout" or not pieces:
                raise
            return b"".join(pieces), "timeout"
        return b"".join(pieces), None

    def _obey_robots(self, url: httpx.URL) -> None:
        """Holds a URL against its host's robots.txt.

        Raises:
            FetchError: it asks us not to fetch it, or cannot be read for an error of the site (RFC 9309, 2.3.1.4).
        """
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        if not self._robots[site].allows(url.raw_path.decode("ascii")):
            raise FetchError(
                "robots", f"{site}/robots.txt asks programs not to fetch it; save it by hand and add the file", subject=str(url)
            )

    def _read_robots(self, site: str) -> robots.Robots:
        url = f"{site}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._tried(_checked_url(url), {})
            except FetchError as error:
                if error.code == "http_error" and error.reason.startswith("it answered 4") and not error.reason.endswith("429"):
                    return robots.Robots()
                if error.code == "http_error":  # a site that cannot be reached at all says so itself
                    raise FetchError("robots", f"its robots.txt cannot be read ({error.reason}); try again later", subject=site) from None
                raise
            if not isinstance(answer, str):
                data = answer.data[: robots.MOST_BYTES] if answer is not None else b""
                return robots.parse(data.decode("utf-8", "replace").removeprefix("\ufeff"))
            url = urljoin(url, answer)
        return robots.Robots()

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _checked_url(url: str) -> httpx.URL:
    """A URL that may be asked for: http or https, with a host, without a password; its fragment dropped.

    Raises:
        FetchError: it is not one.
    """
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
        port = urlsplit(str(parsed)).port
    except (httpx.InvalidURL, ValueError, TypeError):
        raise FetchError("bad_url", "it is not a URL", subject=url[:200]) from None
    if parsed.scheme not in ("http", "https") or not parsed.host or port == 0:
        raise FetchError("bad_url", "only http:// and https:// URLs with a host are fetched", subject=url[:200])
    if parsed.userinfo:
        raise FetchError("bad_url", "URLs with a name or password in them are not fetched", subject=parsed.host)
    return parsed


def _conditions(validators: Validators | None) -> dict[str, str]:
    """The head lines of a conditional request."""
    if validators is None:
        return {}
    pairs = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: value for name, value in pairs if value and value.isascii() and value.isprintable()}


def _retry_after(answer: httpx.Response) -> float | None:
    """The seconds that a site asks to wait, by number or by date; None when it does not say."""
    written = answer.headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _unpacked(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """The body's pieces, unpacked, none larger than `_PIECE`, so that a bomb is seen before it goes off."""
    if coding == "identity":
        yield from pieces
        return
    unpacker = None
    for packed in pieces:
        if unpacker is None:
            # "deflate" is zlib's format by the standard, and the bare one on some servers.
            bare = coding == "deflate" and (packed[0] & 0x0F) != 8
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS if bare else 32 + zlib.MAX_WBITS)
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail


@contextmanager
def _as_fetch_errors(url: httpx.URL) -> Iterator[None]:
    """Names the failures of the network by our reason codes."""
    place = str(url)
    try:
        yield
    except FetchError as error:
        raise FetchError(error.code, error.reason, subject=error.subject or place) from None
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise _AgainError(FetchError("timeout", "it took too long to answer", subject=place)) from None
    except (httpx.TransportError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise _AgainError(FetchError("network_error", str(error) or type(error).__name__, subject=place)) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.UnsupportedProtocol, zlib.error, ValueError) as error:
        raise FetchError("network_error", f"its answer breaks the protocol ({error})", subject=place) from None
