"""Which Sigstore signs and is believed: the public one, or one of one's own.

What is known of the latter is text as `sigstore --trust-config` takes it: its roots, and where its services are.
"""

import urllib.parse

from sigstore.models import ClientTrustConfig

# Whom the public one's certificates are made for, and where it is.
PUBLIC = "sigstore"
HOST = ".sigstore.dev"


class Untrusted(Exception):
    """Nobody knows whom to believe, in words."""


def trust(config: "str | None") -> None:
    """From here on, nothing but this is believed, where it is given: not even what the public one signed."""
    if config is None:
        return
    try:
        own = ClientTrustConfig.from_json(config)
    except ValueError as error:
        raise Untrusted(
            f"`sigstore` of the index names no client trust config: {error}"
        ) from error

    def instead(_class, offline: bool = False) -> ClientTrustConfig:
        return own

    # What makes and verifies attestations asks for the public one, and can be told of no other.
    ClientTrustConfig.production = classmethod(instead)


def audience_at(url: str) -> str:
    """Whom an identity is for that may be shown there: no other service than the public one gets what opens that."""
    host = urllib.parse.urlsplit(url).hostname or ""
    return PUBLIC if f".{host}".endswith(HOST) else host


def may_be_shown(url: str, audience: str, near: "str | None" = None) -> bool:
    """Whether an identity goes there: in the open only to the host that a service of this machine stands in for."""
    parts = urllib.parse.urlsplit(url)
    own = audience_at(url) != PUBLIC and parts.hostname == near
    return audience == audience_at(url) and (parts.scheme == "https" or own)
