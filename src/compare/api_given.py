"""The names that a module gives whoever asks for them, by its `__getattr__`."""

import ast
import contextlib
import re
import textwrap

from api_names import DUNDER, at


def is_given(package, path):
    """Whether a module gives a name to whoever asks for it, by its `__getattr__`."""
    owner, _, name = path.rpartition(".")
    module = at(package, owner)
    if module is None or not module.is_module:
        return False
    given = module.members.get("__getattr__")
    try:
        return given is not None and bool(
            re.search(rf"""["']{re.escape(name)}["']""", given.source)
        )
    # Its file may be gone, or be none.
    except Exception:  # noqa: BLE001
        return False


def given_by(package, path):
    """The names that a module gives whoever asks for them, by its `__getattr__`."""
    module = at(package, path)
    given = module.members.get("__getattr__") if module is not None else None
    try:
        [function] = ast.parse(textwrap.dedent(given.source)).body
    # It may be anything, and its file may be gone.
    except Exception:  # noqa: BLE001
        return set()
    return {
        name
        for each in ast.walk(function)
        if isinstance(each, ast.Compare) and len(each.ops) == 1
        for name in compared_with(module, each, function.args.args[0].arg)
    }


def compared_with(module, test, asked):
    left, right = test.left, test.comparators[0]
    if not isinstance(left, ast.Name) or left.id != asked:
        return []
    if isinstance(right, ast.Name) and right.id in module.members:
        value = getattr(module.members[right.id], "value", None)
        with contextlib.suppress(SyntaxError):
            right = ast.parse(str(value), mode="eval").body
    each = (
        right.keys if isinstance(right, ast.Dict) else getattr(right, "elts", [right])
    )
    return [
        one.value
        for one in each
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def given_paths(package, known):
    """The paths of all that the modules of a package give whoever asks for it."""
    modules = [
        path for path, each in known.items() if not each.is_alias and each.is_module
    ]
    for module in [package.path, *modules]:
        for name in sorted(given_by(package, module)):
            yield f"{module}.{name}"


def given_no_more(before, after, known):
    """What a module gave whoever asked for it, and does no more."""
    for path in given_paths(before, known):
        owner = at(after, path.rpartition(".")[0])
        name = path.rpartition(".")[2]
        if owner is None or name in owner.members or is_given(after, path):
            continue
        if not name.startswith("_") or DUNDER.fullmatch(name):
            yield path
