"""Which addresses of the network may be fetched from: public ones only."""

from __future__ import annotations

import ipaddress
import socket
from queue import Empty, Queue
from threading import Thread

from breachbook.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

SERVICES_OF_CLOUDS = frozenset({ipaddress.ip_address("168.63.129.16")})
"""Public addresses at which a cloud's machines find its own services (Azure's wire server); others' are link-local or private."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER = tuple(
    ipaddress.ip_network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)
"""Networks for special uses that not every Python release counts as such, and IPv6 networks that tunnel to IPv4 (6to4, Teredo)."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network: not private, loopback, link-local, shared (RFC 6598), multicast,
    reserved, or a cloud's own service. An IPv6 address that stands for an IPv4 address (mapped, NAT64) is judged by that."""
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in SERVICES_OF_CLOUDS or any(ip in network for network in _NEVER):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def resolve(host: str, port: int, timeout: float) -> list[str]:
    """The addresses of a host, in the system's order.

    Raises:
        FetchError: there is no such host, or no answer within `timeout` seconds.
    """
    answers: Queue[list[str] | OSError | UnicodeError] = Queue(1)

    def ask() -> None:
        try:
            answers.put([str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # The system's resolver knows no time limit, so it is asked aside; a late answer is thrown away.
    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, timeout))
    except Empty:
        raise FetchError("timeout", "its name was not resolved in time", subject=host) from None
    if isinstance(answer, list) and answer:
        return answer
    raise FetchError("network_error", "there is no such host, or no network", subject=host)


def checked(host: str, port: int, timeout: float, *, allow_private: bool = False) -> list[str]:
    """The addresses of a host to connect to, all of them checked.

    Raises:
        FetchError: one of them is not public (all must be: which one is used is not for the host to choose), or none is found.
    """
    found = resolve(host, port, timeout)
    if not allow_private:
        for address in found:
            if not is_public(address):
                raise FetchError("private_address", f"{host} is {address}, which is not a public address", subject=host)
    return found
