"""What is told of one breakage that griffe found: a rule for each kind."""

import ast
import dataclasses

import griffe
from api_bases import inherits
from api_calls import (
    VARIADIC,
    bases_take_none,
    in_its_place,
    is_named_now,
    is_renamed,
    moves_up,
    only_moves_up,
    spelled,
    took_any,
    took_its_place,
)
from api_deprecated import is_deprecated
from api_names import DUNDER, at, final, is_type_variable

KIND = griffe.BreakageKind


@dataclasses.dataclass(frozen=True)
class Sides:
    """Both packages, what each of them shows, the names that people know in the later one, and those that it has kept."""

    before: griffe.Module
    after: griffe.Module
    known: dict
    now: dict
    names: dict
    kept: dict


def told(breakage, sides):
    """A breakage in one line, and whether whoever uses it has to change something; nothing where it is none."""
    each = breakage.obj
    path = place(each, sides)
    more = RULES.get(breakage.kind, as_it_is)(breakage, path, sides)
    if more is None:
        return None
    return {
        "kind": breakage.kind.name.lower().replace("_", "-"),
        "path": path,
        "canonical": canonical(breakage, path),
        "parameter": None,
        "before": None,
        "after": None,
        "certain": True,
        "deprecated": is_deprecated(each),
        "note": "",
        **more,
    }


def place(each, sides):
    """Of what is inherited, the class that had it is the one to look at, where it lost it."""
    target = final(each)
    if target is None or not getattr(each, "inherited", False):
        return each.path
    owner = at(sides.after, target.path.rpartition(".")[0])
    lost = owner is not None and at(sides.after, target.path) is None
    return target.path if lost else each.path


def canonical(breakage, path):
    each = breakage.obj
    if breakage.kind is KIND.OBJECT_REMOVED and getattr(each, "inherited", False):
        return path
    return each.target_path if each.is_alias else each.canonical_path


def was(breakage, path, sides):
    """What was there before, wherever it lay: the name that people have for it stays."""
    there = at(sides.before, path)
    if there is not None:
        return there
    return final(sides.known.get(sides.kept.get(breakage.obj.path)))


def as_it_is(_breakage, _path, _sides):
    return {}


def values(before, after):
    return {"before": str(before)[:200], "after": str(after)[:200]}


def object_removed(_breakage, path, sides):
    name = path.rpartition(".")[2]
    inherited = inherits(sides.now, path)
    if inherited or name in ("__slots__", "__all__"):
        return None
    if inherited is None:
        return {"certain": False, "note": "maybe inherited now"}
    if DUNDER.fullmatch(name) or is_type_variable(sides.known, path):
        return {"certain": False}
    moved = {
        other
        for other in sides.names.values()
        if other not in sides.known and other.rpartition(".")[2] == name
    }
    return {"note": f"there is `{moved.pop()}`"} if len(moved) == 1 else {}


def object_kind(breakage, path, sides):
    both = [was(breakage, path, sides), breakage.obj]
    if any(is_read(one) for one in both):
        return None
    certain = not any(is_put_together(one) for one in both)
    old, new = breakage.old_value, breakage.new_value
    return {"certain": certain, **values(old.value, new.value)}


def parameter_removed(breakage, _path, _sides):
    old, each = breakage.old_value, breakage.obj
    if is_renamed(old.function, each, old):
        return None
    instead = in_its_place(old.function, each, old.name)
    more = {"parameter": spelled(old)}
    if old.kind in VARIADIC and is_named_now(old.function, each, old):
        return {**more, "certain": False, "note": "it names what it takes now"}
    if old.kind is VARIADIC[0] and bases_take_none(old.function):
        return {**more, "certain": False, "note": "its base class takes none"}
    if instead is not None:
        return {**more, "note": f"`{instead.name}` has its place"}
    if moves_up(old.function, each, old.name):
        return {**more, "note": "what comes after it moves up"}
    return more


def parameter_moved(breakage, _path, _sides):
    old = breakage.old_value
    if old.name.startswith("_") or only_moves_up(old.function, breakage.obj):
        return None
    return {"parameter": spelled(old)}


def parameter_required(breakage, path, sides):
    new, before = breakage.new_value, was(breakage, path, sides)
    if before is not None and took_its_place(before, breakage.obj, new.name):
        return None
    return {"parameter": spelled(new), "certain": not took_any(before)}


def parameter_asked_for(breakage, _path, _sides):
    return {"parameter": spelled(breakage.old_value)}


def parameter_kind(breakage, _path, _sides):
    old, new = breakage.old_value, breakage.new_value
    return {"parameter": spelled(old), **values(old.kind.value, new.kind.value)}


def parameter_default(breakage, _path, _sides):
    old, new = breakage.old_value, breakage.new_value
    parameter = {"parameter": spelled(old), "certain": False}
    return {**parameter, **values(old.default, new.default)}


def another_value(breakage, _path, _sides):
    return {"certain": False, **values(breakage.old_value, breakage.new_value)}


# Of those that say that they are not certain, callers go on to work, though maybe not as before.
RULES = {
    KIND.OBJECT_REMOVED: object_removed,
    KIND.OBJECT_CHANGED_KIND: object_kind,
    KIND.PARAMETER_REMOVED: parameter_removed,
    KIND.PARAMETER_MOVED: parameter_moved,
    KIND.PARAMETER_ADDED_REQUIRED: parameter_required,
    KIND.PARAMETER_CHANGED_REQUIRED: parameter_asked_for,
    KIND.PARAMETER_CHANGED_KIND: parameter_kind,
    KIND.PARAMETER_CHANGED_DEFAULT: parameter_default,
    KIND.RETURN_CHANGED_TYPE: another_value,
    KIND.ATTRIBUTE_CHANGED_TYPE: another_value,
    KIND.ATTRIBUTE_CHANGED_VALUE: another_value,
}


def is_read(each):
    """Whether a function is read like an attribute, by a decorator that nobody else knows."""
    marks = [str(one.value) for one in getattr(each, "decorators", [])]
    return any("property" in mark or mark.endswith(".setter") for mark in marks)


def is_put_together(each):
    """Whether an attribute is no plain value: it may be a class or a function, or a part of one."""
    value = getattr(each, "value", None)
    if each is None or not each.is_attribute or value is None:
        return False
    try:
        ast.literal_eval(str(value))
    except (SyntaxError, ValueError):
        return True
    return False
