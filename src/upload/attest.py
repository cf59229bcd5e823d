"""Makes publish attestations (PEP 740) for files, with the CI's identity: PLAN OUT.

PLAN is a JSON file with the files of the working folder and where the CI hands out identities to whoever shows
IDENTITY. The one that is asked for here is good for Sigstore alone, and shown to nobody else.
"""

import json
import logging
import os
import pathlib
import sys
import urllib.parse

from asking import Secrets, TooLong, no_longer_than, one_line
from pypi_attestations import Attestation, Distribution
from sigstore.models import ClientTrustConfig
from sigstore.oidc import IdentityToken
from sigstore.sign import SigningContext

from upload import Refused, ask, claims, text_in

# Whom Sigstore's certificates are made for, and where it is.
AUDIENCE = "sigstore"
HOST = ".sigstore.dev"
# All of it, however slowly the services answer.
PATIENCE = 180


def identity_for_sigstore(plan: dict, bearer: str, secrets: Secrets) -> str:
    headers = {"Authorization": f"Bearer {bearer}"}
    asked = {"params": {"audience": AUDIENCE}, "headers": headers}
    identity = text_in(ask("GET", plan["identityUrl"], **asked), "value", "the CI")
    secrets.hide(identity, "")
    audience = claims(identity).get("aud")
    if audience not in (AUDIENCE, [AUDIENCE]):
        raise Refused(
            f"the CI was asked for an identity for `{AUDIENCE}`, and answered with one that is meant for `{audience}`",
            denied=False,
        )
    return identity


def may_be_shown(url: str) -> bool:
    """Whether an identity for Sigstore goes there: what opens the one service is for no other."""
    parts = urllib.parse.urlsplit(url)
    return parts.scheme == "https" and f".{parts.hostname}".endswith(HOST)


def attest(plan: dict, identity: str, out: pathlib.Path) -> None:
    config = ClientTrustConfig.production()
    # What indexes read so far are entries of this version of the log.
    config.force_tlog_version = 1
    authority = config.signing_config.get_fulcio().url
    if not may_be_shown(authority):
        raise Refused(
            f"certificates are made at {authority}, which is not Sigstore's",
            denied=False,
        )
    out.mkdir(parents=True, exist_ok=True)
    context = SigningContext.from_trust_config(config)
    with context.signer(IdentityToken(identity), cache=True) as signer:
        for name in plan["files"]:
            made = Attestation.sign(signer, Distribution.from_file(pathlib.Path(name)))
            path = out / f"{name}.publish.attestation"
            path.write_text(made.model_dump_json())


def main() -> None:
    # What it is sent may be told by any of the libraries.
    logging.disable()
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    secrets = Secrets()
    bearer = os.environ["IDENTITY"]
    secrets.hide(bearer, "")
    cause = None
    try:
        identity = identity_for_sigstore(plan, bearer, secrets)
        with no_longer_than(PATIENCE):
            attest(plan, identity, pathlib.Path(sys.argv[2]))
    except TooLong:
        cause = f"Sigstore did not answer within {PATIENCE} s"
    except Refused as error:
        cause = str(error)
    # Three services and their libraries, each with errors of its own.
    except Exception as error:  # noqa: BLE001
        cause = f"Sigstore: {error or type(error).__name__}"
    json.dump({"refused": cause and one_line(secrets.redact(cause))}, sys.stdout)


if __name__ == "__main__":
    main()
