"""Reads what an index says of who published files, and verifies it: PLAN.

PLAN is a JSON file with the simple index, the project, the files with their hashes, the repository that should have
published them, and what is known of another Sigstore than the public one. Prints as JSON what was found of each file; where an index says nothing of a file, that is told.
Where not everybody may read, INDEX_USER and INDEX_PASSWORD are shown to this index alone.
"""

import json
import logging
import os
import pathlib
import sys

import requests
from asking import (
    Bounded,
    Secrets,
    TooLong,
    bounded,
    no_longer_than,
    one_line,
    reason,
)
from own_files import origin_of
from own_sigstore import Untrusted, trust
from pydantic import ValidationError
from pypi_attestations import Distribution, Provenance, VerificationError
from pypi_simple import ACCEPT_JSON_ONLY, ProjectPage, PyPISimple
from sigstore.errors import TUFError

TIMEOUT = (10, 60)
# All of one answer, however slowly it comes.
ANSWER = 60
LARGEST_PAGE = 64 << 20
LARGEST_PROVENANCE = 4 << 20
# Whose repository a project names as its own.
EXPECTED_AT = "GitHub"


class Wrong(Exception):
    """What is not as it should be, in words."""


def get(url: str, most: int, **headers: str) -> requests.Response:
    """What is there; whoever asks has seen that it is the index."""
    session = bounded(requests.Session(), Bounded(most))
    if "INDEX_PASSWORD" in os.environ:
        shown = os.environ["INDEX_USER"], os.environ["INDEX_PASSWORD"]
        session.auth = tuple(each.encode() for each in shown)
    headers = {"Cache-Control": "no-cache, max-age=0", **headers}
    with no_longer_than(ANSWER):
        response = session.get(
            url, timeout=TIMEOUT, headers=headers, allow_redirects=False
        )
    if response.is_redirect:
        raise Wrong(f"{url} sends elsewhere")
    response.raise_for_status()
    return response


def addresses(plan: dict) -> "dict[tuple[str, str], str | None]":
    """Where the provenance of each file is, by name and hash."""
    simple = PyPISimple(plan["simpleUrl"])
    page = get(
        simple.get_project_url(plan["project"]),
        LARGEST_PAGE,
        Accept=ACCEPT_JSON_ONLY,
    )
    listed = ProjectPage.from_response(page, plan["project"]).packages
    return {
        (each.filename, each.digests.get("sha256", "")): each.provenance_url
        for each in listed
    }


def verified(file: dict, url: str, plan: dict) -> dict:
    """Who published a file, as the index says and Sigstore's log confirms."""
    if origin_of(url) != origin_of(plan["simpleUrl"]):
        raise Wrong(f"its provenance is said to be at {url}, which is not the index")
    text = get(url, LARGEST_PROVENANCE, Accept="application/json").text
    provenance = read(text, url)
    dist = Distribution(name=file["name"], digest=file["sha256"])
    bundles = provenance.attestation_bundles
    if not any(each.attestations for each in bundles):
        raise Wrong("its provenance holds no attestation")
    publishers, offline = [], False
    for bundle in bundles:
        for attestation in bundle.attestations:
            offline = check(attestation, bundle.publisher, dist) or offline
        publishers.append(published(bundle.publisher, plan["repository"]))
    return {"publishers": publishers, "offline": offline}


def read(text: str, url: str) -> Provenance:
    try:
        return Provenance.model_validate_json(text)
    except ValidationError as error:
        [first, *_] = error.errors(include_url=False, include_input=False)
        # Others may quote what they read.
        wrong = first["msg"] if first["type"] == "json_invalid" else first["type"]
        raise Wrong(f"what is at {url} is no provenance: {wrong}") from None


def check(attestation, publisher, dist: Distribution) -> bool:
    """Verifies by Sigstore's roots of today, or where those can't be had by the ones that came with its client, and says which."""
    try:
        attestation.verify(publisher, dist)
    except (TUFError, requests.RequestException):
        attestation.verify(publisher, dist, offline=True)
        return True
    return False


def published(publisher, expected: "str | None") -> str:
    repository = getattr(publisher, "repository", None)
    who = f"{publisher.kind}: {repository or publisher}"
    # Of the same name at another host it is somebody else's.
    ours = publisher.kind == EXPECTED_AT and (repository or "").lower()
    if expected and ours != expected.lower():
        raise Wrong(f"it was published by {who}, and not by {EXPECTED_AT}: {expected}")
    workflow = getattr(publisher, "workflow", None)
    return f"{repository} ({workflow})" if workflow else who


def found(file: dict, where: "dict[tuple[str, str], str | None]", plan: dict) -> dict:
    nothing = {"publishers": [], "offline": False, "problem": None}
    name, digest = file["name"], file["sha256"]
    url = where.get((name, digest))
    if url is None:
        return {"name": name, **nothing}
    try:
        return {"name": name, **nothing, **verified(file, url, plan)}
    except TooLong:
        problem = f"{url} does not answer within {ANSWER} s"
    except VerificationError as error:
        problem = str(error)
    # The index may say anything, and each of its readers has errors of its own.
    except Exception as error:  # noqa: BLE001
        problem = reason(error)
    return {"name": name, **nothing, "problem": problem}


def told(found: dict, secrets: Secrets) -> dict:
    """The same without what was shown to the index, which may echo it anywhere."""
    problem = found["problem"] and one_line(secrets.redact(found["problem"]))
    publishers = [secrets.redact(each) for each in found["publishers"]]
    return {**found, "problem": problem, "publishers": publishers}


def main() -> None:
    # What reads an echo of the index would log it.
    logging.disable()
    secrets = Secrets()
    if "INDEX_PASSWORD" in os.environ:
        secrets.hide(os.environ["INDEX_PASSWORD"], os.environ["INDEX_USER"])
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    try:
        trust(plan.get("sigstore"))
    except Untrusted as error:
        sys.exit(one_line(str(error)))
    unread = None
    where = {}
    try:
        where = addresses(plan)
    except TooLong:
        unread = f"it does not answer within {ANSWER} s"
    # An index without JSON, or without the project.
    except Exception as error:  # noqa: BLE001
        unread = one_line(secrets.redact(reason(error)))
    seen = [] if unread else [found(each, where, plan) for each in plan["files"]]
    files = [told(each, secrets) for each in seen]
    json.dump({"unread": unread, "files": files}, sys.stdout)


if __name__ == "__main__":
    main()
