"""Reads what a package index lists of one release, and waits for it if told to.

SIMPLE_URL PROJECT VERSION EXPECTED SECONDS [FOLDER LIMIT [HELD]]: EXPECTED is a file of
`sha256sum` lines; the answer is JSON on stdout, progress goes to stderr. With a
FOLDER, they are fetched into it, each in no more than LIMIT seconds; then all of them
have to be listed as expected, and with a HELD, whatever it is, for the Python that
their wheels require, as no installer looks at the listing then. Where not everybody may read, INDEX_USER and
INDEX_PASSWORD are shown to this index alone.
"""

import hashlib
import json
import logging
import os
import pathlib
import sys
import time
import urllib.parse

import requests
from asking import (
    Bounded,
    Secrets,
    TooLong,
    bounded,
    no_longer_than,
    one_line,
    read_bounded,
)
from own_files import PORTS, borrowed_from, origin_of, sent_elsewhere
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pypi_simple import ProjectPage, PyPISimple
from wheel_metadata import metadata_of

ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01"
TIMEOUT = (10, 30)
# All of one answer, with the files that have to be read for their hashes.
ANSWER = 120
SHORTEST = 5
# Of one page, far more than any project needs.
LARGEST_PAGE = 64 << 20
LARGEST_REDIRECT = 64 << 10
# A read that is not asked to wait still outlives a short disturbance.
READS = 4
# More than any index takes of one file: whatever sends more is not asked any further.
LARGEST = 4 << 30
# Of a release that is out, whose size no listing tells: more than most indexes take.
LARGEST_UNTOLD = 1 << 30
# Other bytes under the same name are believed once they were seen so often:
# an index may still be writing the file, or show an older state of itself.
CONFIRMED = 3


class Larger(Exception):
    """A file of more than anybody makes, or than the index says."""


class Gone(Exception):
    """Where a file is said to be, it is not to be had."""


def main() -> None:
    # An index may echo anywhere what it was sent, and what reads that would log it.
    logging.disable()
    simple_url, project, version, expected_path, seconds, *folder = sys.argv[1:]
    expected = read_expected(expected_path)
    wait = float(seconds)
    secrets = Secrets()
    if "INDEX_PASSWORD" in os.environ:
        secrets.hide(os.environ["INDEX_PASSWORD"], os.environ["INDEX_USER"])
    began, reads, doubts = time.monotonic(), 0, 0
    while True:
        left = wait - (time.monotonic() - began) if wait else ANSWER / READS
        seconds = max(SHORTEST, min(left, ANSWER))
        listing = read(simple_url, project, version, expected, seconds)
        reads += 1
        waited = time.monotonic() - began
        missing, changed = compare(listing, expected)
        doubts = doubts + 1 if changed else 0
        if doubts >= CONFIRMED or (wait and waited >= wait):
            break
        if wait:
            unsettled = listing["failure"] or missing or changed
        else:
            unsettled = changed or (listing["passing"] and reads < READS)
        if not unsettled:
            break
        cause = (
            failure_of(listing) or f"not as built yet: {', '.join(missing + changed)}"
        )
        print(
            f"{simple_url}: {one_line(secrets.redact(cause))}",
            file=sys.stderr,
            flush=True,
        )
        pause = min(0.5 * 2 ** min(reads, 5), 10)
        time.sleep(max(0.1, min(pause, wait - waited)) if wait else pause)
    if folder:
        if missing or changed:
            cause = failure_of(listing) or "it did before"
            sys.exit(
                f"the index does not list {', '.join(f'`{each}`' for each in missing + changed)} with the hash that was asked for: {one_line(secrets.redact(cause))}. Run the same command again."
            )
        into = pathlib.Path(folder[0])
        untold = LARGEST if folder[2:] else LARGEST_UNTOLD
        fetch(simple_url, listing, expected, into, float(folder[1]), untold, secrets)
        misled = mislead(listing, into) if folder[2:] else None
        if misled:
            sys.exit(one_line(secrets.redact(misled)))
    answer = told(listing, expected, secrets)
    json.dump({**answer, "waited": round(waited, 1), "reads": reads}, sys.stdout)


def failure_of(listing: dict) -> str:
    return " ".join(each for each in (listing["failure"], listing["said"]) if each)


def told(listing: dict, expected: "dict[str, str]", secrets: Secrets) -> dict:
    """Without what the index was shown, which it may say again anywhere; the names that were asked for hold no more than that."""

    def hidden(value):
        if isinstance(value, dict):
            return {key: hidden(each) for key, each in value.items()}
        if isinstance(value, list):
            return [hidden(each) for each in value]
        known = not isinstance(value, str) or value in {*expected, *expected.values()}
        return value if known else one_line(secrets.redact(value))

    return hidden(listing)


class ForOneIndex(requests.auth.HTTPBasicAuth):
    """User and password for one scheme, host and port, wherever a listing leads."""

    def __init__(self, url: str, user: str, password: str) -> None:
        super().__init__(user.encode(), password.encode())
        self.origin = origin_of(url)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return (
            super().__call__(request)
            if origin_of(request.url) == self.origin
            else request
        )


def client_of(simple_url: str) -> PyPISimple:
    client = PyPISimple(simple_url)
    bounded(client.s, Bounded(LARGEST_REDIRECT))
    if "INDEX_PASSWORD" in os.environ:
        client.s.auth = ForOneIndex(
            simple_url, os.environ["INDEX_USER"], os.environ["INDEX_PASSWORD"]
        )
    return client


def compare(listing: dict, expected: "dict[str, str]") -> "tuple[list[str], list[str]]":
    """The files that are missing, and those that are there with other bytes."""
    found = {each["name"]: each["sha256"] for each in listing["files"]}
    missing = [name for name in expected if name not in found]
    return missing, [
        name for name in expected if found.get(name, expected[name]) != expected[name]
    ]


def read_expected(path: str) -> "dict[str, str]":
    lines = pathlib.Path(path).read_text().splitlines()
    return {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}


def read(
    simple_url: str,
    project: str,
    version: str,
    expected: "dict[str, str]",
    seconds: float,
) -> dict:
    listing = {
        "failure": None,
        "said": None,
        "passing": False,
        "status": "active",
        "reason": None,
        "forwarded": None,
        "files": [],
        "beside": [],
        "versions": [],
        "released": [],
    }
    try:
        with no_longer_than(seconds), client_of(simple_url) as client:
            # Neither a proxy nor the index's own cache shall answer for it.
            response = client.s.get(
                client.get_project_url(project),
                timeout=TIMEOUT,
                stream=True,
                headers={"Accept": ACCEPT, "Cache-Control": "no-cache, max-age=0"},
            )
            asked = as_sent(client.endpoint)
            listing["forwarded"] = sent_elsewhere(asked, response.url)
            if listing["forwarded"]:
                return listing
            if response.status_code == 404:
                return listing
            response.raise_for_status()
            if not read_bounded(response, LARGEST_PAGE):
                listing["failure"] = "the index answers a page of more than 64 MiB"
                return listing
            page = ProjectPage.from_response(response, project)
            listing["status"] = str(
                getattr(page.status, "value", page.status) or "active"
            )
            listing["reason"] = page.status_reason
            listing["versions"] = sorted(
                {each.version for each in page.packages if each.version}
            )
            listing["released"] = first_days(page.packages)
            for each in page.packages:
                if each.filename in expected or same_release(each.version, version):
                    other = borrowed_from(asked, as_sent(each.url))
                    if other:
                        listing["forwarded"] = other
                        continue
                    listing["files"].append(describe(client, each, expected))
            listing["beside"] = sorted(
                each.filename
                for each in page.packages
                if taken_for(each, version) and each.filename not in expected
            )
            twice = listed_twice(listing["files"])
            if twice:
                listing["failure"] = (
                    f"the index lists {', '.join(f'`{each}`' for each in twice)} twice, with different hashes"
                )
    except requests.HTTPError as error:
        code = error.response.status_code
        listing["failure"] = f"the index answers {code}"
        listing["said"] = error.response.reason
        listing["passing"] = code == 429 or code >= 500
    except TooLong:
        listing["failure"] = (
            f"the index does not answer (not all of a page in {seconds:.0f} s)"
        )
        listing["passing"] = True
    except (requests.ConnectionError, requests.Timeout) as error:
        listing["failure"] = (
            f"nothing answers at `{address(simple_url)}` ({type(error).__name__})"
        )
        listing["passing"] = True
    except Larger as error:
        listing["failure"] = (
            f"the index sends more of a file than the {error} bytes that it may have, and it is not read any further"
        )
    # An index may answer anything, and the reader of it break anywhere.
    except Exception as error:  # noqa: BLE001
        listing["failure"] = (
            f"the index answers what is no listing of files ({type(error).__name__})"
        )
        listing["passing"] = True
    return listing


def address(url: str) -> str:
    """With the port, which an address need not name: what stands in for the index may listen on another."""
    parts = urllib.parse.urlsplit(url)
    return f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"


def as_sent(url: str) -> str:
    """As the client spells it: of `%7E` and `~` it sends the same."""
    return requests.Request("GET", url).prepare().url


def listed_twice(files: "list[dict]") -> "list[str]":
    """The names that stand for several files, of which an installer takes any."""
    hashes = {}
    for each in files:
        hashes.setdefault(each["name"], set()).add(each["sha256"])
    return [name for name, all_of in hashes.items() if len(all_of) > 1]


def first_days(packages) -> "list[dict]":
    """The day on which the first file of each version came, where the index tells (PEP 700)."""
    days = {}
    for each in packages:
        if each.version and each.upload_time:
            day = each.upload_time.date().isoformat()
            days[each.version] = min(days.get(each.version, day), day)
    return [{"version": version, "date": days[version]} for version in sorted(days)]


def same_release(one: "str | None", other: str) -> bool:
    """To an index 1.2 and 1.2.0 are one version."""
    try:
        return one is not None and Version(one) == Version(other)
    except InvalidVersion:
        return False


def taken_for(each, version: str) -> bool:
    """Whether who asks for a version may be given a file of another one: `==1.2.0` is 1.2.0+local, too, which comes before it."""
    try:
        return (
            not each.is_yanked
            and not same_release(each.version, version)
            and SpecifierSet(f"=={version}").contains(each.version or "", True)
        )
    except (InvalidSpecifier, InvalidVersion):
        return False


def most_of(size: "int | None", untold: int = LARGEST) -> int:
    """How many bytes of a file are read: as many as the index lists, if it does."""
    return untold if size is None else min(size, LARGEST)


def describe(client: PyPISimple, each, expected: "dict[str, str]") -> dict:
    sha256 = (each.digests.get("sha256") or "").lower() or None
    if sha256 is None and each.filename in expected:
        sha256 = copy(client, each.url, most=most_of(each.size))
    return {
        "name": each.filename,
        "sha256": sha256,
        "url": each.url,
        "size": each.size,
        "uploaded": each.upload_time.isoformat() if each.upload_time else None,
        "requires_python": each.requires_python,
        "provenance": each.provenance_url is not None,
        "yanked": (each.yanked_reason or "") if each.is_yanked else None,
    }


def fetch(
    simple_url: str,
    listing: dict,
    expected: "dict[str, str]",
    folder: pathlib.Path,
    limit: float,
    untold: int,
    secrets: Secrets,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with client_of(simple_url) as client:
        for each in listing["files"]:
            name, sha256 = each["name"], each["sha256"]
            if name not in expected:
                continue
            most = most_of(each["size"], untold)
            try:
                with no_longer_than(limit), open(folder / name, "wb") as out:
                    changed = copy(client, each["url"], out, most) != sha256
            except Gone as error:
                where = one_line(secrets.redact(elsewhere(simple_url, each["url"])))
                sys.exit(f"`{name}` can't be downloaded: {error} {where}")
            except Larger:
                says = "lists" if each["size"] == most else "may send of one file"
                sys.exit(
                    f"`{name}` comes with more than the {most} bytes that the index {says}, and is not read any further. Ask whoever runs the index."
                )
            except TooLong:
                sys.exit(
                    f"the download of `{name}` still ran after {limit:g} s, its limit: `install` in `[tool.shipwheel.limits]`"
                )
            except requests.ConnectionError:
                where = one_line(secrets.redact(elsewhere(simple_url, each["url"])))
                sys.exit(f"`{name}` can't be downloaded: nothing answers at {where}")
            # A file may be said to be anywhere, and anything come from there.
            except Exception as error:  # noqa: BLE001
                sys.exit(
                    f"`{name}` can't be downloaded ({type(error).__name__}). Run the same command again."
                )
            if changed:
                sys.exit(
                    f"`{name}` was downloaded with another SHA-256 than the index lists. "
                    "Run the same command again; if it stays so, something on the way changes files."
                )


def mislead(listing: dict, folder: pathlib.Path) -> "str | None":
    """How the index leads installers by another Python than the wheels require, which they believe before they have a file."""
    fetched = [each for each in listing["files"] if (folder / each["name"]).exists()]
    wheels = [each["name"] for each in fetched if each["name"].endswith(".whl")]
    required = [
        metadata_of(folder / name).get("requires_python", "") for name in wheels
    ]
    for each in fetched if required else []:
        listed = each["requires_python"]
        if listed and all(not same_pythons(listed, own) for own in required):
            return (
                f"the index lists `{each['name']}` for Python `{listed}`, and its wheel requires `{required[0] or '*'}`: "
                "installers go by the listing, and take the file where it does not run or pass by it where it does. Ask whoever runs the index."
            )
    return None


def same_pythons(one: str, other: str) -> bool:
    try:
        return SpecifierSet(one) == SpecifierSet(other)
    except InvalidSpecifier:
        return one == other


def elsewhere(simple_url: str, url: str) -> str:
    """Where a file is said to be, and what to do where it is not to be had; without what may open something there."""
    parts = urllib.parse.urlsplit(url)
    where = f"`{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}`"
    if origin_of(url) == origin_of(simple_url):
        return f"{where}. Run the same command again; if it stays so, ask whoever runs the index."
    shown = " and which was shown no password" if "INDEX_PASSWORD" in os.environ else ""
    return f"{where}, which is not the index{shown}. Run the same command again; if it stays so, ask whoever runs the index why it names that place."


def copy(client: PyPISimple, url: str, out=None, most: int = LARGEST) -> str:
    """The hash of a file, which an index need not state (PEP 503)."""
    digest = hashlib.sha256()
    with client.s.get(url, stream=True, timeout=TIMEOUT) as response:
        if out and not response.ok:
            raise Gone(f"the answer is {response.status_code} at")
        response.raise_for_status()
        left = most
        for part in response.iter_content(1 << 16):
            left -= len(part)
            if left < 0:
                raise Larger(most)
            digest.update(part)
            if out:
                out.write(part)
    return digest.hexdigest()


if __name__ == "__main__":
    main()
