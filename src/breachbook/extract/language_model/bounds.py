"""Keeps an answer within bytes and seconds, however the endpoint sends it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx

MOST_BYTES = 2_000_000
"""Bytes of an answer; a record of five incidents with all its quotes has about 30,000."""


class TooMuchError(httpx.RequestError):
    """An answer is longer than `MOST_BYTES`, or comes packed, so that its length cannot be told."""


class _Bounded(httpx.SyncByteStream):
    """A body that ends with an error at `MOST_BYTES`, or `seconds` after it began."""

    def __init__(self, stream: httpx.SyncByteStream, request: httpx.Request, seconds: float) -> None:
        self._stream, self._request = stream, request
        self._deadline, self._seconds = time.monotonic() + seconds, seconds

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise TooMuchError("too long", request=self._request)
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("too slow", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()


def bounded_client(seconds: float) -> httpx.Client:
    """A client that follows no redirect, so that a document's text goes nowhere but to the endpoint, and bounds every answer."""
    return httpx.Client(
        timeout=seconds, follow_redirects=False, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_bound(seconds)]}
    )


def _bound(seconds: float) -> Callable[[httpx.Response], None]:
    def bound(response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise TooMuchError("it comes packed", request=response.request)
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Bounded(response.stream, response.request, seconds)

    return bound
