"""Prints how an index leads installers by its own metadata of wheels (PEP 658, PEP 714): SIMPLE_URL PROJECT WHEEL...

Installers that are shown it believe it before they have a file; the wheels themselves lie here. One line tells one that
says something else, and nothing is printed where all is as in the wheels.
"""

import hashlib
import logging
import os
import sys
import time

from asking import Secrets, TooLong, no_longer_than, one_line, read_bounded
from index_files import ACCEPT, LARGEST_PAGE, TIMEOUT, client_of
from packaging.metadata import parse_email
from pypi_simple import ProjectPage
from wheel_metadata import LARGEST, metadata_of

# All of it, however slowly it comes.
PATIENCE = 120
# What decides what is installed.
DECIDE = ("name", "version", "requires_python", "requires_dist", "provides_extra")
FRESH = {"Cache-Control": "no-cache, max-age=0"}


def main() -> None:
    # An index may echo anywhere what it was sent, and what reads that would log it.
    logging.disable()
    simple_url, project, *wheels = sys.argv[1:]
    secrets = Secrets()
    if "INDEX_PASSWORD" in os.environ:
        secrets.hide(os.environ["INDEX_PASSWORD"], os.environ["INDEX_USER"])
    try:
        with no_longer_than(PATIENCE):
            found = patiently(lambda: [*misleading(simple_url, project, wheels)])
    except TooLong:
        found = [f"it is not all read after {PATIENCE} s"]
    # An index may answer anything, and the reader of it break anywhere.
    except Exception as error:  # noqa: BLE001
        found = [f"it can't be read ({type(error).__name__})"]
    for each in found:
        print(one_line(secrets.redact(each)))


def patiently(look):
    """A short disturbance is outlived."""
    for pause in (1, 3):
        try:
            return look()
        except Exception:  # noqa: BLE001
            time.sleep(pause)
    return look()


def misleading(simple_url: str, project: str, wheels: "list[str]"):
    with client_of(simple_url) as client:
        page = get(client, client.get_project_url(project), LARGEST_PAGE, ACCEPT)
        for each in ProjectPage.from_response(page, project).packages:
            if each.filename in wheels and each.has_metadata:
                said = get(client, each.metadata_url, LARGEST, "*/*").content
                wrong = wrong_with(said, each)
                if wrong:
                    yield f"`{each.filename}`: {wrong}"


def get(client, url: str, most: int, accept: str):
    headers = {"Accept": accept, **FRESH}
    response = client.s.get(url, timeout=TIMEOUT, stream=True, headers=headers)
    response.raise_for_status()
    read_bounded(response, most)
    return response


def wrong_with(said: bytes, each) -> "str | None":
    listed = (each.metadata_digests or {}).get("sha256")
    if listed and hashlib.sha256(said).hexdigest() != listed.lower():
        return "its metadata has another SHA-256 than is listed for it"
    told, own = deciding(parse_email(said)[0]), deciding(metadata_of(each.filename))
    other = [key.replace("_", "-") for key in DECIDE if told[key] != own[key]]
    return (
        f"its metadata has another {', '.join(other)} than the wheel" if other else None
    )


def deciding(metadata: dict) -> dict:
    values = {key: metadata.get(key, "") for key in DECIDE}
    return {
        key: sorted(each) if isinstance(each, list) else each
        for key, each in values.items()
    }


if __name__ == "__main__":
    main()
