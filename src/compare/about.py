"""Prints as JSON what distributions say of themselves, one object each: FILE...

Each is a wheel, or an sdist, of which its PKG-INFO is read and its commands are not known.
"""

import configparser
import json
import pathlib
import re
import sys
import tarfile
import zipfile

from packaging.metadata import parse_email
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

# What is read of a file, however large an archive says that it is.
LARGEST = 4 << 20
TEXTS = {
    "requires-python": "requires_python",
    "licence": "license_expression",
    "licence-text": "license",
    "author": "author",
    "author-email": "author_email",
    "maintainer": "maintainer",
    "maintainer-email": "maintainer_email",
    "home-page": "home_page",
}


def files(path):
    """Path and reader of each file; of an sdist, only what lies at its top."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                yield each.filename, lambda e=each: archive.open(e).read(LARGEST)
    else:
        with tarfile.open(path) as archive:
            for each in archive:
                if each.isreg() and each.name.count("/") == 1:
                    yield (
                        each.name,
                        lambda e=each: archive.extractfile(e).read(LARGEST),
                    )


def requirement(text):
    """Name, extras and marker of a requirement, and its bounds; as it stands, if it can't be read."""
    try:
        read = Requirement(text)
    except InvalidRequirement:
        return {"what": text, "bounds": ""}
    extras = f"[{','.join(sorted(read.extras))}]" if read.extras else ""
    marker = f"; {read.marker}" if read.marker else ""
    return {
        "what": f"{canonicalize_name(read.name)}{extras}{marker}",
        "bounds": read.url or ",".join(sorted(str(each) for each in read.specifier)),
    }


def commands(text):
    parser = configparser.RawConfigParser(delimiters=("=",), strict=False)
    parser.optionxform = str
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    sections = ("console_scripts", "gui_scripts")
    return {
        name: target
        for section in sections
        if parser.has_section(section)
        for name, target in parser.items(section)
    }


def tops(names):
    """What can be imported of a wheel."""
    found = set()
    for name in names:
        name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", name)
        top = name.partition("/")[0]
        if re.search(r"\.(dist-info|data)$", top):
            continue
        if "/" in name and name.endswith((".py", ".pyi", ".so", ".pyd")):
            found.add(top)
        elif "/" not in name and re.search(r"\.(pyi?|so|pyd)$", name):
            found.add(re.sub(r"\..*$", "", name))
    # What is no name, as `..` of a path out of the archive, nobody imports.
    return sorted(each for each in found if each.removesuffix("-stubs").isidentifier())


def tags(text):
    return sorted(re.findall(r"^Tag: *(\S+)", text, re.MULTILINE))


def describe(path):
    metadata, entry_points, wheel, names = {}, "", "", []
    for name, read in files(path):
        names.append(name)
        if re.fullmatch(r"[^/]+\.dist-info/METADATA|[^/]+/PKG-INFO", name):
            metadata, _ = parse_email(read())
        elif re.fullmatch(r"[^/]+\.dist-info/entry_points\.txt", name):
            entry_points = read().decode(errors="replace")
        elif re.fullmatch(r"[^/]+\.dist-info/WHEEL", name):
            wheel = read().decode(errors="replace")
    is_wheel = path.suffix == ".whl"
    return {
        "name": path.name,
        "version": metadata.get("version", ""),
        "texts": {
            key: metadata[field] for key, field in TEXTS.items() if metadata.get(field)
        },
        "requirements": [
            requirement(each) for each in metadata.get("requires_dist", [])
        ],
        "extras": sorted(
            canonicalize_name(each) for each in metadata.get("provides_extra", [])
        ),
        "classifiers": metadata.get("classifiers", []),
        "urls": sorted(metadata.get("project_urls", {}).values()),
        "commands": commands(entry_points) if is_wheel else None,
        "tops": tops(names) if is_wheel else None,
        "tags": tags(wheel) if is_wheel else None,
    }


json.dump([describe(pathlib.Path(each)) for each in sys.argv[1:]], sys.stdout)
