"""What metadata says that no file of the project has a word of."""

import re
from textwrap import shorten

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from poetry_says import is_built_by_poetry
from project_says import is_derived, plain_text, settings_of, static, urls_of


def unnamed(tree, around, about, said):
    """What metadata requires, where it leads and what else it is for that nothing in the project has a word of, where a static `[project]` does not say it."""
    requires, urls = set(), urls_of(about)
    beside, shown = in_lines(about, BESIDE), unstated(tree, about)
    if "requires" not in said:
        requires, sources = named_in(about.get("requires_dist", []))
        urls |= sources
    for path in nearest([tree, around] if around else [tree]):
        if not requires and not urls and not beside and not shown:
            break
        text = text_of(path)
        words = set(WORD.findall(text))
        if path.suffix in SETTING:
            requires -= set(map(canonicalize_name, words))
            beside = without(words, beside)
        letters = {*LETTERS.findall(text), *ADDRESS.findall(text)}
        shown = without(words | letters, shown)
        urls -= led_to(text, urls)
    return {
        "requires": sorted(requires),
        "urls": sorted(urls),
        "beside": sorted([*beside, *shown]),
    }


# What decides where something is installed, and has no place in `[project]`.
BESIDE = {
    "platforms": "Platform",
    "supported_platforms": "Supported-Platform",
    "requires_external": "Requires-External",
    "provides_dist": "Provides-Dist",
    "obsoletes_dist": "Obsoletes-Dist",
    "requires": "Requires",
    "provides": "Provides",
    "obsoletes": "Obsoletes",
}


# What people read, by where `[project]` says it.
SHOWN = {
    "summary": ("Summary", "description"),
    "author": ("Author", "authors"),
    "author_email": ("Author-email", "authors"),
    "maintainer": ("Maintainer", "maintainers"),
    "maintainer_email": ("Maintainer-email", "maintainers"),
    "keywords": ("Keyword", "keywords"),
    "classifiers": ("Classifier", "classifiers"),
    "license_expression": ("License-Expression", "license"),
    "license": ("License", "license"),
    "requires_python": ("Requires-Python", "requires-python"),
    "description": ("Description", "readme"),
}


# A script may put them together from anything.
COMPUTED = {"requires_python", "description"}


def unstated(tree, about):
    """What people read of which no table says what it has to be; a script may read it anywhere."""
    project, dynamic = static(tree)
    fields = {
        field: name
        for field, (name, key) in SHOWN.items()
        if key not in project.keys() - dynamic
        and not (field in COMPUTED and (not project or key in dynamic))
    }
    derives = is_built_by_poetry(settings_of(tree))
    own = [
        each
        for each in about.get("classifiers", [])
        if not (derives and is_derived(each))
    ]
    return in_lines({**about, "classifiers": own}, fields)


def in_lines(about, fields):
    """Each value of metadata as it stands there, with its words; older backends write one where a project says nothing."""
    values = {
        shorten(f"{name}: {value}", LONGEST, placeholder="…"): words_in(value)
        for field, name in fields.items()
        for value in map(plain_text, listed(about.get(field, [])))
        if value != "UNKNOWN"
    }
    return {line: words for line, words in values.items() if words}


def words_in(value):
    """Those of a name, which stand for it in any way of writing its other letters; of one that has none, the whole, as of an address."""
    words = set(WORD.findall(value)) or set(LETTERS.findall(value))
    return words | set(ADDRESS.findall(value))


def listed(value):
    return value if isinstance(value, list) else [value]


def without(words, lines):
    left = {line: values - words for line, values in lines.items()}
    return {line: values for line, values in left.items() if values}


# Files in which a project may say what it requires.
SETTING = {".cfg", ".in", ".ini", ".json", ".lock", ".py", ".toml"}
SETTING |= {".txt", ".yaml", ".yml"}
WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
URL = re.compile(r"https?://[^\s\"'<>`)\]},]+")
LETTERS = re.compile(r"\w+")
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
# No author's name is that long, and a description is.
LONGEST = 200
LARGEST_TEXT = 2_000_000


def named_in(requirements):
    """The projects that are required, and the addresses of those that come from one."""
    names, urls = set(), set()
    for each in requirements:
        try:
            asked = Requirement(each)
        except InvalidRequirement:
            continue
        names.add(canonicalize_name(asked.name))
        urls |= {asked.url} if asked.url else set()
    return names, urls


def nearest(trees):
    """The files of a project and of what it lies in, those at its top first: most are not asked for."""
    folders = [*trees]
    for folder in folders:
        for each in sorted(folder.iterdir()):
            if each.is_file():
                yield each
            elif each.is_dir() and not each.is_symlink():
                folders.append(each)


def text_of(path):
    """As it is written, and as it is read."""
    if path.stat().st_size > LARGEST_TEXT:
        return ""
    text = path.read_text("utf-8", errors="replace")
    own = without_allowed(text) if path.name == "pyproject.toml" else text
    return f"{own}\n{spelled_out(own)}" if "\\" in own else own


def spelled_out(text):
    """With the letters that Python, TOML and JSON let people write by their numbers."""
    return ESCAPED.sub(
        lambda found: chr(int("".join(filter(None, found.groups())), 16)), text
    )


ESCAPED = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}))"
)


def without_allowed(text):
    """Settings without what lets pass what nothing names: that must not name it."""
    table, kept = "", []
    for line in text.splitlines(keepends=True):
        header = HEADER.match(line)
        table = re.sub(r"[\s\"']", "", header[1]) if header else table
        key = re.match(r"\s*[\"']?allow\b", line)
        if table != ALLOWED and not (f"{table}.allow" == ALLOWED and key):
            kept.append(line)
    return "".join(kept)


HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
ALLOWED = "tool.shipwheel.allow"


def led_to(text, urls):
    """Those that a text has, or has the begin of: a repository, where its issues are asked for."""
    found = {each.rstrip("/.") for each in URL.findall(text)}
    above = {outer for each in found for outer in outer_urls(each)}
    return {
        each
        for each in urls
        if each in above or any(outer in found for outer in outer_urls(each)[2:])
    }


def outer_urls(url):
    """A URL and each that it is below, the host first."""
    scheme, _, rest = url.partition("://")
    parts = rest.split("/")
    return [f"{scheme}://{'/'.join(parts[:at])}" for at in range(1, len(parts) + 1)]
