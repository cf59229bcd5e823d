"""Prints the time that a build says it was made at: [--commit ID] DIRECTORY.

With a commit, the directory holds its repository, and the time is the commit's.
Without, it is the change of the newest file below the directory.
"""

import argparse
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("--commit")
parser.add_argument("directory", type=pathlib.Path)
arguments = parser.parse_args()

if arguments.commit:
    from lenient import Repo

    with Repo(str(arguments.directory)) as repository:
        print(repository[arguments.commit.encode()].commit_time)
else:
    files = (path for path in arguments.directory.rglob("*") if path.is_file())
    print(max((int(path.lstat().st_mtime) for path in files), default=0))
