"""Prints as JSON what is in wheels and sdists, and beside them: [--source TREE [--around TREE]] [--released] DIRECTORY [OUTPUT...].

Each OUTPUT is a frontend's output, whose files are told by name and hash. TREE is what the
files were built from: of an sdist it is told what that does not have so. What metadata says
may be said by what that lies in too. Of RELEASED files, which somebody else has, less is read.
"""

import argparse
import ast
import base64
import configparser
import csv
import email
import functools
import hashlib
import io
import json
import os
import pathlib
import re
import sys
import tarfile
import zipfile

import tomllib
from packaging.metadata import parse_email
from packaging.tags import parse_tag
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from project_says import no_longer_private, otherwise, read_about, stated
from requirements import plainly
from unnamed import spelled_out, unnamed, without_allowed
from version_lines import alike as says_only_the_version
from version_lines import stamped

KEY = re.compile(rb"^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s*$", re.MULTILINE)
# How a key begins where all of its file is in base64, as Kubernetes has it.
ENCODED_KEYS = [
    base64.b64encode(begin)[: len(begin) * 8 // 6]
    for kind in (b"", b"RSA ", b"EC ", b"DSA ", b"OPENSSH ", b"ENCRYPTED ")
    for begin in [b"-----BEGIN %sPRIVATE KEY" % kind]
]
# What opens something and is known by how it begins: each kind with that, and with the rest.
SECRETS = [
    # In JSON, where its line ends are written out.
    (
        "a private key",
        [b"PRIVATE KEY-----"],
        rb"(?:\\r)?\\n[A-Za-z0-9+/=]{40}",
    ),
    # Indented, as YAML has it, or with the lines that PGP has before it.
    (
        "a private key",
        [b"PRIVATE KEY-----", b"PRIVATE KEY BLOCK-----"],
        rb"\s{1,80}(?:[A-Z][A-Za-z-]{0,40}: [^\n]{0,200}\s{1,80}){0,5}[A-Za-z0-9+/=]{40}",
    ),
    ("a private key", ENCODED_KEYS, rb"[A-Za-z0-9+/=]{40}"),
    ("a private key", [b"AGE-SECRET-KEY-1"], rb"[A-Z0-9]{50}"),
    (
        "a key of AWS",
        [
            b"aws_secret_access_key",
            b"AWS_SECRET_ACCESS_KEY",
            b"secretAccessKey",
            b"SecretAccessKey",
        ],
        rb"['\"]?\s{0,9}[=:]\s{0,9}['\"]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])",
    ),
    ("a token of PyPI", [b"pypi-AgE"], rb"[A-Za-z0-9_-]{50}"),
    (
        "a token of GitHub",
        [b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_"],
        rb"[A-Za-z0-9_]{36}",
    ),
    ("a token of GitLab", [b"glpat-"], rb"[A-Za-z0-9_-]{20}"),
    ("a token of npm", [b"npm_"], rb"[A-Za-z0-9]{36}"),
    ("a token of Slack", [b"xoxb-", b"xoxp-", b"xoxa-"], rb"[A-Za-z0-9-]{20}"),
    ("a key of Stripe", [b"sk_live_", b"rk_live_"], rb"[A-Za-z0-9]{24}"),
    # Settings may take a variable in its place.
    (
        "a token of a registry",
        [b"_authToken", b"npmAuthToken"],
        rb" ?[=:] ?['\"]?[A-Za-z0-9_/+=-][A-Za-z0-9_/+=.-]{15}",
    ),
    # As pip and uv have it in their settings; examples say what belongs there.
    (
        "a password of an index",
        [b"index-url", b"index_url", b"INDEX_URL"],
        rb"['\"]?\s{0,9}[=: ]\s{0,9}['\"]?https?://[^\s/:@$%{<'\"]{1,99}:(?!\w{0,9}(?i:pass|secret|token|key))[^\s/:@$%{<'\"]{8,200}(?=@)",
    ),
    (
        "a password of a registry",
        [b'"auths"'],
        rb'\s{0,9}:\s{0,9}\{[^}]{0,999}"auth"\s{0,9}:\s{0,9}"[A-Za-z0-9+/=]{12}',
    ),
]
SECRETS = [
    (
        kind,
        starts,
        re.compile(rb"(?:%s)%s" % (rb"|".join(map(re.escape, starts)), rest)),
    )
    for kind, starts, rest in SECRETS
]
# What may be at the end of a part, and go on in the next one.
LONGEST_SECRET = 1 << 11
LEAST_OF_UTF_16 = 0.4
# What is made up says so, or has few different letters: `ghp_xxxxxxxx`.
LAST, FEWEST_LETTERS = 20, 8
# What a file says of its version: `__version__ = "1.2"`, `"version": "1.2"`.
VERSION = re.compile(
    rb"""^[ \t]*["']?(?:__version__|VERSION|version)["']?[ \t]*"""
    rb"""(?::[ \t]*[\w.]+[ \t]*)?[=:][ \t]*["']([^"'\n]+)["']""",
    re.MULTILINE,
)
# How a pointer of git LFS, in any of its forms, or of git-annex begins, which is never long.
POINTER = (
    b"version https://git-lfs.github.com/spec/",
    b"version https://hawser.github.com/spec/",
    b"version http://git-media.io/v/",
    b"/annex/objects/",
)
LONGEST_POINTER = 1024
FIELDS = {
    "Metadata-Version": "metadata_version",
    "Name": "name",
    "Version": "version",
    "Requires-Python": "requires_python",
}
LISTS = {
    "Classifier": "classifiers",
    "Dynamic": "dynamic",
    "License-File": "license_files",
    "Provides-Extra": "provides_extra",
    "Requires-Dist": "requires_dist",
}


# What is kept of a file, however large an archive says that it is.
PART = 1 << 20
LARGEST_TEXT = 16 << 20
LARGEST_LINE = 1 << 12
LARGEST_ARCHIVE = 4 << 30
# What PyPI takes for a bomb unpacks to more than that, and to so many times its own size.
NO_BOMB, TIMES = 64 << 20, 50


def contents(path):
    """Name and content of every file in an archive, as often as it is in there, and whether it is a link."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                if not each.is_dir():
                    with archive.open(each) as content:
                        yield each.filename, content, False
    else:
        with tarfile.open(path) as archive:
            for each in archive:
                if each.isreg():
                    yield each.name, archive.extractfile(each), False
                elif not each.isdir():
                    yield each.name, io.BytesIO(each.linkname.encode()), True


def look(content, left):
    """Size, hash and the secret that is in it, part by part; the text itself where it is a short one."""
    sha256, size, key, line, text = hashlib.sha256(), 0, False, b"", b""
    token, end = None, b""
    while part := content.read(PART):
        sha256.update(part)
        size += len(part)
        if size > left:
            return None
        if len(text) <= LARGEST_TEXT:
            text += part
        token = token or secret_in(end + part)
        end = (end + part)[-LONGEST_SECRET:]
        lines, found, rest = (line + part).rpartition(b"\n")
        key = key or bool(KEY.search(lines + found))
        # A longer line is none of a key, and its end must not look like a whole one.
        line = rest if len(rest) <= LARGEST_LINE else b"." + rest[-LARGEST_LINE:]
    key = key or bool(KEY.search(line))
    secret = "a private key" if key else token
    return {"size": size, "sha256": sha256.hexdigest()}, secret, text


def secret_in(content):
    """What it is by its kind, and never itself."""
    if zeros := content.count(0):
        # Every second byte of English in UTF-16, as PowerShell writes it; with fewer it is no text.
        if zeros < len(content) * LEAST_OF_UTF_16:
            return None
        content = content.replace(b"\0", b"")
    for kind, starts, pattern in SECRETS:
        if any(start in content for start in starts):
            for found in pattern.finditer(content):
                said = found.group()
                if len(set(said[-LAST:])) >= FEWEST_LETTERS and b"EXAMPLE" not in said:
                    return kind
    return None


def is_metadata(name):
    return re.fullmatch(r"[^/]+/PKG-INFO|[^/]+\.dist-info/METADATA", name)


def metadata(content):
    found, _ = parse_email(content)
    single = {field: found[key] for field, key in FIELDS.items() if key in found}
    return {**single, **{field: found.get(key, []) for field, key in LISTS.items()}}


def record(content):
    """Hash by path, as the wheel itself says; its own line has none."""
    rows = csv.reader(content.decode().splitlines())
    return {row[0]: hexadecimal(row[1] if len(row) > 1 else "") for row in rows if row}


def hexadecimal(listed):
    """The hash of RECORD, sha256=URL-SAFE-BASE64, in the form that the rest has."""
    kind, _, value = listed.partition("=")
    try:
        return base64.urlsafe_b64decode(value + "==").hex() if kind == "sha256" else ""
    except ValueError:
        return "no hash"


def entry_points(content):
    """What others find by a group and a name, and an installer makes commands of."""
    found, group = [], ""
    for line in content.decode(errors="replace").splitlines():
        name, equals, value = (each.strip() for each in line.partition("="))
        if name.startswith("["):
            group = name.strip("[]")
        elif equals:
            found.append({"group": group, "name": name, "value": value})
    return found


# What an installer puts where compiled code goes.
PLATLIB = re.compile(
    rb"^Root-Is-Purelib:[ \t]*false[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)


def otherwise_named(name, content):
    """The lines of WHEEL that are not what the name of the wheel says (PEP 427), or that no installer reads."""
    try:
        *_, build, tags = parse_wheel_filename(name)
    except InvalidWheelFilename:
        return []
    fits = {
        "Wheel-Version": lambda version: version == "1.0",
        "Tag": lambda tag: is_among(tag, tags),
        "Build": lambda number: number == "".join(map(str, build)),
    }
    said = email.message_from_bytes(content)
    return [
        f"{field}: {value}"
        for field, fit in fits.items()
        for value in map(str.strip, map(str, said.get_all(field, [])))
        if not fit(value)
    ]


# Without the first no installer takes a wheel, without the others each has a guess of its own.
LABELS = ("Wheel-Version", "Root-Is-Purelib", "Tag")


def unsaid(content):
    """The lines that a WHEEL has to have, and lacks."""
    said = email.message_from_bytes(content)
    return [field for field in LABELS if not str(said.get(field, "")).strip()]


def is_among(tag, tags):
    try:
        return parse_tag(tag) <= tags
    except ValueError:
        return False


# Where a project says which entry points it has.
SETTINGS = re.compile(r"[^/]+/(?:pyproject\.toml|hatch\.toml|setup\.cfg|setup\.py)")


def versions(name, content):
    """The versions that a file of the package states of itself."""
    if not name.endswith((".py", "/pyproject.toml", "/package.json")):
        return []
    return sorted({each.decode(errors="replace") for each in VERSION.findall(content)})


# What a backend may write a version into: texts and numbers, and types of them.
LONGEST_VERSION_MODULE = 1 << 16
PLAIN = (
    *(ast.BinOp, ast.BoolOp, ast.Compare, ast.Constant, ast.Dict, ast.FormattedValue),
    *(ast.IfExp, ast.JoinedStr, ast.List, ast.Slice, ast.Subscript, ast.Tuple),
    *(ast.Add, ast.BitOr, ast.Load, ast.Mod, ast.UnaryOp),
    *(ast.boolop, ast.cmpop, ast.unaryop),
)
# What is asked of texts.
ASKED = {"partition", "replace", "rpartition", "rsplit", "split", "startswith", "strip"}
TYPES = {"bool", "dict", "float", "int", "list", "object", "str", "tuple"}
OF_TYPES = {
    *("TYPE_CHECKING", "Any", "Dict", "Final", "List", "Literal", "Optional", "Tuple"),
    *("Union", "annotations"),
}
# What Python finds more by.
OF_IMPORTS = {"__builtins__", "__getattr__", "__loader__", "__path__", "__spec__"}
BY_VERSIONEER = "def get_versions():\n    return json.loads(version_json)"


def acts(name, content):
    """Whether a module that is named after a version does more than say what it is."""
    module = name.rpartition("/")[2].lower()
    if "version" not in module or not module.endswith(".py"):
        return False
    if len(content) > LONGEST_VERSION_MODULE:
        return True
    text = content.decode(errors="replace").replace("\r\n", "\n").strip()
    if any(fits(text, each) for each in templates()):
        return False
    known = set(TYPES)
    try:
        return not all(is_said(line, known) for line in ast.parse(content).body)
    except (MemoryError, RecursionError, SyntaxError, ValueError):
        return True


# What a backend fills in: a version, a part of it, or several as a tuple. Each place in it can be read in one way alone.
VALUE = r"[\w.+!-]{0,200}"
ITEM = rf"(?:'{VALUE}'|\"{VALUE}\"|[\w.+!-]{{1,200}})"
FILLED = re.compile(rf"{VALUE}|{ITEM}|\((?:{ITEM}(?:, ?{ITEM}){{0,8}}(?:, ?)?)?\)")
MOST_TEMPLATES = 20


@functools.cache
def templates():
    """What the project's own settings have a backend write, whatever that does: setuptools-scm, hatch-vcs and PDM take such texts."""
    found = []
    for name in ("pyproject.toml", "hatch.toml") if arguments.source else ():
        try:
            settings = tomllib.loads((arguments.source / name).read_text("utf-8"))
        except (OSError, RecursionError, ValueError):
            continue
        found += map(words_of, template_texts(settings))
    return found[:MOST_TEMPLATES]


def template_texts(value, key=""):
    if isinstance(value, dict):
        for name, each in value.items():
            yield from template_texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from template_texts(each)
    elif isinstance(value, str) and key.endswith("template"):
        yield value[:LONGEST_VERSION_MODULE]


def words_of(template):
    """What stands before, between and behind its fields, as `str.format` reads it."""
    words, escaped = [""], {"{{": "{", "}}": "}"}
    parts = re.split(r"(\{\{|\}\}|\{[^{}\n]*\})", template.strip())
    for at, each in enumerate(parts):
        if at % 2 and each not in escaped:
            words.append("")
        else:
            words[-1] += escaped.get(each, each)
    return words


def fits(text, words):
    """Whether a text is a template with its fields filled in: each ends where the next words begin."""
    first, *others = words
    if not text.startswith(first):
        return False
    at = len(first)
    for number, each in enumerate(others, 1):
        last = number == len(others)
        end = len(text) - len(each) if last else text.find(each, at)
        if end < at or not text.startswith(each, end):
            return False
        if not FILLED.fullmatch(text, at, end):
            return False
        at = end + len(each)
    return at == len(text)


def is_said(line, known):
    """Whether a line gives names to what is plain; those count as known from then on."""
    if isinstance(line, ast.Expr):
        return isinstance(line.value, ast.Constant)
    if isinstance(line, ast.Assign):
        return is_plain(line.value, known) and all(
            is_named(each, known) for each in line.targets
        )
    if isinstance(line, ast.AnnAssign):
        plain = [each for each in (line.annotation, line.value) if each]
        return all(is_plain(each, known) for each in plain) and is_named(
            line.target, known
        )
    if isinstance(line, ast.If):
        lines = line.body + line.orelse
        return is_plain(line.test, known) and all(
            is_said(each, known) for each in lines
        )
    if isinstance(line, (ast.Import, ast.ImportFrom)):
        return is_import(line, known)
    return isinstance(line, ast.Pass) or ast.unparse(line) == BY_VERSIONEER


def is_named(target, known):
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    if not all(isinstance(each, ast.Name) for each in names):
        return False
    known |= {each.id for each in names}
    return not known & OF_IMPORTS


def is_import(line, known):
    """Types by their names, and what versioneer takes: no line that is read here reaches it."""
    if isinstance(line, ast.Import):
        return all(
            each.name in {"json", "sys"} and not each.asname for each in line.names
        )
    names = {each.name for each in line.names}
    known |= {each.asname or each.name for each in line.names}
    homes = {"__future__", "typing", "typing_extensions"}
    return line.level == 0 and line.module in homes and names <= OF_TYPES


def is_plain(value, known):
    """Of constants and of names for such, without a call but of a text."""
    return all(
        isinstance(each, PLAIN)
        or (isinstance(each, ast.Name) and each.id in known)
        or (isinstance(each, ast.Attribute) and each.attr in ASKED)
        or (isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute))
        for each in ast.walk(value)
    )


# What backends write anew in a wheel, where `#!python` is whichever one it is installed for.
INTERPRETER = re.compile(rb"#![^\n]*python[0-9.]*(?=[ \t\r\n]|$)")


def as_script(content, size):
    """The hash of a script of Python as a wheel may have it; backends read it as text."""
    if len(content) < size or not (found := INTERPRETER.match(content)):
        return {}
    text = b"#!python" + content[found.end() :]
    return {"script": digest(text.replace(b"\r\n", b"\n"))}


# Beside Python's own modules those of what installs into every environment.
EVERYBODYS = {
    *sys.stdlib_module_names,
    *("_distutils_hack", "pip", "pkg_resources", "setuptools", "uv", "wheel"),
}


def taken(path, entries):
    """The names at the top of a wheel that everybody has already."""
    if path.suffix != ".whl":
        return []
    inside = re.compile(r"^[^/]+\.data/(?:purelib|platlib)/")
    parts = [inside.sub("", each["name"]).split("/") for each in entries]
    tops = {each[0] if each[1:] else each[0].partition(".")[0] for each in parts}
    return sorted(tops & EVERYBODYS)


# What Linux, macOS and Windows take of a path and of each name in it, in bytes.
LONGEST_PATH, LONGEST_NAME, SHOWN = 4096, 255, 200


def unfit_for(name):
    """Why a path is none that all readers take for the same: what asks of it by its name would miss it."""
    parts = name.replace("\\", "/").split("/")
    if {"", ".", ".."} & {*parts}:
        return "whose path may be read as another one"
    sizes = [len(each.encode(errors="replace")) for each in parts]
    if sum(sizes) + len(sizes) > LONGEST_PATH or max(sizes) > LONGEST_NAME:
        return "whose path is longer than any system takes"
    return None


def most_of(path):
    """How much is read of what an archive unpacks to: of one of a release that is out no more than an index takes."""
    most = max(NO_BOMB, TIMES * path.stat().st_size)
    if arguments.released and most < LARGEST_ARCHIVE:
        return most, f"{most >> 20} MiB, and {TIMES} times its own size"
    return LARGEST_ARCHIVE, "4 GiB"


def describe(path):
    entries, about, listed = [], {}, None
    left, most = most_of(path)
    written = b""
    points, settings, platlib, labels = [], "", False, []
    lacking = list(LABELS) if path.suffix == ".whl" else []
    for name, stream, link in contents(path):
        # What a release before had is only compared.
        if arguments.source and (unfit := unfit_for(name)):
            sys.exit(
                f"{path.name} has a file {unfit}: `{name[:SHOWN]}`. Let the build backend write plain paths."
            )
        seen = look(stream, left)
        if seen is None:
            sys.exit(
                f"{path.name} unpacks to more than {most}: `{name}` is not read any further"
            )
        entry, secret, content = seen
        left -= entry["size"]
        if is_metadata(name):
            about, written = metadata(content), content
        if path.suffix == ".whl" and re.fullmatch(r"[^/]+\.dist-info/RECORD", name):
            listed = record(content)
        if path.suffix == ".whl" and re.fullmatch(
            r"[^/]+\.dist-info/entry_points\.txt", name
        ):
            points = entry_points(content)
        if path.suffix == ".whl" and re.fullmatch(r"[^/]+\.dist-info/WHEEL", name):
            platlib = bool(PLATLIB.search(content))
            labels, lacking = otherwise_named(path.name, content), unsaid(content)
        if path.suffix != ".whl" and SETTINGS.fullmatch(name):
            text = content.decode(errors="replace")
            settings += spelled_out(without_allowed(text))
        stated = versions(name, content)
        short = entry["size"] <= LONGEST_POINTER and content.startswith(POINTER)
        entries.append(
            {
                "name": name,
                **entry,
                **({"link": True} if link else {}),
                **({"runs": True} if content.startswith(b"#!") and not link else {}),
                **as_script(content, entry["size"]),
                **({"own": content} if is_settings(name, entry, content) else {}),
                **(
                    {"module": content}
                    if is_version_module(name, entry, content)
                    else {}
                ),
                **({"secret": secret} if secret else {}),
                **({"versions": stated} if stated else {}),
                **({"acts": True} if acts(name, content) else {}),
                **({"pointer": content.decode(errors="replace")} if short else {}),
            }
        )
    return {
        "name": path.name,
        "size": path.stat().st_size,
        "metadata": about,
        "written": written,
        **({} if listed is None else {"record": listed}),
        **({"entryPoints": points} if points else {}),
        **({"settings": settings} if settings else {}),
        **({"platlib": True} if platlib else {}),
        **({"mislabelled": labels} if labels else {}),
        **({"unlabelled": lacking} if lacking else {}),
        **({"taken": names} if (names := taken(path, entries)) else {}),
        "entries": entries,
    }


def unlike(archive, tree):
    """Says of the files of an sdist which ones the tree has with other bytes, and which nowhere."""
    named = {}
    for path in tree.rglob("*"):
        if path.is_file():
            named.setdefault(path.name, []).append(path)
    hashes = functools.cache(hash_of)
    for entry in archive["entries"]:
        deciding = DECIDING.fullmatch(entry["name"])
        inner = tree / pathlib.PurePosixPath(*entry["name"].split("/")[1:])
        there = inner in named.get(inner.name, [])
        # Another file of that name is only asked where a backend may have moved it.
        alike = [inner] if there else [] if deciding else named.get(inner.name, [])
        moved = False
        if entry.get("link"):
            there = inner.is_symlink()
            same = there and entry["sha256"] == digest(os.readlink(bytes(inner)))
        else:
            same = any(entry["sha256"] == hashes(path) for path in alike)
            moved = same and not there
        if not same and "own" in entry:
            own = inner.read_bytes() if there else b""
            same = says_the_same(inner.name, own, entry["own"])
        if moved:
            entry["unlike"] = "moved"
        elif not same:
            entry["unlike"] = "changed" if there else "made"
            version = version_of(archive)
            if there and "module" in entry and says_more(inner, entry, version):
                entry["acts"] = True
    mark_stamped(archive, tree)


def mark_stamped(archive, tree):
    """Says of what has other bytes whether a text says no more than the version otherwise."""
    changed = [each.get("unlike") == "changed" for each in archive["entries"]]
    if not any(changed):
        return
    version = version_of(archive)
    path = arguments.dist / archive["name"]
    for entry, differs, (name, stream, link) in zip(
        archive["entries"], changed, contents(path), strict=True
    ):
        if differs and not link and entry["size"] <= LARGEST_TEXT:
            inner = tree / pathlib.PurePosixPath(*name.split("/")[1:])
            # Byte by byte: of what is no UTF-8 nothing may be taken for the same.
            texts = [
                each.decode("latin-1") for each in (inner.read_bytes(), stream.read())
            ]
            if "\0" not in texts[1] and stamped(*texts, version):
                entry["stamped"] = True


def version_of(archive):
    return archive["name"].removesuffix(".tar.gz").rpartition("-")[2]


# What a build from an sdist is decided by, where no other file of that name is.
DECIDING = re.compile(
    r"[^/]+/(?:pyproject\.toml|setup\.cfg|setup\.py|hatch\.toml|pdm\.toml|MANIFEST\.in)"
)


def is_version_module(name, entry, content):
    """What a build writes a version into, though the project has it."""
    base = name.rpartition("/")[2].lower()
    small = len(content) == entry["size"] <= LONGEST_VERSION_MODULE
    return small and "version" in base and base.endswith((".py", ".pyi"))


def says_more(path, entry, version):
    """Whether it says otherwise what is none of a version; the project's own templates say what they like."""
    here, there = (
        each.decode(errors="replace").replace("\r\n", "\n")
        for each in (path.read_bytes(), entry["module"])
    )
    return not any(
        fits(there.strip(), each) for each in templates()
    ) and not says_only_the_version(here, there, version)


def is_settings(name, entry, content):
    """What a backend may write anew into an sdist; of what was cut off nothing is known."""
    known = re.fullmatch(r"[^/]+/(?:pyproject\.toml|setup\.cfg)", name)
    return known and len(content) == entry["size"]


def says_the_same(name, here, there):
    """What is nowhere says nothing, which pyproject.toml can't say either: it decides by being there."""
    texts = [
        each.decode(errors="replace").replace("\r\n", "\n") for each in (here, there)
    ]
    if name == "pyproject.toml":
        return bool(here) and tables_alike(*texts)
    here, there = map(sections, texts)
    return here is not None and here == there


# What setuptools writes into the setup.cfg of an sdist.
WRITTEN = {"tag_build", "tag_date", "tag_svn_revision"}


def sections(text):
    """What setup.cfg says, without what setuptools writes there."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    said = {name: dict(parser[name]) for name in parser}
    about = {
        name: value
        for name, value in said.pop("egg_info", {}).items()
        if name not in WRITTEN
    }
    return {**said, "egg_info": about}


def tables_alike(here, there):
    """Whether pyproject.toml says the same but for what the project leaves to its build (PEP 621), and the version."""
    try:
        own, written = tomllib.loads(here), tomllib.loads(there)
        left, more = dynamic(own), dynamic(written) - dynamic(own)
        return not more and decisive(own, left) == decisive(written, left)
    except (AttributeError, RecursionError, TypeError, ValueError):
        return False


def dynamic(settings):
    return set(settings.get("project", {}).get("dynamic", []))


# Where a backend says the version, or that it need not be looked for again.
TAKES_THE_VERSION = {"poetry": "version", "poetry-dynamic-versioning": "enable"}


def decisive(settings, left):
    """In one form; Python itself takes 1, 1.0 and true for the same."""
    project = settings.get("project", {})
    for field in {"dynamic", "version", *left}:
        project.pop(field, None)
    tools = settings.get("tool", {})
    for tool, field in TAKES_THE_VERSION.items():
        tools.get(tool, {}).pop(field, None)
    return json.dumps(settings, sort_keys=True, default=repr)


def hash_of(path):
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def output(directory):
    files = (path for path in sorted(directory.rglob("*")) if path.is_file())
    return {str(path.relative_to(directory)): hash_of(path) for path in files}


def digest(content):
    return hashlib.sha256(content).hexdigest()


def told(archive, tree, around, said):
    """Says of a file what it requires, and what of that and else the project does not say."""
    about, written = archive["metadata"], archive.pop("written")
    requires = [(each, None) for each in about.get("Requires-Dist", [])]
    archive["requires"] = plainly(requires, about.get("Name", ""))
    if tree:
        read = read_about(written)
        archive["otherwise"] = otherwise(tree, read)
        archive["opened"] = no_longer_private(tree, read)
        archive["unnamed"] = unnamed(tree, around, read, said)


parser = argparse.ArgumentParser()
parser.add_argument("--source", type=pathlib.Path)
parser.add_argument("--around", type=pathlib.Path)
parser.add_argument("--released", action="store_true")
parser.add_argument("dist", type=pathlib.Path)
parser.add_argument("outputs", nargs="*", type=pathlib.Path)
arguments = parser.parse_args()
# The project's own first: what means the same is told in its words.
own = {"stated": stated(arguments.source)} if arguments.source else {}
files = [
    describe(path)
    for path in sorted(arguments.dist.iterdir())
    if path.name.endswith((".whl", ".tar.gz"))
]
for each in files:
    if arguments.source and not each["name"].endswith(".whl"):
        unlike(each, arguments.source)
    for entry in each["entries"]:
        entry.pop("own", None)
        entry.pop("module", None)
    told(each, arguments.source, arguments.around, own.get("stated"))
json.dump(
    {
        "files": files,
        "outputs": [output(each) for each in arguments.outputs],
        **own,
    },
    sys.stdout,
)
