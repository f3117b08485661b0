"""Connections for fetching: to checked addresses only, and never longer than until a deadline."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from breachbook.errors import FetchError
from breachbook.ingest.addresses import checked

MOST_READ = 65_536
"""Bytes of one read, so that the deadline is looked at often."""


class Deadline:
    """A moment (of `time.monotonic`) after which nothing of a fetch goes on; one is set for each fetch. `patience` is how many
    seconds a host may be silent."""

    def __init__(self, patience: float) -> None:
        self.at = float("inf")
        self._patience = patience

    def left(self) -> float:
        """Seconds left.

        Raises:
            FetchError: none are.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise FetchError("timeout", "it took longer than the time limit (BREACHBOOK_FETCH_TIMEOUT)")
        return left

    def step(self) -> float:
        """Seconds that one step may take: those left, and no more than the patience with a silent host, so that it can be asked again.

        Raises:
            FetchError: none are left.
        """
        return min(self.left(), self._patience)


class _Stream(httpcore.NetworkStream):
    """A connection each step of which waits until the deadline at most: a host that sends a byte a second gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(min(max_bytes, MOST_READ), self._deadline.step())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.step())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.step()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Resolves a host, checks its addresses, and connects to the very address that it checked: a name that changes its address
    between check and connection (DNS rebinding) gains nothing."""

    def __init__(self, deadline: Deadline, allow_private: bool) -> None:
        self._deadline, self._allow_private = deadline, allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = checked(host, port, self._deadline.left(), allow_private=self._allow_private)
        for number, address in enumerate(addresses[:4], 1):
            try:
                return _Stream(
                    self._backend.connect_tcp(address, port, self._deadline.step(), local_address, socket_options), self._deadline
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == min(4, len(addresses)):
                    raise
        raise httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise FetchError("bad_url", "sockets of this machine are not fetched from")


class _Body(httpx.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class CheckedTransport(httpx.BaseTransport):
    """A transport of httpx whose every connection is checked and bounded. It uses no proxy: a proxy would choose the address."""

    def __init__(self, deadline: Deadline, *, allow_private: bool = False) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), max_keepalive_connections=0, network_backend=_Backend(deadline, allow_private)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request and gives the answer, its body still to come."""
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=b"", extensions=request.extensions)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions)

    def close(self) -> None:
        """Closes the connections."""
        self._pool.close()
