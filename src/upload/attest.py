"""Makes publish attestations (PEP 740) for files, with the CI's identity: PLAN OUT.

PLAN is a JSON file with the files of the working folder, where the CI hands out identities to whoever shows IDENTITY,
and what is known of another Sigstore than the public one. The identity that is asked for here is good for that Sigstore
alone, and shown to nobody else.
"""

import json
import logging
import os
import pathlib
import sys

import requests
from asking import Bounded, Secrets, TooLong, no_longer_than, one_line, reason
from own_sigstore import PUBLIC, Untrusted, audience_at, may_be_shown, trust
from pypi_attestations import Attestation, Distribution
from sigstore.errors import Error, NetworkError, TUFError
from sigstore.models import ClientTrustConfig
from sigstore.oidc import ExpiredIdentity, IdentityError, IdentityToken
from sigstore.sign import SigningContext

from upload import PASSING, Refused, ask, claims, said_in, text_in

# All of it, however slowly the services answer.
PATIENCE = 180

# Of an answer; a certificate and an entry of the log have some 10 KiB.
LARGEST = 16 << 20


class Endless(Exception):
    pass


class Short(Bounded):
    """Reads no answer without an end, and says so."""

    def __init__(self) -> None:
        super().__init__(LARGEST)

    def send(self, request, **options) -> requests.Response:
        response = super().send(request, **options)
        if not options.get("stream") and len(response.content) >= LARGEST:
            raise Endless(f"{request.url} answers more than {LARGEST >> 20} MiB")
        return response


# The clients of Sigstore make sessions of their own, and nothing else leads to those.
requests.sessions.HTTPAdapter = Short


def audience(plan: dict) -> str:
    if plan.get("sigstore") is None:
        return PUBLIC
    return audience_at(ClientTrustConfig.production().signing_config.get_fulcio().url)


def identity_for(wanted: str, plan: dict, bearer: str, secrets: Secrets) -> str:
    headers = {"Authorization": f"Bearer {bearer}"}
    asked = {"params": {"audience": wanted}, "headers": headers}
    answer = ask("GET", plan["identityUrl"], whose="ci", **asked)
    identity = text_in(answer, "value", "the CI")
    secrets.hide(identity, "")
    found = claims(identity, "ci").get("aud")
    if found not in (wanted, [wanted]):
        raise Refused(
            f"the CI was asked for an identity for `{wanted}`, and answered with one that is meant for `{found}`",
            whose="ci",
        )
    return identity


def attest(plan: dict, wanted: str, identity: str, out: pathlib.Path) -> None:
    config = ClientTrustConfig.production()
    # What indexes read so far are entries of this version of the log.
    config.force_tlog_version = 1
    authority = config.signing_config.get_fulcio().url
    if not may_be_shown(authority, wanted, plan.get("near")):
        raise Refused(
            f"certificates are made at {authority}, where an identity for `{wanted}` is not shown: "
            "that takes https, and for the public Sigstore a host of its own",
            whose="sigstore" if plan.get("sigstore") is None else "trust",
        )
    out.mkdir(parents=True, exist_ok=True)
    context = SigningContext.from_trust_config(config)
    token = IdentityToken(identity, client_id=wanted)
    with context.signer(token, cache=True) as signer:
        for name in plan["files"]:
            made = Attestation.sign(signer, Distribution.from_file(pathlib.Path(name)))
            path = out / f"{name}.publish.attestation"
            path.write_text(made.model_dump_json())


def why(error: BaseException, own: bool) -> "tuple[str, str | None]":
    """What broke, and what is wrong where Sigstore need not be waited for."""
    if isinstance(error, Refused):
        return str(error), error.whose
    if isinstance(error, (IdentityError, ExpiredIdentity)):
        told = [reason(each) for each in (error, error.__cause__) if each]
        return f"the identity that the CI handed out: {': '.join(told)}", "ci"
    # Of what it reads of a configuration, its client raises nothing more exact.
    if isinstance(error, Untrusted) or (own and type(error) is Error):
        return f"Sigstore: {reason(error)}", "trust"
    response = response_behind(error)
    if response is not None:
        told = f"{response.url} answers {response.status_code}: {said_in(response)}"
        return told, None if response.status_code in PASSING else "sigstore"
    away = isinstance(error, (requests.RequestException, NetworkError, TUFError))
    passing = away and not isinstance(error, ValueError)
    return f"Sigstore: {reason(error)}", None if passing else "sigstore"


def response_behind(error: "BaseException | None") -> "requests.Response | None":
    """The answer that something broke at: its client tells of most of them nothing but their kind."""
    while error is not None:
        if isinstance(error, requests.HTTPError):
            return error.response
        error = error.__cause__ or error.__context__
    return None


def main() -> None:
    # What it is sent may be told by any of the libraries.
    logging.disable()
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    secrets = Secrets()
    bearer = os.environ["IDENTITY"]
    secrets.hide(bearer, "")
    cause = whose = None
    try:
        trust(plan.get("sigstore"))
        wanted = audience(plan)
        identity = identity_for(wanted, plan, bearer, secrets)
        with no_longer_than(PATIENCE):
            attest(plan, wanted, identity, pathlib.Path(sys.argv[2]))
    except TooLong:
        cause = f"Sigstore did not answer within {PATIENCE} s"
    # Three services and their libraries, each with errors of its own.
    except Exception as error:  # noqa: BLE001
        cause, whose = why(error, plan.get("sigstore") is not None)
    told = cause and one_line(secrets.redact(cause))
    json.dump({"refused": told, "whose": whose}, sys.stdout)


if __name__ == "__main__":
    main()
