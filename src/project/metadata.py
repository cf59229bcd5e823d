"""Prints as JSON what the wheel in a folder says of itself: FOLDER."""

import json
import pathlib
import re
import sys
import zipfile

from packaging.metadata import parse_email
from packaging.requirements import Requirement

# What is read of it, however large an archive says that it is.
LARGEST_METADATA = 4 << 20

[wheel] = pathlib.Path(sys.argv[1]).glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    [path] = [
        each
        for each in archive.namelist()
        if re.fullmatch(r"[^/]+\.dist-info/METADATA", each)
    ]
    metadata, _ = parse_email(archive.open(path).read(LARGEST_METADATA))

dependencies = []
extras = {each: [] for each in metadata.get("provides_extra", [])}
for text in metadata.get("requires_dist", []):
    requirement = Requirement(text)
    marker = str(requirement.marker or "")
    named = re.findall(r'extra == "([^"]+)"', marker)
    if not named:
        dependencies.append(text)
    # `A and extra == "x"`: what is left has to hold when the extra is asked for.
    left = re.sub(r'(?:^| and )extra == "[^"]+"$', "", marker)
    if left.startswith("(") and left.endswith(")"):
        left = left[1:-1]
    requirement.marker = None
    for extra in named:
        extras.setdefault(extra, []).append(
            f"{requirement}; {left}" if left else str(requirement)
        )

print(
    json.dumps(
        {
            "name": metadata.get("name"),
            "classifiers": metadata.get("classifiers", []),
            "dependencies": dependencies,
            "extras": extras,
            **(
                {"requiresPython": metadata["requires_python"]}
                if "requires_python" in metadata
                else {}
            ),
        }
    )
)
