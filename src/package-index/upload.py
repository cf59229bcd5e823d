"""Uploads distribution files with uv, one at a time, and records every attempt.

PLAN is a JSON file; the answer is JSON on stdout, progress goes to stderr. The
secret comes from INDEX_SECRET: a password or token, or an identity token that
is exchanged for one (Trusted Publishing). No form of it leaves this process.
"""

import base64
import email.utils
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

import requests
from twine.utils import DEFAULT_REPOSITORY, TEST_REPOSITORY

# Only these may pass by themselves; any other 4xx stays what it is.
PASSING = {408, 425, 429, 500, 502, 503, 504}
TIMEOUT = (10, 60)
# An identity for one of these opens what it names, so nobody else is shown one.
PUBLIC_AUDIENCES = {"pypi": DEFAULT_REPOSITORY, "testpypi": TEST_REPOSITORY}


class Refused(Exception):
    """The index does not take the identity token."""


def main() -> None:
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    secrets = Secrets()
    secrets.hide(os.environ["INDEX_SECRET"], plan["user"])
    result = {"refused": None, "files": []}
    try:
        password = os.environ["INDEX_SECRET"]
        if plan["identity"]:
            password = mint(
                plan["publishUrl"], plan.get("identityUrl"), password, secrets
            )
            secrets.hide(password, plan["user"])
        netrc = netrc_for(plan, password) if plan["private"] else None
        for name in plan["files"]:
            result["files"].append(
                upload(name, plan | {"netrc": netrc}, password, secrets)
            )
            # Nothing more of a release is shown once a file of it can't follow.
            if result["files"][-1]["outcome"] == "failed":
                break
    except Refused as error:
        result["refused"] = secrets.redact(str(error))
    json.dump(result, sys.stdout)


def netrc_for(plan: dict, password: str) -> str:
    """uv reads the listing before it uploads: here nothing runs but uv and this program."""
    with tempfile.NamedTemporaryFile("w", delete=False) as out:
        out.write(
            f"machine {urllib.parse.urlsplit(plan['simpleUrl']).hostname} login {plan['user']} password {password}\n"
        )
    return out.name


def upload(name: str, plan: dict, password: str, secrets: "Secrets") -> dict:
    attempts = []
    while True:
        attempt = try_upload(name, plan, password, secrets)
        attempts.append(attempt)
        if attempt["outcome"] != "failed":
            break
        pause = pause_after(attempt, len(attempts), plan)
        told = f"{name}: attempt {len(attempts)}: {attempt['cause']}"
        if pause is None:
            print(told, file=sys.stderr, flush=True)
            break
        attempt["pause"] = pause
        print(f"{told}; again in {pause:g} s", file=sys.stderr, flush=True)
        time.sleep(pause)
    return {"name": name, "outcome": attempts[-1]["outcome"], "attempts": attempts}


def try_upload(name: str, plan: dict, password: str, secrets: "Secrets") -> dict:
    command = ["uv", "publish", "--no-config", "--no-progress", "--no-attestations"]
    command += ["--trusted-publishing", "never", "--keyring-provider", "disabled"]
    command += ["--username", plan["user"], "--publish-url", plan["publishUrl"]]
    command += ["--check-url", plan["simpleUrl"], "--", name]
    environment = {
        key: value for key, value in os.environ.items() if key != "INDEX_SECRET"
    }
    # uv tries once, so that each attempt is seen here; its trace alone shows Retry-After.
    environment |= {
        "UV_PUBLISH_PASSWORD": password,
        "UV_HTTP_RETRIES": "0",
        "UV_HTTP_TIMEOUT": str(patience_for(name)),
        "RUST_LOG": "uv_publish=trace",
        "NO_COLOR": "1",
    }
    if plan["netrc"]:
        environment["NETRC"] = plan["netrc"]
    done = subprocess.run(
        command,
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
    )
    output = secrets.redact(done.stderr)
    if done.returncode == 0:
        return {
            "outcome": outcome_of(output),
            "cause": warning_in(output),
            "status": None,
        }
    status = re.search(r"returned status code (\d{3})", output)
    return {
        "outcome": "failed",
        "cause": cause_in(output),
        "status": int(status.group(1)) if status else None,
        "retryAfter": retry_after(output),
    }


def patience_for(name: str) -> int:
    """Seconds for an answer: a small file that is not answered soon was lost on its way."""
    return 15 + os.path.getsize(name) // 50_000


def outcome_of(output: str) -> str:
    if re.search(r"^Uploading ", output, re.MULTILINE):
        return "kept" if "already exists" in output.lower() else "uploaded"
    return "kept" if re.search("already", output, re.IGNORECASE) else "skipped"


def warning_in(output: str) -> "str | None":
    found = re.search(r"^warning: (.*)$", output, re.MULTILINE)
    return found.group(1) if found else None


def cause_in(output: str) -> str:
    """The words after `error:`, without the line that only repeats the address."""
    start = output.rfind("\nerror: ")
    lines = [line.strip() for line in output[start + 1 :].splitlines()]
    causes = [
        line.removeprefix("cause: ") for line in lines if line.startswith("cause: ")
    ]
    causes = [line for line in causes if not line.startswith("error sending request")]
    text = "; ".join(causes) or output.strip()
    return text.removesuffix("Server says:").strip()[:600]


def retry_after(output: str) -> "float | None":
    found = re.findall(r'"retry-after": "([^"]*)"', output)
    if not found:
        return None
    if found[-1].isdecimal():
        return float(found[-1])
    try:
        return max(
            0.0, email.utils.parsedate_to_datetime(found[-1]).timestamp() - time.time()
        )
    except ValueError:
        return None


def pause_after(attempt: dict, tries: int, plan: dict) -> "float | None":
    """How long to wait before the next attempt, or nothing where there is no use in one."""
    status = attempt["status"]
    if status not in {None, *PASSING} or "redirected" in attempt["cause"]:
        return None
    if tries >= plan["attempts"]:
        return None
    asked = attempt["retryAfter"]
    if asked is not None and asked > plan["patience"]:
        attempt["cause"] += (
            f"; the index asks to wait {asked:.0f} s, longer than is waited here"
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
    wanted = ask(requests.get, f"{origin}/_/oidc/audience").get("audience")
    if not may_ask_for(wanted, publish_url):
        raise Refused(
            f"the index asks for an identity that is meant for `{wanted}`, which is not its own: "
            "one that is neither PyPI nor Test PyPI has to ask for its own host name"
        )
    if identity_url:
        bearer = {"Authorization": f"Bearer {identity}"}
        identity = ask(
            requests.get, identity_url, params={"audience": wanted}, headers=bearer
        ).get("value")
        if not identity:
            raise Refused("the CI handed out no identity token")
        secrets.hide(identity, "__token__")
    audience = claims(identity).get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    # One that is good elsewhere as well is not shown here.
    if audiences != [wanted]:
        raise Refused(
            f"the identity token is meant for the audience `{audience}`, this index accepts `{wanted}`"
        )
    token = ask(
        requests.post,
        f"{origin}/_/oidc/mint-token",
        json={"token": identity},
        allow_redirects=False,
    ).get("token")
    if not token:
        raise Refused("the index minted no token")
    return token


def may_ask_for(audience: "str | None", publish_url: str) -> bool:
    host = urllib.parse.urlsplit(publish_url).hostname
    public = {
        name: urllib.parse.urlsplit(url).hostname
        for name, url in PUBLIC_AUDIENCES.items()
    }
    if audience in public or host in public.values():
        return public.get(audience) == host
    return audience in {host, f"https://{host}"}


def ask(method, url: str, **options) -> dict:
    response = None
    for pause in (1, 2, 4, None):
        try:
            response = method(url, timeout=TIMEOUT, **options)
            if response.status_code not in PASSING:
                break
        except requests.RequestException:
            response = None
        if pause is not None:
            time.sleep(pause)
    if response is None:
        raise Refused(f"{url} does not answer")
    try:
        answer = response.json()
    except ValueError:
        answer = {}
    if response.ok and isinstance(answer, dict):
        return answer
    errors = answer.get("errors", []) if isinstance(answer, dict) else []
    said = "; ".join(
        str(each.get("description") or each.get("code"))
        if isinstance(each, dict)
        else str(each)
        for each in (errors if isinstance(errors, list) else [errors])
    )
    raise Refused(f"{url} answers {response.status_code}{': ' + said if said else ''}")


def claims(identity: str) -> dict:
    try:
        part = identity.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Refused("the identity token is no JWT")
    return found


class Secrets:
    """Takes every form of a secret out of a text: an index may echo what it was sent."""

    def __init__(self) -> None:
        self.forms: set[str] = set()

    def hide(self, secret: str, user: str) -> None:
        basic = base64.b64encode(f"{user}:{secret}".encode()).decode()
        plain = base64.b64encode(secret.encode()).decode()
        quoted = urllib.parse.quote(secret, safe="")
        self.forms |= {
            secret,
            basic,
            basic.rstrip("="),
            plain,
            plain.rstrip("="),
            quoted,
            json.dumps(secret)[1:-1],
        }

    def redact(self, text: str) -> str:
        for form in sorted(self.forms, key=len, reverse=True):
            text = text.replace(form, "***")
        return text


main()
