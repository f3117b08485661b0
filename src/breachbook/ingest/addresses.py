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

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network: not private, loopback, link-local, shared (RFC 6598), multicast, reserved, a
    cloud's own service, or an IPv6 address that carries such an IPv4 address in it."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(each) for each in (ip, *_carried(ip)))


def _is_public(ip: Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified) and ip not in SERVICES_OF_CLOUDS


def _carried(ip: Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses in an IPv6 address: mapped, 6to4, Teredo, NAT64, and the old compatible form."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found = [part for part in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if part is not None]
    if any(ip in network for network in (*_NAT64, _COMPATIBLE)):
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return found


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
