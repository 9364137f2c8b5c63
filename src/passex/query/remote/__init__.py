"""A graph on a SPARQL 1.1 server: queries sent there, graphs fetched from there and pushed."""

from ...errors import EndpointError

try:
    import httpx as _  # noqa: F401
except ImportError:
    raise EndpointError(
        "endpoints need httpx, which is not installed", "pip install 'passex[endpoint]'"
    ) from None
