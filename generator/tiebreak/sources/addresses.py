"""Which addresses of the network may be asked: public ones only, however a name or another address leads to them."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_TRANSLATED = IPv6Network("64:ff9b::/96")  # IPv4 behind NAT64
_COMPATIBLE = IPv6Network("::/96")  # IPv4 as it was once written in IPv6


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody can reach: neither private nor local, nor of a group."""
    found = ip_address(address.partition("%")[0])
    return all(
        one.is_global and not one.is_multicast and not one.is_reserved and not _is_local(one) for one in _all(found)
    )


def _is_local(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is of a site, as IPv6 once had them, which `is_global` does not know."""
    return isinstance(address, IPv6Address) and address.is_site_local


def _all(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address, or the IPv4 addresses in it, to which packets go in the end."""
    if isinstance(address, IPv4Address):
        return [address]
    if address in _TRANSLATED or address in _COMPATIBLE:
        return [IPv4Address(int(address) & 0xFFFF_FFFF)]
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [one for one in inner if one is not None] or [address]
