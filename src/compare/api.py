"""Prints as JSON how the Python API of two distributions differs: BEFORE AFTER.

Each is a wheel or an sdist. Their sources are read and never imported; what is compiled
can't be read, and is told.
"""

import json
import logging
import pathlib
import sys
import tempfile

import griffe
from api_added import additions
from api_bases import bases_lost
from api_calls import CALLED_DIFFERENTLY, overloads_gone
from api_deprecated import deprecations, is_deprecated
from api_given import given_no_more, given_paths, is_given
from api_names import (
    DUNDER,
    NO_API,
    at,
    kept_names,
    public_name,
    public_paths,
    shortness,
    shown,
)
from api_package import hide, load, modules_of
from api_told import Sides, is_put_together, told
from api_tree import Tree, dotted

# Of bases we tell more ourselves: one that took the place of another, and what that was one of.
REMOVED_BASE = griffe.BreakageKind.CLASS_REMOVED_BASE


def is_undescribed(package, path):
    """Whether a module has a name only because something there is put together with it."""
    each = at(package, path)
    owner = at(package, path.rpartition(".")[0])
    if owner is None or not owner.is_module or owner.exports:
        return False
    return is_put_together(each) and not each.has_docstring


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
    sides = Sides(before, after, known, now, later, kept_names(known, now))
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
        line = told(each, sides)
        if line is None:
            continue
        path = public_name(line["canonical"], names)
        # By a name that only the later one has, nobody knows what was there.
        if path not in known:
            path = sides.kept.get(line["path"], path)
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
    return once(list(found.values()))


def once(lines):
    """Without what is told of the same name in another way that says less."""
    gone = "object-removed"
    told_of = {}
    for each in sorted(lines, key=lambda one: (not one["certain"], not one["note"])):
        told_of.setdefault((each["kind"], each["path"]), each)
    return [
        each
        for each in lines
        if each["kind"] != gone or told_of[gone, each["path"]] is each
    ]


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
            unknown = old.unknown() | new.unknown()
            try:
                for package in (before, after):
                    hide(package, unknown)
                found = compared(before, after)
            # A file may hold anything, and break its reader anywhere.
            except Exception as error:  # noqa: BLE001
                new.unread.append(f"{top}: {type(error).__name__}: {str(error)[:200]}")
                continue
            for key, value in found.items():
                result[key] += value
        both = {dotted(each): each for each in [*old.compiled, *new.compiled]}
        result["compiled"] = list(both.values())
        result["unread"] = [*old.unread, *new.unread]
    json.dump(result, sys.stdout)


main(*sys.argv[1:])
