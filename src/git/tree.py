"""Prints as JSON the paths of the files that a commit holds, and with a slash at the end those of submodules, whose commits it only names, and whether any of them is a link: COMMIT REPOSITORY."""

import json
import stat
import sys

from dulwich.object_store import iter_tree_contents
from dulwich.objects import S_ISGITLINK
from lenient import Repo

commit, directory = sys.argv[1:]
with Repo(directory) as repository:
    entries = list(
        iter_tree_contents(repository.object_store, repository[commit.encode()].tree)
    )
    paths = [
        entry.path.decode("utf-8", "replace") + ("/" if S_ISGITLINK(entry.mode) else "")
        for entry in entries
    ]
linked = any(stat.S_ISLNK(entry.mode) for entry in entries)
json.dump({"linked": linked, "paths": paths}, sys.stdout)
