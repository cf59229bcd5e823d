"""Compares two builds bit by bit, and prints as JSON the first difference of each file: ONE OTHER."""

import hashlib
import json
import pathlib
import sys
import tarfile
import zipfile

# What is compared of one file inside of an archive, however large that says that it is.
LARGEST = 64 << 20

one, other = (pathlib.Path(each) for each in sys.argv[1:])


def byte_range(first, second):
    """The first stretch of bytes that are not the same, from and up to (not including)."""
    at = next(
        (i for i, pair in enumerate(zip(first, second)) if pair[0] != pair[1]), None
    )
    if at is None:
        return min(len(first), len(second)), max(len(first), len(second))
    end = at
    while end < min(len(first), len(second)) and first[end] != second[end]:
        end += 1
    return at, end


def members(path):
    """What is in an archive, in its order: name, everything that is said of it, content."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                about = {
                    "time": each.date_time,
                    "mode": oct(each.external_attr >> 16),
                    "compression": each.compress_type,
                    "extra field": each.extra.hex(),
                    "system": each.create_system,
                }
                yield each.filename, about, archive.open(each).read(LARGEST)
    else:
        with tarfile.open(path) as archive:
            for each in archive:
                about = {
                    "time": each.mtime,
                    "mode": oct(each.mode),
                    "owner": f"{each.uid}:{each.gid} {each.uname}:{each.gname}",
                    "type": each.type.decode(),
                    "link": each.linkname,
                }
                content = (
                    archive.extractfile(each).read(LARGEST) if each.isreg() else b""
                )
                yield each.name, about, content


def first_difference(name):
    ones, others = list(members(one / name)), list(members(other / name))
    for (at, about, content), (other_at, other_about, other_content) in zip(
        ones, others
    ):
        if at != other_at:
            return {
                "member": at,
                "what": f"its place holds {other_at} in the second build",
            }
        if content != other_content:
            start, end = byte_range(content, other_content)
            return {
                "member": at,
                "what": "its content differs",
                "start": start,
                "end": end,
                "first": repr(content[start : start + 60]),
                "second": repr(other_content[start : start + 60]),
            }
        for key, value in about.items():
            if value != other_about[key]:
                return {
                    "member": at,
                    "what": f"its {key} is {value}, then {other_about[key]}",
                }
    if len(ones) != len(others):
        longer = max(ones, others, key=len)
        return {
            "member": longer[min(len(ones), len(others))][0],
            "what": "only one build has it",
        }
    start, end = byte_range((one / name).read_bytes(), (other / name).read_bytes())
    return {"what": "the archive itself differs", "start": start, "end": end}


def digest(path):
    if not path.exists():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


differences = []
for name in sorted({path.name for each in (one, other) for path in each.iterdir()}):
    digests = [digest(each / name) for each in (one, other)]
    if None in digests:
        differences.append({"file": name, "what": "only one of the two builds made it"})
    elif digests[0] != digests[1]:
        differences.append({"file": name, **first_difference(name)})
json.dump(differences, sys.stdout)
