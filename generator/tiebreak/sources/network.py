"""Connects to hosts by addresses that were checked, so that no name, redirect or second answer leads elsewhere."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address

import httpx

from tiebreak.sources.addresses import is_public

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]  # a host's IP addresses, the best first; raises OSError


class RefusedAddressError(Exception):
    """A host that lies only at addresses that may not be asked."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system resolves its name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """Resolves each name once for each request, and connects to the very addresses that were checked.

    Certificates are those of the name. No connection is used twice: two hosts may lie at one address. It has no
    cookies, no proxy and no passwords.
    """

    def __init__(self, *, allow_private: bool = False, resolve: Resolve = resolve) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises RefusedAddressError, OSError for a name that leads nowhere, and httpx.TransportError."""
        host = request.url.raw_host.decode()
        addresses = await self._addresses(
            host.strip("[]"), request.url.port or (443 if request.url.scheme == "https" else 80)
        )
        for place, address in enumerate(addresses, 1):
            try:
                return await self._inner.handle_async_request(_addressed(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise OSError(f"{host} has no address")

    async def _addresses(self, host: str, port: int) -> list[str]:
        found = [_shortened(address) for address in await self._resolve(host, port)]
        allowed = [address for address in found if self._allow_private or is_public(address)]
        if found and not allowed:
            raise RefusedAddressError(f"{host} lies at {found[0]}, which is not a public address")
        return allowed

    async def aclose(self) -> None:
        await self._inner.aclose()


def _shortened(address: str) -> str:
    """The address without what is not part of it: the name of a network card."""
    return str(ip_address(address.partition("%")[0]))


def _addressed(request: httpx.Request, host: str, address: str) -> httpx.Request:
    """The same request to an address of its host."""
    url = request.url.copy_with(host=address)
    extensions = {**request.extensions, "sni_hostname": host.strip("[]")}
    return httpx.Request(request.method, url, headers=request.headers, extensions=extensions)
