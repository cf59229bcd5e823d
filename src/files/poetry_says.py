"""What `[tool.poetry]` says, as `[project]` says it: poetry-core writes both into the same metadata."""

import itertools
import re

from packaging.utils import canonicalize_name
from packaging.version import Version
from static_table import Unread


def is_built_by_poetry(settings):
    """Some have its table for an environment alone, and another backend."""
    system = settings.get("build-system", {})
    builds = [*system.get("requires", []), system.get("build-backend", "")]
    return any("poetry" in each for each in builds)


def table_of(settings):
    return settings.get("tool", {}).get("poetry", {})


def license_of(poetry):
    """What is written as in a sentence gets a name of its own from poetry."""
    said = poetry.get("license")
    if said is not None and re.search(r"\s", said):
        raise Unread
    return said


def urls_of(poetry):
    named = {key: poetry[key] for key in ADDRESSES if key in poetry}
    return {**named, **poetry.get("urls", {})}


ADDRESSES = ("homepage", "repository", "documentation")


def people(key):
    def read(poetry):
        return [{"name": each} for each in poetry.get(key, [])]

    return read


def pythons(poetry):
    """A backend says nothing of what may be any; what is left out, poetry does not write as it is."""
    said = poetry.get("dependencies", {}).get("python", "*")
    if "!" in said:
        raise Unread
    return None if said == "*" else specifier(said)


def dependencies(poetry):
    return [text for text, extra in requirements(poetry) if extra is None]


def extras_of(poetry):
    found = {extra: [] for extra in poetry.get("extras", {})}
    for text, extra in requirements(poetry):
        if extra is not None:
            found.setdefault(extra, []).append(text)
    return found


def requirements(poetry):
    """Each with the extra that it is of; what is optional and of none is required by nobody."""
    extras = poetry.get("extras", {})
    for name, given in poetry.get("dependencies", {}).items():
        if canonicalize_name(name) == "python":
            continue
        own = [each for each in extras if is_in(extras[each], name)]
        for each in given if isinstance(given, list) else [given]:
            how = each if isinstance(each, dict) else {"version": each}
            if own or not how.get("optional"):
                yield from itertools.product([requirement(name, how)], own or [None])


def is_in(names, name):
    if not all(re.fullmatch(r"[\w.-]+", each) for each in names):
        raise Unread
    return canonicalize_name(name) in map(canonicalize_name, names)


KNOWN = {"version", "extras", "optional", "markers", "python", "platform"}
# Where poetry looks for it, and what of it it takes, is nobody else's.
KNOWN |= {"allow-prereleases", "source"}


def requirement(name, how):
    if how.keys() - KNOWN:
        raise Unread
    extras = ",".join(how.get("extras", []))
    markers = [
        *([how["markers"]] if "markers" in how else []),
        *([python_marker(how["python"])] if "python" in how else []),
        *([f'sys_platform == "{how["platform"]}"'] if "platform" in how else []),
    ]
    where = " and ".join(f"({each})" for each in markers if each)
    plain = f"{name}{extras and f'[{extras}]'} {specifier(how['version'])}"
    return f"{plain}{where and f' ; {where}'}"


def python_marker(said):
    """With alternatives, each of which is a condition."""
    return " or ".join(
        " and ".join(map(python_bound, filter(None, specifier(each).split(","))))
        for each in said.split("||")
    )


def python_bound(bound):
    sign, version = re.fullmatch(r"([<>=!~]+)(.*)", bound).groups()
    # Each poetry has its own word for whether that is a patch of it.
    if sign in (">", "<="):
        raise Unread
    whole = version.removesuffix(".*").count(".") > 1
    return f'python_{"full_" if whole else ""}version {sign} "{version}"'


def specifier(said):
    """With `^` and `~` as PEP 440 writes them; alternatives have no such form."""
    if "|" in said:
        raise Unread
    words = re.sub(r"([<>=!~^])\s+", r"\1", said).replace(",", " ").split()
    return ",".join(narrowest(itertools.chain.from_iterable(map(bounds, words))))


def narrowest(bounds):
    """Of several on one side the one that counts, as poetry writes them."""
    found = {}
    for each in bounds:
        sign, number = re.fullmatch(r"([<>=!~]+)(.*)", each).groups()
        side = sign[0] if sign in ("<", "<=", ">", ">=") else each
        known = found.get(side, "").lstrip("<>=")
        wider = known and (Version(number) <= Version(known)) == (side == ">")
        if side == each or not wider:
            found[side] = each
    return found.values()


def bounds(word):
    sign, number = re.fullmatch(r"(\^|~(?!=)|[<>=!~]*)(.*)", word).groups()
    if number == "*":
        return []
    if sign in ("^", "~"):
        return [f">={number}", f"<{after(sign, Version(number).release)}"]
    return [f"{'==' if sign in ('', '=') else sign}{number}"]


def after(sign, release):
    """The first release that is too new: of `^` the first number but 0 decides, of `~` the second."""
    set_at = next((at for at, part in enumerate(release) if part), len(release) - 1)
    last = set_at if sign == "^" else min(1, len(release) - 1)
    return ".".join(map(str, [*release[:last], release[last] + 1]))


def scripts(poetry):
    """A script that is a file is no entry point."""
    named = poetry.get("scripts", {})
    return {
        name: value if isinstance(value, str) else reference(value)
        for name, value in named.items()
        if isinstance(value, str) or value.get("type") != "file"
    }


def reference(how):
    if "extras" in how:
        raise Unread
    return how["reference"] if "reference" in how else how["callable"]


FIELDS = {
    **{
        key: lambda poetry, key=key: poetry.get(key)
        for key in ("name", "description", "readme", "keywords")
    },
    "license": license_of,
    "classifiers": lambda poetry: poetry.get("classifiers", []),
    "urls": urls_of,
    "authors": people("authors"),
    "maintainers": people("maintainers"),
    "requires-python": pythons,
    "dependencies": dependencies,
    "optional-dependencies": extras_of,
    "scripts": scripts,
    "entry-points": lambda poetry: poetry.get("plugins", {}),
}
