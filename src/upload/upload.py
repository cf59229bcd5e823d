"""Uploads distribution files with twine, one at a time, and records every attempt.

PLAN is a JSON file; the answer is JSON on stdout, progress goes to stderr. The
secret comes from INDEX_SECRET: a password or token, or an identity token that
is exchanged for one (Trusted Publishing). No form of it leaves this process.
"""

import base64
import contextlib
import json
import logging
import math
import os
import pathlib
import re
import sys
import time
import urllib.parse
import warnings

import requests
import urllib3
from asking import (
    Bounded,
    Secrets,
    TooLong,
    bounded,
    no_longer_than,
    one_line,
    reason,
)
from bs4 import BeautifulSoup
from pypi_simple import ACCEPT_ANY, ProjectPage, PyPISimple
from twine.exceptions import InvalidDistribution
from twine.package import PackageFile
from twine.repository import Repository
from twine.utils import DEFAULT_REPOSITORY, TEST_REPOSITORY

# Only these may pass by themselves; any other 4xx stays what it is.
PASSING = {408, 425, 429, 500, 502, 503, 504}
TIMEOUT = (10, 60)
# All of one small answer, however slowly it comes.
ANSWER = 60
LARGEST_ANSWER = 64 << 10
# Far more letters than any CI or index gives one.
LONGEST_TOKEN = 16 << 10
LARGEST_PAGE = 64 << 20
# A day: who asks for more is not waited for either.
LONGEST_PAUSE = 24 * 60 * 60
DENIED = {401, 403}
# An identity for one of these opens what it names, so nobody else is shown one.
PUBLIC_AUDIENCES = {"pypi": DEFAULT_REPOSITORY, "testpypi": TEST_REPOSITORY}


class Refused(Exception):
    """The identity token is not exchanged: it is denied, or nobody answers."""

    def __init__(
        self,
        cause: str,
        said: str = "",
        *,
        denied: bool = True,
        whose: "str | None" = None,
    ) -> None:
        super().__init__(f"{cause} {said}".strip())
        self.cause, self.said = cause, said
        # What is wrong where nobody has denied anything, and the same again does not help.
        self.whose, self.denied = whose, denied and whose is None
        # What became of those before it.
        self.files = []


def main() -> None:
    # An index may echo anywhere what it was sent, and what reads that would log it.
    logging.disable()
    warnings.simplefilter("ignore")
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    result = {"refused": None, "files": []}
    secrets = Secrets()
    try:
        result["files"] += upload_all(plan, Access(plan, secrets), secrets)
    except Refused as error:
        told = {"cause": error.cause, "said": error.said or None}
        known = {"denied": error.denied, "whose": error.whose}
        result["refused"] = {**hidden(told, secrets), **known}
        result["files"] += error.files
    json.dump(result, sys.stdout)


class Access:
    """What is shown to the index: a password, or a token that is minted for an identity and lives for minutes."""

    def __init__(self, plan: dict, secrets: Secrets) -> None:
        self.plan, self.secrets = plan, secrets
        self.password = os.environ["INDEX_SECRET"]
        self.secrets.hide(self.password, plan["user"])
        self.identity = self.password if plan["identity"] else None
        if self.identity:
            self.mint()
        self.shown = 0

    def mint(self) -> None:
        address = self.plan["publishUrl"], self.plan.get("identityUrl")
        self.password = mint(*address, self.identity, self.secrets)
        self.secrets.hide(self.password, self.plan["user"])
        self.shown = 0

    def renewed(self, attempt: dict) -> bool:
        """Whether there is a new token now, because the one before may have ended: it was taken, or waited, before."""
        old = self.identity and self.shown > 1
        if not old or attempt["status"] not in DENIED:
            return False
        self.mint()
        return True


def upload_all(plan: dict, access: Access, secrets: Secrets) -> "list[dict]":
    """Nothing of a release is shown before all of it can be read, and nothing more once a file can't follow."""
    packages, files = [], []
    for name in plan["files"]:
        try:
            packages.append(read(name, plan.get("attestations")))
        # Twine reads the metadata of whatever a backend wrote.
        except Exception as error:  # noqa: BLE001
            said = str(error) if isinstance(error, InvalidDistribution) else repr(error)
            told = done("failed", "it can't be read:", one_line(said))
            return [file(name, [told])]
    for package in packages:
        try:
            attempts = upload(package, plan, access, secrets)
        except Refused as error:
            error.files = files
            raise
        files.append(file(package.basefilename, attempts))
        if files[-1]["outcome"] == "failed":
            break
    return files


def read(name: str, attestations: "str | None") -> PackageFile:
    """A file with what is attested of it."""
    package = PackageFile.from_filename(name, None)
    if attestations:
        made = pathlib.Path(attestations) / f"{name}.publish.attestation"
        package.add_attestations([str(made)])
    return package


def file(name: str, attempts: "list[dict]") -> dict:
    return {"name": name, "outcome": attempts[-1]["outcome"], "attempts": attempts}


def upload(
    package: PackageFile, plan: dict, access: Access, secrets: Secrets
) -> "list[dict]":
    attempts = []
    while True:
        access.shown += 1
        attempt = try_upload(package, plan, access.password, len(attempts))
        attempt = {**attempt, **hidden(attempt, secrets)}
        attempts.append(attempt)
        if attempt["outcome"] == "uploaded":
            return attempts
        if holds(package, plan, access.password):
            return [*attempts, done("kept")]
        if access.renewed(attempt):
            continue
        pause = pause_after(attempt, len(attempts), plan)
        told = " ".join(
            [f"{package.basefilename}: attempt {len(attempts)}:", *words_of(attempt)]
        )
        if pause is None:
            print(told, file=sys.stderr, flush=True)
            return attempts
        attempt["pause"] = pause
        print(f"{told}; again in {pause:g} s", file=sys.stderr, flush=True)
        time.sleep(pause)


def done(outcome: str, cause: "str | None" = None, said: "str | None" = None) -> dict:
    """How it ended; what others say of that is kept apart, as nobody knows what is in it."""
    return {"outcome": outcome, "cause": cause, "said": said, "status": None}


def words_of(told: dict) -> "list[str]":
    return [told[each] for each in ("cause", "said") if told[each]]


def hidden(told: dict, secrets: Secrets) -> dict:
    return {
        each: told[each] and one_line(secrets.redact(told[each]))
        for each in ("cause", "said")
    }


def try_upload(package: PackageFile, plan: dict, password: str, before: int) -> dict:
    try:
        with no_longer_than(plan["limit"]):
            response = send(package, plan, password, before)
    except TooLong:
        over = f"it still ran after {plan['limit']} s, the limit of one upload: `upload` in `[tool.shipwheel.limits]`"
        return {**done("failed", over), "last": True}
    except requests.Timeout as error:
        return done("failed", "the index does not answer:", str(error))
    except requests.RequestException as error:
        return done("failed", "the connection failed:", reason(error))
    # What twine or the index's answer may do besides.
    except Exception as error:  # noqa: BLE001
        broke = "it can't be sent, or the answer not be read:"
        return {**done("failed", broke, reason(error)), "last": True}
    if 200 <= response.status_code < 300:
        return done("uploaded")
    return {
        **done("failed", str(response.status_code), said_in(response)),
        "status": response.status_code,
        "retryAfter": retry_after(response),
    }


class Once(Bounded):
    """Sends once and waits so long for an answer; twine's own would go on, and wait without an end."""

    def __init__(self, patience: int) -> None:
        super().__init__(LARGEST_ANSWER)
        self.patience = patience

    def send(self, request, **options) -> requests.Response:
        return super().send(request, **{**options, "timeout": self.patience})


def send(
    package: PackageFile, plan: dict, password: str, before: int
) -> requests.Response:
    repository = Repository(
        plan["publishUrl"], plan["user"], password, disable_progress_bar=True
    )
    bounded(repository.session, Once(patience_for(package.filename, before)))
    # Twine tells on stdout what it does, which is where the answer goes.
    with contextlib.closing(repository), contextlib.redirect_stdout(sys.stderr):
        return repository.upload(package, max_redirects=1)


def patience_for(name: str, before: int) -> int:
    """Seconds for an answer: a file that is not answered soon may be lost on its way, and an index may look for malware first, so that each time it is given twice as long."""
    return 30 * 2**before + os.path.getsize(name) // 50_000


def said_in(response: requests.Response) -> str:
    """The index's own words: some say in the status line what is wrong, some in the body."""
    status = str(response.reason or "").strip()
    if response.is_redirect:
        return f"{status}: redirected to {response.headers['location']}, where no credential follows"
    # What is cut off there may be a part of a secret, by which that is not known.
    if len(response.content) >= LARGEST_ANSWER:
        return f"{status}: with an answer of more than {LARGEST_ANSWER >> 10} KiB, which is not shown"
    try:
        with no_longer_than(ANSWER):
            said = words_in(response)
    # An index may answer anything, and the reader of it break anywhere.
    except (Exception, TooLong):  # noqa: BLE001
        return f"{status}: with an answer that can't be read"
    return ": ".join(each for each in (status, said) if each)


def words_in(response: requests.Response) -> str:
    said = response.text.strip()
    if "html" not in response.headers.get("content-type", ""):
        return said
    page = BeautifulSoup(said, "html.parser")
    return (page.body or page).get_text(" ", strip=True)


def retry_after(response: requests.Response) -> "int | None":
    asked = response.headers.get("retry-after")
    reader = urllib3.Retry(retry_after_max=LONGEST_PAUSE)
    try:
        return math.ceil(reader.parse_retry_after(asked)) if asked else None
    # What is no time breaks whatever takes it for one.
    except Exception:  # noqa: BLE001
        return None


def holds(package: PackageFile, plan: dict, password: str) -> bool:
    """Whether these bytes are there all the same: the answer was lost, or another run was faster."""
    project = package.metadata["name"]
    try:
        with no_longer_than(ANSWER), PyPISimple(plan["simpleUrl"]) as client:
            bounded(client.s, Bounded(LARGEST_PAGE))
            response = client.s.get(
                client.get_project_url(project),
                auth=(plan["user"], password) if plan["private"] else None,
                timeout=TIMEOUT,
                headers={"Accept": ACCEPT_ANY, "Cache-Control": "no-cache, max-age=0"},
                allow_redirects=False,
            )
            response.raise_for_status()
            listed = ProjectPage.from_response(response, project).packages
    # An index may answer anything, and the reader of it break anywhere.
    except (Exception, TooLong):  # noqa: BLE001
        return False
    return any(
        each.filename == package.basefilename
        and each.digests.get("sha256") == package.sha2_digest
        for each in listed
    )


def pause_after(attempt: dict, tries: int, plan: dict) -> "float | None":
    """How long to wait before the next attempt, or nothing where there is no use in one."""
    status = attempt["status"]
    if status not in {None, *PASSING} or attempt.get("last"):
        return None
    if tries >= plan["attempts"]:
        return None
    asked = attempt.get("retryAfter")
    if asked is not None and asked > plan["patience"]:
        attempt["cause"] += (
            f" (the index asks to wait {asked:.0f} s, longer than is waited here)"
        )
        return None
    return max(plan["backoff"] * 2 ** (tries - 1), asked or 0)


def mint(
    publish_url: str, identity_url: "str | None", identity: str, secrets: "Secrets"
) -> str:
    """Exchanges the CI's identity token for an upload token, as the index documents it.

    Such a token lives for minutes: where the CI hands them out, it is asked for one only now.
    """
    origin = (
        urllib.parse.urlsplit(publish_url)
        ._replace(path="", query="", fragment="")
        .geturl()
    )
    wanted = text_in(ask("GET", f"{origin}/_/oidc/audience"), "audience", "the index")
    if not may_ask_for(wanted, publish_url):
        raise Refused(
            f"the index asks for an identity that is meant for `{quoted(wanted)}`, which is not its own: "
            "one that is neither PyPI nor Test PyPI has to ask for its own host name",
            whose="audience",
        )
    if identity_url:
        bearer = {"Authorization": f"Bearer {identity}"}
        asked = {"params": {"audience": wanted}, "headers": bearer}
        answer = ask("GET", identity_url, whose="ci", **asked)
        identity = text_in(answer, "value", "the CI")
        secrets.hide(identity, "__token__")
    whose = "ci" if identity_url else "identity"
    audience, ends = (claims(identity, whose).get(each) for each in ("aud", "exp"))
    if isinstance(ends, (int, float)) and ends < time.time():
        raise Refused(
            "the CI answers with an identity token that has ended already: its clock or the one of this machine is wrong"
            if identity_url
            else "the identity token ended before all files were uploaded; where the CI is asked for one with `--identity-url`, "
            "each upload token gets a new one",
            denied=False,
        )
    audiences = audience if isinstance(audience, list) else [audience]
    # One that is good elsewhere as well is not shown here.
    if audiences != [wanted]:
        raise Refused(
            f"the identity token is meant for the audience `{quoted(audience)}`, this index accepts `{quoted(wanted)}`",
            whose=whose,
        )
    answer = ask(
        "POST",
        f"{origin}/_/oidc/mint-token",
        json={"token": identity},
        allow_redirects=False,
    )
    return text_in(answer, "token", "the index")


def quoted(value: object) -> str:
    """Between two backticks nothing is more than text, if there is none in it."""
    return one_line(str(value))[:200].replace("`", "'")


def text_in(answer: dict, key: str, who: str) -> str:
    found = answer.get(key)
    if isinstance(found, str) and re.fullmatch(r"[!-~]+", found):
        if len(found) <= LONGEST_TOKEN:
            return found
        wrong = (
            f"with {len(found)} letters for `{key}`, of which {LONGEST_TOKEN} are read"
        )
    else:
        wrong = f"without a text for `{key}`"
    raise Refused(
        f"{who} answers {wrong}, which Trusted Publishing needs",
        whose="ci" if who == "the CI" else "index",
    )


def may_ask_for(audience: str, publish_url: str) -> bool:
    host = urllib.parse.urlsplit(publish_url).hostname
    public = {
        name: urllib.parse.urlsplit(url).hostname
        for name, url in PUBLIC_AUDIENCES.items()
    }
    if audience in public or host in public.values():
        return public.get(audience) == host
    return audience in {host, f"https://{host}"}


def ask(method: str, url: str, *, whose: str = "index", **options) -> dict:
    response = None
    session = bounded(requests.Session(), Bounded(LARGEST_ANSWER))
    for pause in (1, 2, 4, None):
        try:
            with no_longer_than(ANSWER):
                response = session.request(method, url, timeout=TIMEOUT, **options)
            if response.status_code not in PASSING:
                break
        except (requests.RequestException, TooLong):
            response = None
        # Where it sends to may be no address.
        except Exception as error:  # noqa: BLE001
            unread = f"{url} answers what can't be read ({type(error).__name__})"
            raise Refused(unread, whose=whose) from None
        if pause is not None:
            time.sleep(pause)
    if response is None:
        raise Refused(f"{url} does not answer", denied=False)
    if response.is_redirect:
        raise Refused(
            f"{url} answers {response.status_code}, where nothing that opens anything follows, and sends to",
            response.headers["location"],
            whose=whose,
        )
    answer = json_in(response)
    if response.ok:
        return answer
    said = "; ".join(errors_in(answer))
    passing = response.status_code in PASSING
    raise Refused(
        f"{url} answers {response.status_code}{':' if said else ''}",
        said,
        denied=not passing,
        # The index can't deny what it was not shown.
        whose="ci" if whose == "ci" and not passing else None,
    )


def json_in(response: requests.Response) -> dict:
    try:
        answer = response.json()
    # No JSON, or more of it in itself than anybody reads.
    except Exception:  # noqa: BLE001
        return {}
    return answer if isinstance(answer, dict) else {}


def errors_in(answer: dict) -> "list[str]":
    errors = answer.get("errors", [])
    each_said = (
        (each.get("description") or each.get("code"))
        if isinstance(each, dict)
        else each
        for each in (errors if isinstance(errors, list) else [errors])
    )
    return [each for each in each_said if isinstance(each, str)]


def claims(identity: str, whose: str = "identity") -> dict:
    try:
        part = identity.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(
            "what came for an identity token is none: that is a JWT, three parts with a dot between them",
            whose=whose,
        )
    return found


if __name__ == "__main__":
    main()
