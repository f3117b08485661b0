"""Which addresses are public."""

from __future__ import annotations

import time

import pytest

from breachbook.errors import FetchError
from breachbook.ingest import addresses

PRIVATE = """
127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.31.0.1 192.168.0.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.192 192.88.99.1
198.18.0.1 192.0.2.1 224.0.0.251 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 fe80::1 fe80::1%eth0 fc00::1
fd00:ec2::254 ff02::1 2001:db8::1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::101:101 2002:a00:1::
2002:101:101:: x 256.1.1.1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private(address):
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public(address):
    assert addresses.is_public(address)


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    monkeypatch.setattr(addresses, "resolve", lambda *_: ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(FetchError) as caught:
        addresses.checked("x.example", 80, 1)
    assert caught.value.code == "private_address"


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch):
    def hang(*_: object, **__: object) -> list[object]:
        time.sleep(1)
        return []

    monkeypatch.setattr(addresses.socket, "getaddrinfo", hang)
    with pytest.raises(FetchError) as caught:
        addresses.checked("x.example", 80, 0.05)
    assert caught.value.code == "timeout"
