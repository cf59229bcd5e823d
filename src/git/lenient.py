"""Has dulwich read when a commit or a tag was made as git does: whatever else stands there, it is a number or 0."""

import functools
import re

from dulwich import objects
from dulwich.repo import Repo

__all__ = ["Repo"]

# Behind the address, of which converted repositories have only a part. More digits are no time.
TIME = re.compile(rb".*>\s*(-?\d{1,18})", re.DOTALL)


def read(line):
    """Who did it, when, and in which zone, which nobody asks here."""
    found = TIME.match(line)
    return line, int(found[1]) if found else 0, (0, False)


objects.parse_time_entry = read
objects._parse_commit = functools.partial(objects._parse_commit, parse_ident=read)
