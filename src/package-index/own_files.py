"""Tells what an index holds itself from what it sends its readers elsewhere for, or borrows from another one."""

import re
import urllib.parse

PORTS = {"http": 80, "https": 443}


def sent_elsewhere(simple_url: str, answered: str) -> "str | None":
    """Where a page came from, if that is not the index: GitLab and others forward for what they lack, to another host or beside themselves."""
    asked, came = (urllib.parse.urlsplit(each) for each in (simple_url, answered))
    ports = [each.port or PORTS.get(each.scheme) for each in (asked, came)]
    # The same place behind TLS.
    secured = (asked.scheme, came.scheme) == ("http", "https") and ports == [80, 443]
    same = asked.scheme == came.scheme and ports[0] == ports[1]
    if asked.hostname == came.hostname and (same or secured):
        if came.path.startswith(asked.path):
            return None
        return came.path
    return came.netloc.rpartition("@")[2]


def origin_of(url: str) -> "tuple[str, str | None, int | None]":
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def borrowed_from(simple_url: str, file_url: str) -> "str | None":
    """The other index of a devpi that holds a file: one lists what those that it inherits from hold, under their addresses."""
    index = re.fullmatch(r"(.*/)\+simple/", urllib.parse.urlsplit(simple_url).path)
    if not index:
        return None
    path = urllib.parse.urlsplit(file_url).path
    held = re.match(r"(.*/)\+[ef]/", path)
    return held[1] if held and held[1] != index[1] else None
