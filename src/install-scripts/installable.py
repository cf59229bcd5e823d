"""Prints as JSON what the installation of a wheel depends on: WHEEL."""

import configparser
import json
import sys
import zipfile
from email.parser import BytesParser

from packaging.requirements import Requirement

with zipfile.ZipFile(sys.argv[1]) as wheel:
    (info,) = {
        name.split("/")[0]
        for name in wheel.namelist()
        if name.count("/") == 1 and name.endswith(".dist-info/METADATA")
    }
    metadata = BytesParser().parsebytes(wheel.read(f"{info}/METADATA"))
    entry_points = f"{info}/entry_points.txt"
    text = wheel.read(entry_points).decode() if entry_points in wheel.namelist() else ""

scripts = configparser.ConfigParser(delimiters=("=",), interpolation=None)
scripts.optionxform = str
scripts.read_string(text)
requirements = {Requirement(each) for each in metadata.get_all("Requires-Dist", [])}
print(
    json.dumps(
        {
            "name": metadata["Name"],
            "version": metadata["Version"],
            "requiresPython": metadata["Requires-Python"] or "",
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
