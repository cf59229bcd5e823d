"""Prints as JSON what of a repository a project refers to outside of its own folder: REPOSITORY FOLDER.

`links` are the project's links that leave it, each with the path of what it means; `files` and
`folders` are what its settings name, and the settings of all that name more, and what lies in the
folders above it.
"""

import json
import os
import pathlib
import re
import sys

import tomllib

LONGEST = 2**20
SETTINGS = re.compile(r"\.(toml|cfg|ini|txt|in)$|^(setup|hatch_build|conftest)\.py$")
ABOVE = re.compile(r"(?:\.\./)+[\w@+.-][\w@+./-]*|(?:\.\./)*\.\.(?=[\"'\s]|$)")
NAMED = re.compile(
    r"^\s*(?:-r|-c|--requirement|--constraint)[ =]*([\w@+./-]+)"
    r"|\bextend\s*=\s*[\"']([\w@+./-]+)",
    re.MULTILINE,
)
SKIPPED = {".git", ".venv", ".tox", "node_modules", "__pycache__"}

top = pathlib.Path(sys.argv[1]).resolve()
project = top / sys.argv[2]


def inside(path, folder):
    return path == folder or folder in path.parents


def text(path):
    if path.stat().st_size > LONGEST:
        return ""
    return path.read_text("utf-8", errors="replace")


def links():
    for folder, folders, names in os.walk(project):
        folders[:] = [each for each in folders if each not in SKIPPED]
        for name in [*folders, *names]:
            path = pathlib.Path(folder, name)
            target = path.resolve() if path.is_symlink() else project
            if target.exists() and inside(target, top) and not inside(target, project):
                yield {
                    "path": path.relative_to(project).as_posix(),
                    "target": target.relative_to(top).as_posix(),
                    "folder": target.is_dir(),
                }


def workspace(table):
    """The folders of the members of a uv workspace that a project takes from there."""
    sources = table.get("tool", {}).get("uv", {}).get("sources", {})
    wanted = {
        re.sub(r"[-_.]+", "-", name).lower()
        for name, source in sources.items()
        if isinstance(source, dict) and source.get("workspace")
    }
    for above in project.parents if wanted else ():
        if not inside(above, top) or not (above / "pyproject.toml").is_file():
            continue
        members = read(above / "pyproject.toml")
        members = members.get("tool", {}).get("uv", {}).get("workspace", {})
        for pattern in members.get("members", []):
            for folder in above.glob(pattern):
                name = (
                    read(folder / "pyproject.toml").get("project", {}).get("name", "")
                )
                if re.sub(r"[-_.]+", "-", name).lower() in wanted:
                    yield folder


def read(path):
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def named(path):
    """What a file of settings names, wherever that is."""
    content = text(path)
    words = ABOVE.findall(content)
    words += [word for pair in NAMED.findall(content) for word in pair if word]
    yield from (path.parent / word for word in words)
    if path.name == "pyproject.toml":
        yield from workspace(read(path))


def beside_tests(folder):
    """What pytest reads in the folders above tests, up to those that are there anyway."""
    for above in folder.parents:
        if inside(project, above) or not inside(above, top):
            return
        for name in ("conftest.py", "__init__.py"):
            if (above / name).is_file():
                yield above / name


def settings(folder):
    for each in sorted(folder.iterdir()):
        if each.is_file() and SETTINGS.search(each.name):
            yield each


left = [*settings(project)]
if (project / "requirements").is_dir():
    left += settings(project / "requirements")
seen, files, folders = set(left), set(), set()
for above in project.parents:
    if inside(above, top):
        files.update(each for each in above.iterdir() if each.is_file())
while left:
    for each in named(left.pop()):
        found = pathlib.Path(os.path.normpath(each))
        if found in seen or not found.exists() or not inside(found, top):
            continue
        seen.add(found)
        if found.is_dir():
            if not inside(project, found) and not inside(found, project):
                folders.add(found)
                files.update(beside_tests(found))
                left += [path for path in settings(found) if path not in seen]
                left += [path for path in beside_tests(found) if path not in seen]
        else:
            if not inside(found, project):
                files.add(found)
            if SETTINGS.search(found.name):
                left.append(found)

json.dump(
    {
        "links": sorted(links(), key=lambda each: each["path"]),
        "files": sorted(each.relative_to(top).as_posix() for each in files),
        "folders": sorted(each.relative_to(top).as_posix() for each in folders),
    },
    sys.stdout,
)
