"""Prints what each named wheel requires without any extra, one requirement a line."""

import sys

from packaging.requirements import Requirement
from wheel_metadata import metadata_of

found = set()
for path in sys.argv[1:]:
    for text in metadata_of(path).get("requires_dist", []):
        requirement = Requirement(text)
        if "extra" not in str(requirement.marker or ""):
            found.add(str(requirement))
print("\n".join(sorted(found)))
