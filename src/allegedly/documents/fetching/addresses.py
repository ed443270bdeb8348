"""Which addresses may be fetched: those of the public internet, unless somebody allows others."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

_PORTS: Final = {"http": 80, "https": 443}


class RefusedAddressError(ValueError):
    """An address that is not fetched; the message says why."""


def parts_of(address: str) -> tuple[SplitResult, int]:
    """The parts of a web address and its port; raises RefusedAddressError for any other kind."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise RefusedAddressError(f"not an address: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise RefusedAddressError(f"not a web address: {address[:200]}")
    if parts.username or parts.password:
        raise RefusedAddressError("an address with a name or password in it")
    if any(ord(char) <= ord(" ") or ord(char) > 126 for char in address):  # noqa: PLR2004  # ASCII
        raise RefusedAddressError("an address with characters that must be encoded")
    return parts, port or _PORTS[parts.scheme]


def resolve(host: str, port: int, *, private: bool) -> list[str]:
    """The IP addresses of a host; raises RefusedAddressError where one of them is not public.

    The caller connects to these and asks no name server again, so that a name which answers
    differently the second time gains nothing. `private` allows any. OSError where there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not (private or _public(address)):
            raise RefusedAddressError(
                f"{host} is at {address}, a private address; --allow-private allows it"
            )
    return addresses


def _public(address: str) -> bool:
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    inner = ip.ipv4_mapped or ip.sixtofour if isinstance(ip, IPv6Address) else None
    if isinstance(ip, IPv6Address) and ip.teredo:
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, inner) if one is not None)
