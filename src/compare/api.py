"""Prints as JSON how the Python API of two distributions differs: BEFORE AFTER.

Each is a wheel or an sdist. Their sources are read and never imported; what is compiled
can't be read, and is told.
"""

import ast
import json
import logging
import pathlib
import sys
import tempfile

import griffe
from api_added import additions
from api_bases import bases_lost, inherits
from api_calls import (
    CALLED_DIFFERENTLY,
    VARIADIC,
    bases_take_none,
    in_its_place,
    is_named_now,
    is_renamed,
    moves_up,
    only_moves_up,
    overloads_gone,
    spelled,
    took_any,
    took_its_place,
)
from api_deprecated import deprecations, is_deprecated
from api_given import given_no_more, given_paths, is_given
from api_names import (
    DUNDER,
    NO_API,
    at,
    final,
    is_type_variable,
    public_name,
    public_paths,
    shortness,
    shown,
)
from api_package import load, modules_of
from api_tree import Tree

# Of bases we tell more ourselves: one that took the place of another, and what that was one of.
REMOVED_BASE = griffe.BreakageKind.CLASS_REMOVED_BASE
# Callers go on to work, though maybe not as before.
DOUBTFUL = {
    griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT,
    griffe.BreakageKind.RETURN_CHANGED_TYPE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_TYPE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE,
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


def is_undescribed(package, path):
    """Whether a module has a name only because something there is put together with it."""
    each = at(package, path)
    owner = at(package, path.rpartition(".")[0])
    if owner is None or not owner.is_module or owner.exports:
        return False
    return is_put_together(each) and not each.has_docstring


def is_lost_by_base(each, target, package):
    """Whether a base class is still there, and no longer has what others inherited."""
    if not getattr(each, "inherited", False) or target is None:
        return False
    owner = at(package, target.path.rpartition(".")[0])
    return owner is not None and at(package, target.path) is None


def told(breakage, before, package, known, after, names):
    """A breakage in one line, and whether whoever uses it has to change something; nothing where it is none."""
    each = breakage.obj
    kind = breakage.kind
    path = each.path
    target = final(each)
    # Of what is inherited, the class that had it is the one to look at, where it lost it.
    if is_lost_by_base(each, target, package):
        path = target.path
    canonical = each.target_path if each.is_alias else each.canonical_path
    if kind is griffe.BreakageKind.OBJECT_REMOVED and getattr(each, "inherited", False):
        canonical = path
    certain = kind not in DOUBTFUL
    note = ""
    name = path.rpartition(".")[2]
    if kind is griffe.BreakageKind.OBJECT_REMOVED:
        if name in ("__slots__", "__all__"):
            return None
        inherited = inherits(after, path)
        if inherited:
            return None
        doubtful = DUNDER.fullmatch(name) or is_type_variable(known, path)
        if inherited is None or doubtful:
            certain = False
            note = "maybe inherited now" if inherited is None else ""
        moved = {
            other
            for other in names.values()
            if other not in known and other.rpartition(".")[2] == name
        }
        if certain and len(moved) == 1:
            note = f"there is `{moved.pop()}`"
    old, new = breakage.old_value, breakage.new_value
    parameter = old if kind in CALLED_DIFFERENTLY else None
    if kind is griffe.BreakageKind.PARAMETER_ADDED_REQUIRED:
        parameter = new
        certain = not took_any(before, path)
        was = at(before, path)
        if was is not None and took_its_place(was, each, new.name):
            return None
    if kind is griffe.BreakageKind.PARAMETER_MOVED and (
        old.name.startswith("_") or only_moves_up(old.function, each)
    ):
        return None
    if kind is griffe.BreakageKind.PARAMETER_REMOVED:
        if is_renamed(old.function, each, old):
            return None
        place = in_its_place(old.function, each, old.name)
        if old.kind in VARIADIC and is_named_now(old.function, each, old):
            certain, note = False, "it names what it takes now"
        elif old.kind is VARIADIC[0] and bases_take_none(old.function):
            certain, note = False, "its base class takes none"
        elif place is not None:
            note = f"`{place.name}` has its place"
        elif moves_up(old.function, each, old.name):
            note = "what comes after it moves up"
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT:
        parameter, old, new = old, old.default, new.default
    values = kind in DOUBTFUL or kind in (
        griffe.BreakageKind.OBJECT_CHANGED_KIND,
        griffe.BreakageKind.PARAMETER_CHANGED_KIND,
    )
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_KIND:
        old, new = old.kind.value, new.kind.value
    if kind is griffe.BreakageKind.OBJECT_CHANGED_KIND:
        sides = [at(before, path), each]
        if any(is_read(one) for one in sides):
            return None
        old, new = old.value, new.value
        certain = not any(is_put_together(one) for one in sides)
    return {
        "kind": kind.name.lower().replace("_", "-"),
        "path": path,
        "canonical": canonical,
        "parameter": spelled(parameter) if parameter is not None else None,
        "before": str(old)[:200] if values else None,
        "after": str(new)[:200] if values else None,
        "certain": certain,
        "deprecated": is_deprecated(each),
        "note": note,
    }


def left_at(before, after, now, path, line):
    """Where something is gone: whoever has it from elsewhere goes on as before, and so does who is given it."""
    own = line["path"]
    if path != own and path in now:
        line.update(certain=False, note=f"there is `{path}`")
        return own
    if is_given(after, path):
        line.update(certain=False, note="`__getattr__` of its module still names it")
    elif path == own and line["certain"] and is_undescribed(before, own):
        line.update(certain=False, note="nothing describes it")
    return path


def break_of(kind, path, **more):
    return {
        "kind": kind,
        "path": path,
        "parameters": [],
        "before": None,
        "after": None,
        "certain": True,
        "deprecated": False,
        "note": "",
        **more,
    }


def breaks(before, after, known, now):
    """Each break once, however many names a package has for what was changed."""
    found, later = {}, shown(now)
    names = {**later, **shown(known)}
    for old, gone in overloads_gone(known, now):
        found[old.path, gone] = break_of(
            "overload-removed",
            public_name(old.path, names),
            deprecated=is_deprecated(old),
            note=f"`{gone}`",
        )
    for old, lost in bases_lost(known, now):
        found[old.path, "bases"] = break_of(
            "class-removed-base",
            public_name(old.path, names),
            parameters=lost,
            certain=False,
        )
    for path in given_no_more(before, after, known):
        found[path, "given"] = break_of(
            "object-removed",
            path,
            certain=not DUNDER.fullmatch(path.rpartition(".")[2]),
            note="`__getattr__` of its module gave it",
        )
    for each in griffe.find_breaking_changes(before, after):
        if NO_API.search(each.obj.path) or each.kind is REMOVED_BASE:
            continue
        overloaded = getattr(at(before, each.obj.path), "overloads", None)
        if each.kind in CALLED_DIFFERENTLY and overloaded:
            continue
        line = told(each, before, after, known, now, later)
        if line is None:
            continue
        path = public_name(line["canonical"], names)
        if shortness(path)[0]:
            path = min(path, line["path"], key=shortness)
        if each.kind is griffe.BreakageKind.OBJECT_REMOVED:
            path = left_at(before, after, now, path, line)
        line["path"] = path
        parameter = line.pop("parameter")
        values = (line["before"], line["after"])
        key = (line["kind"], line.pop("canonical"), line["certain"], values)
        one = found.setdefault(key, {**line, "parameters": []})
        one["path"] = min(one["path"], path, key=shortness)
        if parameter is not None and parameter not in one["parameters"]:
            one["parameters"].append(parameter)
    return list(found.values())


def compared(before, after):
    """What is told of an import package in two distributions."""
    known, now = dict(public_paths(before)), dict(public_paths(after))
    return {
        "packages": [before.path],
        "modules": sum(1 for _ in modules_of(before)),
        "objects": len(shown(known)),
        "breaks": breaks(before, after, known, now),
        "added": additions(known, now, set(given_paths(before, known))),
        "deprecated": deprecations(known, now),
    }


def main(*paths):
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(10_000)
    with tempfile.TemporaryDirectory() as folder:
        trees = [
            Tree(pathlib.Path(path), pathlib.Path(folder) / str(at))
            for at, path in enumerate(paths)
        ]
        old, new = trees
        tops = [tree.tops() if tree.is_wheel else None for tree in trees]
        wanted = sorted({top for each in tops for top in each or []})
        result = {
            "packages": [],
            "modules": 0,
            "objects": 0,
            "breaks": [],
            "added": [],
            "deprecated": [],
        }
        for top in wanted:
            is_private = top.startswith("_") and wanted != [top]
            if NO_API.search(top) or top == "test" or is_private:
                continue
            before, after = load(old, top), load(new, top)
            if before is None or after is None:
                continue
            try:
                found = compared(before, after)
            # A file may hold anything, and break its reader anywhere.
            except Exception as error:  # noqa: BLE001
                new.unread.append(f"{top}: {type(error).__name__}: {str(error)[:200]}")
                continue
            for key, value in found.items():
                result[key] += value
        result["compiled"] = new.compiled
        result["unread"] = [*old.unread, *new.unread]
    json.dump(result, sys.stdout)


main(*sys.argv[1:])
