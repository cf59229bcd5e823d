"""What is deprecated."""

import ast
import re
import textwrap

from api_names import final, shown

DEPRECATED = re.compile(
    r"^(\.\. deprecated::|[*\[(_]*(Deprecated|DEPRECATED)\b)", re.MULTILINE
)
WARNS = re.compile(r"(warnings\.)?warn\(.*(Deprecation|Future)Warning", re.DOTALL)


def is_deprecated(each):
    """By a decorator, the head of a paragraph, or a warning that every call gives."""
    target = final(each)
    if target is None:
        return False
    marks = [str(one.value) for one in getattr(target, "decorators", [])]
    text = target.docstring.value if target.docstring else ""
    return (
        any("deprecat" in mark.lower() for mark in marks)
        or bool(DEPRECATED.search(text))
        or warns(target)
    )


def warns(each):
    try:
        [definition] = ast.parse(textwrap.dedent(each.source)).body
        body = definition.body
    # Its file may be gone, and only what has a body can warn.
    except Exception:  # noqa: BLE001
        return False
    if isinstance(definition, ast.ClassDef):
        return False
    return any(
        isinstance(one, ast.Expr) and WARNS.match(ast.unparse(one)) for one in body
    )


def deprecations(before, after):
    """What is deprecated now and was not."""
    names, found = shown(after), {}
    for path, each in after.items():
        new, old = final(each), final(before.get(path))
        if new is None or old is None or new.path in found:
            continue
        found[new.path] = is_deprecated(new) and not is_deprecated(old)
    return [names[path] for path, is_new in found.items() if is_new]
