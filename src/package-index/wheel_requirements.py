"""Prints what each named wheel requires without any extra, one requirement a line."""

import sys
import zipfile

from packaging.metadata import parse_email
from packaging.requirements import Requirement

# What is read of it, however large an archive says that it is.
LARGEST_METADATA = 4 << 20

found = set()
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as wheel:
        (name,) = [
            each
            for each in wheel.namelist()
            if each.count("/") == 1 and each.endswith(".dist-info/METADATA")
        ]
        metadata, _ = parse_email(wheel.open(name).read(LARGEST_METADATA))
    for text in metadata.get("requires_dist", []):
        requirement = Requirement(text)
        if "extra" not in str(requirement.marker or ""):
            found.add(str(requirement))
print("\n".join(sorted(found)))
