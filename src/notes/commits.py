"""Prints the commits of a repository and what they revert as JSON, newest first: [--since ID] [--inside FOLDER] [--outside FOLDER]… REPOSITORY ID.

With folders, only those commits that change something inside of the one, or outside of all the others.
"""

import argparse
import codecs
import itertools
import json
import re
import sys

from dulwich.errors import MissingCommitError
from lenient import Repo


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


# What people write in. Python knows more, such as punycode, which takes the square of a text's length.
WRITTEN = re.compile(
    r"utf-(8|16.*)|ascii|(iso8859|koi8|mac|tis)-\w+|cp\d+|(iso2022|euc)_\w+|"
    r"(shift_jis|gb|big5)\w*|hz|johab"
)


def words(commit):
    """The message, in UTF-8 unless the commit names another encoding (i18n.commitEncoding)."""
    return commit.message.decode(encoding_of(commit), "replace")


def encoding_of(commit):
    named = (commit.encoding or b"utf-8").decode("ascii", "replace")
    try:
        known = codecs.lookup(named).name
    except (LookupError, ValueError):
        return "utf-8"
    return known if WRITTEN.fullmatch(known) else "utf-8"


# As git writes it, also by `revert.reference`: who goes on in other words may mean a part of it. And as GitHub does.
REVERTS = re.compile(
    r"\bThis reverts commit (?:"
    r"(?P<merge>[0-9a-f]{40}), reversing\s+changes made to\s+(?P<parent>[0-9a-f]{40})"
    r"|(?P<id>[0-9a-f]{7,64})(?: \([^\n]{0,300}\))?"
    r")(?=\.?[ \t\r]*$|\. )"
    r"|^Reverts [\w.-]+/[\w.-]+(?P<number>#\d{1,9})\.?[ \t\r]*$",
    re.MULTILINE,
)
# Of one message.
MOST = 100


def reverted(repository, text):
    """What a message says that it reverts: for each the names by which to know it."""
    return [
        [found["number"] or found["id"]]
        if found["merge"] is None
        else brought(repository, found["merge"].encode(), found["parent"].encode())
        for found in itertools.islice(REVERTS.finditer(text), MOST)
    ]


def brought(repository, merge, parent):
    """A merge and the commits that it brought to its parent; none where it is no such merge."""
    try:
        if parent not in repository[merge].parents:
            return []
        walker = repository.get_walker(include=[merge], exclude=[parent])
        return [entry.commit.id.decode() for entry in walker]
    except (AttributeError, KeyError, MissingCommitError):
        return []


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
                "message": text,
                "reverts": reverted(repository, text),
            }
            for commit, text in ((each, words(each)) for each in commits)
        ],
        sys.stdout,
    )
