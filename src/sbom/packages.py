"""What is installed beside a wheel, by what each package says of itself, and which of that the wheel needs.

Installers take metadata that `packaging` does not read, so nothing here breaks on a word of a package's.
"""

import email
import json
import pathlib
import re

from packaging.direct_url import DirectUrl, DirectUrlValidationError
from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

# What is read of a package's own words, however many there are.
LARGEST_TEXT = 16 << 20
# All that an SBOM tells of them.
FIELDS = ("Name", "Version", "Summary", "License-Expression", "License", "Classifier")
PARTS = re.compile(
    r"\s*([A-Z0-9][A-Z0-9._-]*)\s*(\[[^\]]*\])?[^;]*(;.*)?", re.IGNORECASE
)


class Package:
    def __init__(self, metadata: str, source: "str | None" = None) -> None:
        about = email.message_from_string(metadata)
        self.name = canonicalize_name(about["Name"] or "")
        self.fields = [
            (key, line)
            for key in FIELDS
            for line in map(unfolded, about.get_all(key, []))
            if line
        ]
        lines = map(unfolded, about.get_all("Requires-Dist", []))
        self.requirements = [each for each in map(readable, lines) if each]
        self.source = source and direct(source)

    def write(self, folder: pathlib.Path) -> None:
        """As others can read it."""
        info = folder / f"{self.name}.dist-info"
        info.mkdir()
        needs = [("Requires-Dist", str(each)) for each in self.requirements]
        lines = [f"{key}: {line}\n" for key, line in [*self.fields, *needs]]
        (info / "METADATA").write_text("".join(lines), encoding="utf-8")
        if self.source:
            (info / "direct_url.json").write_text(json.dumps(self.source))


def unfolded(value: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", value).strip()


def readable(text: str) -> "Requirement | None":
    """A requirement without what can't be read of it; its versions decided what is installed, and are not told."""
    found = PARTS.match(text)
    if found is None:
        return None
    name, extras, marker = (each or "" for each in found.groups())
    for each in (text, f"{name}{extras} {marker}", f"{name}{extras}", name):
        try:
            return Requirement(each)
        except InvalidRequirement:
            continue
    return None


def direct(source: str) -> "dict | None":
    """Where a package was fetched from, if that is told as it should be; its hashes are for whoever fetches it."""
    try:
        told = dict(DirectUrl.from_dict(json.loads(source)).to_dict())
    except (ValueError, AttributeError, DirectUrlValidationError):
        return None
    return {**told, "archive_info": {}} if "archive_info" in told else told


def packages_in(folder: str) -> "list[Package]":
    return [
        Package(text(each), text(each.with_name("direct_url.json")))
        for each in sorted(pathlib.Path(folder).glob("*.dist-info/METADATA"))
    ]


def text(path: pathlib.Path) -> str:
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace") as opened:
        return opened.read(LARGEST_TEXT)


def needed(name: str, there: "dict[str, Package]", python: str) -> "set[str]":
    """A package, what it requires, and what that does: what an image had already is nobody's requirement."""
    surroundings = {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    seen, waiting = set(), [(name, frozenset())]
    while waiting:
        at = waiting.pop()
        if at in seen or at[0] not in there:
            continue
        seen.add(at)
        for requirement in there[at[0]].requirements:
            if applies(requirement, at[1], surroundings):
                wanted = canonicalize_name(requirement.name)
                waiting.append((wanted, frozenset(requirement.extras)))
    return {each for each, _ in seen}


def applies(requirement: Requirement, extras: "frozenset[str]", where: dict) -> bool:
    try:
        return requirement.marker is None or any(
            requirement.marker.evaluate({**where, "extra": each})
            for each in extras or [""]
        )
    except ValueError:
        # It compares what can't be compared, and brought nothing.
        return False
