"""Prints as JSON the links in a repository's folder that lead to something in it, by their paths, each with the path of what it means: REPOSITORY."""

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


def links():
    for folder, folders, names in os.walk(top):
        folders[:] = [each for each in folders if each not in SKIPPED]
        for name in [*folders, *names]:
            path = pathlib.Path(folder, name)
            target = meant(path) if path.is_symlink() else None
            if target:
                yield path.relative_to(top).as_posix(), target.relative_to(top)


json.dump({path: target.as_posix() for path, target in links()}, sys.stdout)
