"""Makes wheels and sdists as no backend would: FOLDER, and on stdin a JSON list of what each is to be.

`file`: its name; `members`: text by path, none for a path that is left out; `trouble`: how the archive is written.
"""

import io
import json
import pathlib
import sys
import tarfile
import warnings
import zipfile

# It is odd archives that are made here.
warnings.simplefilter("ignore")


class Stream(io.BytesIO):
    """Where nothing can be mended afterwards, the sizes of a file come after it."""

    def seekable(self):
        return False

    def tell(self):
        raise OSError


def wheel(members, trouble):
    out = Stream() if trouble == "streamed" else io.BytesIO()
    packed = {"bzip2": zipfile.ZIP_BZIP2, "bomb": zipfile.ZIP_DEFLATED}.get(trouble, 0)
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = packed
            info.comment = b"seen by some" if trouble == "comment" else b""
            archive.writestr(info, text)
        if trouble == "bomb":
            archive.writestr("zeros", bytes(65 << 20))
        if trouble == "twice":
            archive.writestr(next(iter(members)), "again")
    made = out.getvalue()
    if trouble == "before":
        return b"#!/bin/sh\n" + made
    if trouble == "after":
        return made + b"more"
    if trouble == "unlisted":
        return unlisted(made)
    if trouble == "resized":
        # The size of the first file, where it says that of itself.
        return made[:22] + b"\xff\0\0\0" + made[26:]
    if trouble == "renamed":
        return made.replace(b"boat.py", b"goat.py", 1)
    return b"no archive" if trouble == "none" else made


def unlisted(made):
    """With one file more than its list has, behind the last one."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("ghost.py", "seen by some")
    end = made.rindex(b"PK\5\6")
    begin = int.from_bytes(made[end + 16 : end + 20], "little")
    ghost = other.getvalue()[: other.getvalue().index(b"PK\1\2")]
    moved = (begin + len(ghost)).to_bytes(4, "little")
    return made[:begin] + ghost + made[begin : end + 16] + moved + made[end + 20 :]


def sdist(members, trouble):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            if trouble == "sparse":
                info.pax_headers = {
                    "GNU.sparse.major": "0",
                    "GNU.sparse.minor": "1",
                    "GNU.sparse.size": str(info.size),
                    "GNU.sparse.map": f"0,{info.size}",
                }
            archive.addfile(info, io.BytesIO(text.encode()))
    made = out.getvalue()
    if trouble == "cut":
        return made[: len(made) // 2]
    return b"no archive" if trouble == "none" else made


for each in json.load(sys.stdin):
    make = wheel if each["file"].endswith(".whl") else sdist
    content = make(each["members"], each.get("trouble"))
    pathlib.Path(sys.argv[1], each["file"]).write_bytes(content)
