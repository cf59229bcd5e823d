"""Requirements by what they mean, since each backend writes them in a form of its own."""

import functools
import itertools
import math
import re

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name, canonicalize_version


def plainly(requirements, own=""):
    """Each of `(requirement, extra)` with the extra that it is of and the words of where else it holds; an extra of `None` is left to the markers."""
    found, inner = set(), set()
    for text, given in requirements:
        try:
            asked = Requirement(text)
        except InvalidRequirement:
            continue
        extras = "".join(f"[{extra}]" for extra in sorted(asked.extras))
        how = asked.url or ",".join(sorted({*bounds(asked.specifier)}))
        name = canonicalize_name(asked.name)
        for extra, where in holds_for(asked.marker, given):
            if asked.extras and name == canonicalize_name(own):
                inner |= {(canonicalize_name(each), extra) for each in asked.extras}
            else:
                found.add((f"{name}{extras} {how}".strip(), extra, where))
    # An extra of the project may name others of it, and some backends write what those require.
    for _ in inner:
        found |= {
            (plain, to, where)
            for plain, of, where in found
            for extra, to in inner
            if of == extra
        }
    return sorted(itertools.starmap(in_words, found))


def in_words(plain, extra, where):
    return f"{plain}{where and f' where {where}'}{extra and f' for {extra}'}"


def bounds(specifiers):
    """With `~=` and `==` of a prefix as the two bounds that they are short for, which some backends write."""
    for each in specifiers:
        release = each.version.removesuffix(".*").split(".")
        short = each.operator == "~=" or (
            each.operator == "==" and each.version.endswith(".*")
        )
        if short and all(part.isdecimal() for part in release):
            kept = release[:-1] if each.operator == "~=" else release
            after = [*kept[:-1], str(int(kept[-1]) + 1)]
            yield f">={canonicalize_version('.'.join(release))}"
            yield f"<{canonicalize_version('.'.join(after))}"
        elif each.operator == "===" or each.version.endswith(".*"):
            yield str(each)
        else:
            yield f"{each.operator}{canonicalize_version(each.version)}"


LITERAL = re.compile(r"""["']([^"']*)["']""")
# No author writes a longer one; a build may.
LONGEST = 1000


def holds_for(marker, given):
    """Whom a requirement is for: everybody, as the extra that is none, and each extra that it is for otherwise."""
    if given is not None:
        return [(canonicalize_name(given), where_holds(marker, given))]
    everybody = where_holds(marker, "")
    # An author may write the extra on either side.
    named = {canonicalize_name(each) for each in LITERAL.findall(str(marker or ""))}
    extras = [(each, where_holds(marker, each)) for each in sorted(named - {""})]
    return [
        (extra, where)
        for extra, where in [("", everybody), *extras]
        if where != NEVER and (extra == "" or where != everybody)
    ]


NEVER = "nowhere"
# The words of each condition, as who was read first has them.
KNOWN = [("", lambda _: True, ""), (NEVER, lambda _: False, "")]


def where_holds(marker, extra):
    return "" if marker is None else words_of(str(marker), extra)


@functools.cache
def words_of(text, extra):
    if len(text) > LONGEST:
        return text
    holds = functools.partial(holds_in, Marker(text), extra)
    for words, same, other in KNOWN:
        if alike(holds, same, f"{text} {other}"):
            return words
    KNOWN.append((text, holds, text))
    return text


def holds_in(marker, extra, world):
    try:
        return marker.evaluate({**world, "extra": extra})
    # What can't be compared, or compares no variable at all.
    except (KeyError, ValueError):
        return None


OF_PYTHON = ("python_version", "python_full_version")
ELSE = (
    *("os_name", "sys_platform", "platform_machine", "platform_system"),
    *("platform_release", "platform_version", "platform_python_implementation"),
    *("implementation_name", "implementation_version"),
)
PYTHONS = ["2.7", *(f"3.{minor}" for minor in range(21)), "4.0"]
# More than two conditions of one author tell apart.
MOST_WORLDS = 30_000


def alike(one, other, text):
    """Whether two conditions hold together wherever their texts may tell them apart."""
    axes = [[{name: each} for each in values] for name, values in known_values(text)]
    if any(name in text for name in OF_PYTHON):
        axes.append([python(each) for each in releases(LITERAL.findall(text))])
    if math.prod(map(len, axes)) > MOST_WORLDS:
        return False
    return all(
        one(world) == other(world)
        for chosen in itertools.product(*axes)
        for world in [{key: each[key] for each in chosen for key in each}]
    )


def known_values(text):
    """What a text compares a variable with, and what it does not."""
    for name in ELSE:
        if re.search(rf"\b{name}\b", text):
            compared = re.findall(
                rf'\b{name} (?:not in|\S+) "([^"]*)"|"([^"]*)" (?:not in|\S+) {name}\b',
                text,
            )
            literals = {each for pair in compared for each in pair}
            parts = {part for each in literals for part in re.split(r"[\s,|]+", each)}
            yield name, sorted(literals | parts | {"other", "0"})


def python(release):
    minor = ".".join(release.split(".")[:2])
    return {"python_version": minor, "python_full_version": release}


def releases(versions):
    """Of Python: the first of each minor one, and those around what is named."""
    named = [
        [int(part) for part in each.split(".")]
        for each in versions
        if re.fullmatch(r"\d{1,4}(?:\.\d{1,4}){2}", each)
    ]
    return [
        *(f"{each}.0" for each in PYTHONS),
        *(
            f"{major}.{minor}.{micro}"
            for major, minor, last in named
            for micro in (max(last - 1, 0), last, last + 1)
        ),
    ]


def admits(specifiers, others):
    """Which releases of Python a `Requires-Python` is for, asked as finely as both name them; of what is none, its text."""
    named = re.findall(r"\d+(?:\.\d+)*", f"{specifiers} {others}")
    try:
        known = SpecifierSet(specifiers)
    except InvalidSpecifier:
        return specifiers
    return [each for each in releases(named) if known.contains(each, prereleases=True)]
