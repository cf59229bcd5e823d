"""Prints as JSON, by path, each short file that begins as a pointer of git LFS or of git-annex does: DIRECTORY."""

import json
import os
import pathlib
import sys

START = (
    b"version https://git-lfs.github.com/spec/",
    b"version https://hawser.github.com/spec/",
    b"version http://git-media.io/v/",
    b"/annex/objects/",
)
LONGEST = 1024


def found(top):
    for folder, _, names in os.walk(top):
        for name in names:
            path = pathlib.Path(folder, name)
            if path.is_symlink() or path.stat().st_size > LONGEST:
                continue
            content = path.read_bytes()
            if content.startswith(START):
                yield path.relative_to(top).as_posix(), content.decode(errors="replace")


json.dump(dict(sorted(found(pathlib.Path(sys.argv[1])))), sys.stdout)
