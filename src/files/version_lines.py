"""Whether a module that a project has for its version says no more than that otherwise, once a build wrote it anew."""

import ast
import json
import re

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


def is_table(value, version):
    """What versioneer writes as JSON."""
    try:
        said = json.loads(value)
    except (RecursionError, ValueError):
        return False
    return isinstance(said, dict) and all(
        is_of(each, version, key == "dirty") for key, each in said.items()
    )
