"""Tests speak to this computer only."""

import ipaddress
import socket
from typing import Any

import pytest


class NetworkForbidden(AssertionError):
    """A test tried to reach another computer."""


def keep_to_loopback(patch: pytest.MonkeyPatch) -> None:
    """From now on a connection to anywhere else raises NetworkForbidden."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        _refuse(self, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _refuse(self, address)
        return connect_ex(self, address)

    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket.socket, "connect_ex", guarded_ex)


def _refuse(asking: socket.socket, address: Any) -> None:
    if asking.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
        raise NetworkForbidden(f"a test wanted to connect to {address[0]}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", "localhost.localdomain"}
