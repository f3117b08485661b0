"""Serving: a taken port is said plainly, with the way out."""

from __future__ import annotations

import socket

import pytest

from breachbook.errors import SettingsError
from breachbook.serve import server


def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="--port") as caught:
            server.listen("127.0.0.1", port)
    assert f"127.0.0.1:{port}" in str(caught.value)


def test_a_foreign_address_is_said() -> None:
    with pytest.raises(SettingsError, match="--host"):
        server.listen("192.0.2.1", 8000)


def test_urls() -> None:
    with server.listen("127.0.0.1", 0) as bound:
        assert server.address_url(bound, "127.0.0.1") == f"http://127.0.0.1:{bound.getsockname()[1]}"
        assert server.address_url(bound, "::1").startswith("http://[::1]:")


def test_loopback() -> None:
    assert all(map(server.is_loopback, ("127.0.0.1", "::1", "localhost")))
    assert not any(map(server.is_loopback, ("0.0.0.0", "192.168.0.2", "book.example.org")))
