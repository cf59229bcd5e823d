"""Fetches the wheels of what a private index has of some requirements: QUESTION OUT.

The token is in the environment of this program, and nothing that a package brings is run beside it:
what would have to be built, to be read or to be installed, is refused. uv puts the environment into
addresses (`${NAME}`), so no address is taken, and what uv is told the token by has no name that
anybody could write beforehand.
"""

import json
import os
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile
import urllib.parse

asked = json.loads(pathlib.Path(sys.argv[1]).read_text())
out = pathlib.Path(sys.argv[2])
out.mkdir(parents=True)
index, token = asked["index"], os.environ.pop("SHIPWHEEL_PYTHON_TOKEN", "")
NAME = f"private{secrets.token_hex(16)}"
# A name, its extras, its versions and a marker (PEP 508), and of a group of PEP 735 nothing else.
PLAIN = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*[ \t]*"
    r"(\[[A-Za-z0-9._, \t-]*\][ \t]*)?"
    r"[A-Za-z0-9.,*+!=<>~() \t_-]*"
    r"(;[A-Za-z0-9.,*+!=<>~()'\" \t_-]*)?"
)


def refuse_others():
    """What is no plain requirement may be an address, an option or a line of its own."""
    texts = [*asked["named"], *asked["requirements"], *asked["constraints"]]
    others = [each for each in texts if not PLAIN.fullmatch(each)]
    if others:
        shown = ", ".join(json.dumps(each) for each in others)
        sys.exit(
            f"Fetched beside the password of a private index are names with versions alone, and no {shown}. "
            "Put what comes from an address or a folder on an index, or into a group that no test and no linter needs."
        )


def toml(value):
    # JSON's texts, lists and booleans are TOML's as well.
    return json.dumps(value)


def project():
    lines = [
        "[project]",
        'name = "asked"',
        'version = "0"',
        f"requires-python = {toml('>=' + asked['python'])}",
        f"dependencies = {toml(asked['requirements'])}",
        "[tool.uv.sources]",
        *(f"{toml(each)} = {{ index = {toml(NAME)} }}" for each in asked["named"]),
        "[[tool.uv.index]]",
        f"name = {toml(NAME)}",
        f"url = {toml(index['url'])}",
        f"explicit = {toml(index['explicit'])}",
        f"default = {toml(index['default'])}",
    ]
    return "\n".join(lines) + "\n"


def resolved(folder):
    """What is installed, each with the index that it comes from."""
    (folder / "pyproject.toml").write_text(project())
    (folder / "constraints.txt").write_text("\n".join(asked["constraints"]) + "\n")
    environment = {**os.environ}
    environment.pop("UV_NO_CONFIG", None)
    if token:
        environment[f"UV_INDEX_{NAME.upper()}_USERNAME"] = asked["user"]
        environment[f"UV_INDEX_{NAME.upper()}_PASSWORD"] = token
    done = subprocess.run(
        [
            *("uv", "pip", "compile", "--quiet", "--no-header", "--no-build"),
            *("--no-annotate", "--emit-index-annotation"),
            *("--python-version", asked["python"], "--constraint", "constraints.txt"),
            "pyproject.toml",
        ],
        cwd=folder,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode != 0:
        sys.exit(done.returncode)
    return re.findall(
        r"^([^\s;#]+==[^\s;#]+)[^\n]*\n\s+# from (\S+)", done.stdout, re.MULTILINE
    )


def fetch(pinned, folder):
    parts = urllib.parse.urlsplit(index["url"])
    user = urllib.parse.quote(asked["user"], safe="")
    shown = f"{user}:{urllib.parse.quote(token, safe='')}@" if token else ""
    address = parts._replace(netloc=shown + parts.netloc.rpartition("@")[2])
    settings = folder / "pip.conf"
    settings.write_text(f"[global]\nindex-url = {address.geturl()}\n")
    environment = {**os.environ, "PIP_CONFIG_FILE": str(settings)}
    environment.pop("PIP_INDEX_URL", None)
    if parts.scheme == "http":
        environment["PIP_TRUSTED_HOST"] = parts.hostname or ""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--disable-pip-version-check", "--no-cache-dir"),
            *("--only-binary", ":all:", "--dest", str(out), "--", *pinned),
        ],
        env=environment,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(done.returncode)


def main():
    refuse_others()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        found = resolved(folder)
        host = urllib.parse.urlsplit(index["url"]).netloc.rpartition("@")[2]
        pinned = [
            each
            for each, source in found
            if urllib.parse.urlsplit(source).netloc.rpartition("@")[2] == host
        ]
        if pinned:
            fetch(pinned, folder)


main()
