"""A graph on a SPARQL 1.1 server: queries sent there, graphs fetched from there and pushed."""

from ...errors import EXTRA, EndpointError

try:
    import httpx as _  # noqa: F401
except ImportError:
    raise EndpointError(
        "endpoints need httpx, which is not installed", EXTRA.format("endpoint")
    ) from None
