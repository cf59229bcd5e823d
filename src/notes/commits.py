"""Prints the commits of a repository as JSON, newest first: [--since ID] [--inside FOLDER] [--outside FOLDER]… REPOSITORY ID.

With folders, only those commits that change something inside of the one, or outside of all the others.
"""

import argparse
import json
import sys

from dulwich.repo import Repo


def changed(entry):
    """The paths that a commit changes; of a merge those that differ from all its parents."""
    changes = entry.changes()
    several = isinstance(changes[0], list) if changes else False
    for change in [each for one in changes for each in one] if several else changes:
        for side in (change.old, change.new):
            if side is not None and side.path is not None:
                yield side.path.decode("utf-8", "replace")


def wanted(entry, inside, outside):
    if inside:
        return any(path.startswith(inside) for path in changed(entry))
    if outside:
        return any(not path.startswith(tuple(outside)) for path in changed(entry))
    return True


def words(commit):
    """The message, in UTF-8 unless the commit names another encoding (i18n.commitEncoding)."""
    encoding = (commit.encoding or b"utf-8").decode("ascii", "replace")
    try:
        return commit.message.decode(encoding, "replace")
    except (LookupError, ValueError):
        return commit.message.decode("utf-8", "replace")


parser = argparse.ArgumentParser()
parser.add_argument("--since")
parser.add_argument("--inside")
parser.add_argument("--outside", action="append", default=[])
parser.add_argument("repository")
parser.add_argument("commit")
arguments = parser.parse_args()

with Repo(arguments.repository) as repository:
    walker = repository.get_walker(
        include=[arguments.commit.encode()],
        exclude=[arguments.since.encode()] if arguments.since else [],
    )
    commits = (
        entry.commit
        for entry in walker
        if wanted(entry, arguments.inside, arguments.outside)
    )
    json.dump(
        [
            {
                "id": commit.id.decode(),
                "message": words(commit),
            }
            for commit in commits
        ],
        sys.stdout,
    )
