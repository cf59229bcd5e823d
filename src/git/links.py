"""Prints as JSON the links in a repository's folder by their paths: those that lead to something in it, each with the path of what it means, and the others, each with where it leads: REPOSITORY."""

import json
import os
import pathlib
import sys

SKIPPED = {".git", ".venv", ".tox", "node_modules", "__pycache__"}

top = pathlib.Path(sys.argv[1]).resolve()


def meant(path):
    """What a link means, or nothing where that is elsewhere, is not there, or is the link itself."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return target if target == top or top in target.parents else None


def shown(target):
    inside = target.is_relative_to(top)
    return (target.relative_to(top) if inside else target).as_posix()


def links():
    for folder, folders, names in os.walk(top):
        folders[:] = [each for each in folders if each not in SKIPPED]
        for name in [*folders, *names]:
            path = pathlib.Path(folder, name)
            if path.is_symlink():
                yield path


told = {"meant": {}, "broken": {}}
for path in links():
    name, target = path.relative_to(top).as_posix(), meant(path)
    kind = "meant" if target else "broken"
    told[kind][name] = shown(target or pathlib.Path(os.path.realpath(path)))
json.dump(told, sys.stdout)
