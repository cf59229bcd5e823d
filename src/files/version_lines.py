"""Whether what a build wrote anew says no more than the version otherwise: a module for that, or any text."""

import ast
import json
import re
from os.path import commonprefix

# What tells of a version beside its numbers.
WORDS = re.compile(
    r"[\W_]{0,9}|v?(?:a|alpha|b|beta|c|rc|candidate|final|dev|post)|"
    r"g?[0-9a-f]{7,40}|\d{4}-\d\d-\d\d[\d:T+ Z-]*"
)
# Of these is told whether, and nothing else hangs on it.
WHETHER = re.compile(r"(?i)_*(?:is_?)?(?:dirty|dev|final|release|type_checking)_*")
BY_VERSIONEER = "get_versions"


def alike(here, there, version):
    """Whether only lines that say the version, its parts, a commit or a date differ."""
    try:
        own, written = ast.parse(here).body, ast.parse(there).body
    except (MemoryError, RecursionError, SyntaxError, ValueError):
        return False
    known = {ast.dump(each) for each in own}
    new = [each for each in written if ast.dump(each) not in known]
    names = {name for each in written for name in named(each)}
    kept = {ast.dump(each) for each in written}
    gone = [each for each in own if ast.dump(each) not in kept]
    # It writes a short module in the place of a long one.
    short = BY_VERSIONEER in names & {name for each in own for name in named(each)}
    return all(tells(each, version) for each in new) and (
        short or all(is_replaced(each, names) for each in gone)
    )


def named(line):
    if isinstance(line, (ast.Assign, ast.AnnAssign)):
        targets = line.targets if isinstance(line, ast.Assign) else [line.target]
        found = (ast.walk(each) for each in targets)
        return [
            each.id for nodes in found for each in nodes if isinstance(each, ast.Name)
        ]
    if isinstance(line, ast.If):
        return [name for each in line.body + line.orelse for name in named(each)]
    return [line.name] if isinstance(line, (ast.FunctionDef, ast.ClassDef)) else []


def is_replaced(line, names):
    if isinstance(line, (ast.Import, ast.ImportFrom, ast.Expr, ast.Try)):
        return True
    return all(
        each in names or "version" in each.lower() or WHETHER.fullmatch(each)
        for each in named(line)
    )


def tells(line, version):
    if isinstance(line, (ast.Import, ast.ImportFrom, ast.Expr, ast.Pass)):
        return True
    if isinstance(line, ast.If):
        return all(tells(each, version) for each in line.body + line.orelse)
    if isinstance(line, ast.FunctionDef):
        return line.name == BY_VERSIONEER
    if not isinstance(line, (ast.Assign, ast.AnnAssign)):
        return False
    names = named(line)
    if line.value is None or names == ["__all__"]:
        return True
    whether = all(WHETHER.fullmatch(each) for each in names)
    return all(
        is_of(each.value, version, whether)
        for each in ast.walk(line.value)
        if isinstance(each, ast.Constant)
    )


def is_of(value, version, whether):
    """Whether a value says a version, a part of it, or from where it is."""
    if isinstance(value, bool):
        return whether
    if isinstance(value, int):
        return str(value) in re.findall(r"\d+", version)
    if not isinstance(value, str):
        return value is None or value is ...
    return (
        WORDS.fullmatch(value) is not None
        or plain(value) in plain(version)
        or plain(value).startswith(plain(version) + "+")
        or is_table(value, version)
    )


def plain(version):
    return re.sub(r"[^0-9a-z+]", "", version.lower().removeprefix("v"))


# A version of before with two dots, which no number has; one with a single dot is a version behind such a word.
OLDER = re.compile(r"\d+\.\d+\.\d[\w.+-]{0,60}")
SHORT = re.compile(r"\d+\.\d[\w+-]{0,60}")
BEHIND_WORDS = re.compile(r"(?i)(?:version|release)[\W_]{1,9}v?$|\bv$|[?&]v(?:er)?=$")
NEAR = 40
# A word that stands for it until then, with its signs: `@VERSION@`, `{{ version }}`, `$version`.
WORD = re.compile(r"(?i)(?:[@%$_<]|[$@]?\{){1,2} ?[\w.-]{0,30}version ?[@%_>}]{0,2}")
NAMES = {"a": "(?:a|alpha)", "b": "(?:b|beta)", "rc": "(?:rc|c|pre)"}


def stamped(here, there, version):
    """Whether a text is another one but for its line ends, and for the version in the place of one and the same word."""
    own, written = (text.replace("\r\n", "\n").split("\n") for text in (here, there))
    if len(own) != len(written):
        return False
    said = spelled(version)
    pairs = [each for each in zip(own, written, strict=True) if each[0] != each[1]]
    words = {replaced(before, after, said) for before, after in pairs}
    return None not in words and len(words) <= 1


def spelled(version):
    """A version as Python, npm and others write it."""
    parts = re.findall(r"\d+|[a-z]+", version.lower())
    text = "".join(
        ("" if at == 0 else "[-._+]" if (parts[at - 1] + each).isdigit() else "[-._+]?")
        + NAMES.get(each, each)
        for at, each in enumerate(parts)
    )
    return re.compile(rf"(?i)(?<![\d.]){text}(?!\w|\.\d)")


def replaced(before, after, said):
    """What the version stands for in a line, if that is all in which it differs."""
    parts = around(before, after, said)
    length, rest = divmod(len(before) - sum(map(len, parts)), len(parts) - 1 or 1)
    at = len(parts[0])
    word = before[at : at + length] if length > 0 and not rest else ""
    near = before[max(0, at - NEAR) : at]
    stands = (
        OLDER.fullmatch(word)
        or WORD.fullmatch(word)
        or (SHORT.fullmatch(word) and BEHIND_WORDS.search(near))
    )
    return word if stands and word.join(parts) == before else None


def around(before, after, said):
    """The parts of a line around the version, where the line of before does not have it as well."""
    same = len(commonprefix([before, after]))
    alike = len(after) - len(commonprefix([before[::-1], after[::-1]]))
    spans = [each.span() for each in said.finditer(after)]
    new = [each for each in spans if each[1] > same and each[0] < alike]
    edges = [0, *(edge for span in new for edge in span), len(after)]
    return [
        after[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def is_table(value, version):
    """What versioneer writes as JSON."""
    try:
        said = json.loads(value)
    except (RecursionError, ValueError):
        return False
    return isinstance(said, dict) and all(
        is_of(each, version, key == "dirty") for key, each in said.items()
    )
