"""Serves the book: binds the address first, so that a taken port is said plainly, then hands the socket to uvicorn."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from breachbook.errors import SettingsError
from breachbook.serve.app import create_app

if TYPE_CHECKING:
    from breachbook.pipeline import Book

BACKLOG = 256
"""Connections that may wait; more than one person's browser opens."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address.

    Raises:
        SettingsError: the address cannot be had; says what to do.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise SettingsError(f"no such address ({error.strerror}); choose another with --host", subject=host) from error
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        raise SettingsError(_reason(error, port), subject=f"{host}:{port}") from error
    return bound


def _reason(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"the port is taken by another program; choose another, such as --port {port + 1 if port < 65535 else 8000}"
    if error.errno == errno.EACCES:
        return "this port needs more rights; choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return "this machine has no such address; choose another with --host"
    return f"cannot be listened on ({error.strerror}); choose another with --host and --port"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def address_url(bound: socket.socket, host: str) -> str:
    """The URL of a bound socket."""
    return f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}"


def serve(book: Book, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serves the book until it is stopped (Ctrl-C, SIGTERM).

    Args:
        say: is told the URL once connections are accepted, and warned when others than this machine can reach it.

    Raises:
        SettingsError: the address cannot be had.
    """
    bound = listen(host, port)
    try:
        if not is_loopback(host):
            say(f"Note: everyone who can reach {host} can read this book; there is no log-in.")
        say(f"Breachbook is served on {address_url(bound, host)} (stop with Ctrl-C)")
        config = uvicorn.Config(create_app(book), log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[bound])
    finally:
        bound.close()
