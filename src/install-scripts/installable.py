"""Prints as JSON what the installation of a wheel depends on: WHEEL."""

import configparser
import json
import os
import sys
import zipfile

from packaging.metadata import parse_email
from packaging.requirements import Requirement

# What is read of it, however large an archive says that it is.
LARGEST_METADATA = 4 << 20

with zipfile.ZipFile(sys.argv[1]) as wheel:
    (info,) = {
        name.split("/")[0]
        for name in wheel.namelist()
        if name.count("/") == 1 and name.endswith(".dist-info/METADATA")
    }
    metadata, _ = parse_email(wheel.open(f"{info}/METADATA").read(LARGEST_METADATA))
    entry_points = f"{info}/entry_points.txt"
    listed = entry_points in wheel.namelist()
    text = wheel.open(entry_points).read(LARGEST_METADATA).decode() if listed else ""

scripts = configparser.ConfigParser(delimiters=("=",), interpolation=None)
scripts.optionxform = str
scripts.read_string(text)
requirements = {Requirement(each) for each in metadata.get("requires_dist", [])}
print(
    json.dumps(
        {
            "name": metadata["name"],
            "version": metadata["version"],
            "size": os.path.getsize(sys.argv[1]),
            "requiresPython": metadata.get("requires_python", ""),
            "commands": sorted(scripts["console_scripts"])
            if "console_scripts" in scripts
            else [],
            "requirements": sorted(
                str(each)
                for each in requirements
                if "extra" not in str(each.marker or "")
            ),
        }
    )
)
