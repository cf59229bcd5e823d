"""Reads the metadata of a wheel, for the programs beside it."""

import zipfile

from packaging.metadata import parse_email

# What is read of it, however large an archive says that it is.
LARGEST = 4 << 20


def metadata_of(path) -> dict:
    with zipfile.ZipFile(path) as wheel:
        (name,) = [
            each
            for each in wheel.namelist()
            if each.count("/") == 1 and each.endswith(".dist-info/METADATA")
        ]
        metadata, _ = parse_email(wheel.open(name).read(LARGEST))
    return metadata
