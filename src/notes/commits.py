"""Prints the commits of a repository as JSON, newest first: [--since ID] REPOSITORY ID."""

import argparse
import json
import sys

from dulwich.repo import Repo

parser = argparse.ArgumentParser()
parser.add_argument("--since")
parser.add_argument("repository")
parser.add_argument("commit")
arguments = parser.parse_args()

with Repo(arguments.repository) as repository:
    walker = repository.get_walker(
        include=[arguments.commit.encode()],
        exclude=[arguments.since.encode()] if arguments.since else [],
    )
    commits = (entry.commit for entry in walker)
    json.dump(
        [
            {
                "id": commit.id.decode(),
                "message": commit.message.decode(errors="replace"),
            }
            for commit in commits
        ],
        sys.stdout,
    )
