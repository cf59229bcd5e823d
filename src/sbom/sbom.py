"""Writes the SBOM of a wheel, in CycloneDX 1.6 and valid by its schema, and prints as JSON what is in it: PLAN OUT.

PLAN is a JSON file with the wheel, the time that the document carries, and what lies beside it: the environment
with the wheel's dependencies, and of each frontend what its package manager lists. The same of these gives the same bytes.
"""

import base64
import csv
import datetime
import email
import hashlib
import importlib.metadata
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import uuid
import zipfile

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_supported_id
from cyclonedx.validation.json import JsonStrictValidator
from packages import LARGEST_TEXT, Package, needed, packages_in
from packageurl import PackageURL
from packaging.utils import canonicalize_name

# How npm marks what nothing but development needs.
DEVELOPMENT = Property(name="cdx:npm:package:development", value="true")


class Wheel:
    """A wheel by what it says of itself."""

    def __init__(self, path: str) -> None:
        self.path = pathlib.Path(path)
        with zipfile.ZipFile(path) as archive:
            [record] = [
                each
                for each in archive.namelist()
                if re.fullmatch(r"[^/]+\.dist-info/RECORD", each)
            ]
            self.info = record.split("/")[0]
            self.metadata = self.text(archive, "METADATA")
            self.record = self.text(archive, "RECORD")
        about = email.message_from_string(self.metadata)
        self.name = canonicalize_name(about["Name"])

    def text(self, archive: zipfile.ZipFile, name: str) -> str:
        return (
            archive.open(f"{self.info}/{name}")
            .read(LARGEST_TEXT)
            .decode(errors="replace")
        )

    def files(self) -> "list[Component]":
        """All but RECORD, which lists the others and has no hash of its own."""
        own = re.compile(rf"{re.escape(self.info)}/RECORD(\.jws|\.p7s)?")
        rows = [row for row in csv.reader(self.record.splitlines()) if row]
        return [
            Component(
                type=ComponentType.FILE,
                name=path,
                bom_ref=f"file:{path}",
                hashes=listed_hash(found),
            )
            for path, found, *_ in rows
            if not own.fullmatch(path)
        ]


def listed_hash(found: str) -> "list[HashType]":
    kind, _, value = found.partition("=")
    if kind != "sha256":
        return []
    return [sha256(base64.urlsafe_b64decode(value + "==").hex())]


def sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def document(plan: dict, wheel: Wheel, *, inside: bool = False) -> "tuple[str, dict]":
    """The SBOM, and how much is in it. One that goes into the wheel can't have its hash, nor what changes every day."""
    bom = Bom(serial_number=uuid.UUID(int=0))
    bom.metadata.timestamp = datetime.datetime.fromtimestamp(
        plan["epoch"], datetime.timezone.utc
    )
    bom.metadata.tools.components.update(tools())
    listed, names = installed(wheel, plan.get("environment"), plan["python"])
    root = add_python(bom, wheel, listed)
    if not inside:
        root.hashes.add(sha256(hashlib.sha256(wheel.path.read_bytes()).hexdigest()))
    packages = [add_frontend(bom, root, each) for each in plan["frontends"]]
    counts = {
        "python": len(names) - 1,
        "files": len(root.components),
        "npm": packages,
    }
    return written(bom), counts


def tools() -> "list[Component]":
    version = importlib.metadata.version("cyclonedx-bom")
    kind = ComponentType.APPLICATION
    return [
        Component(type=kind, name="shipwheel"),
        Component(type=kind, name="cyclonedx-bom", version=version),
    ]


def installed(
    wheel: Wheel, environment: "str | None", python: str
) -> "tuple[Bom, set[str]]":
    """What is installed for the wheel, as cyclonedx-py lists it, and the names of that."""
    # Of a package that is in its own environment as well, the wheel's is the one that counts.
    there = {wheel.name: Package(wheel.metadata)}
    for each in packages_in(environment) if environment else []:
        there.setdefault(each.name, each)
    names = needed(wheel.name, there, python)
    with tempfile.TemporaryDirectory() as made:
        here = pathlib.Path(made)
        listed = here / "packages"
        listed.mkdir()
        for name in names:
            there[name].write(listed)
        return listing(here, [str(listed)]), names


def listing(here: pathlib.Path, path: "list[str]") -> Bom:
    # It asks a Python for its path. The one of the environment is not started: packages may run code of theirs whenever it is.
    asked = here / "python"
    asked.write_text(f"#!{sys.executable} -IS\nprint({json.dumps(path)!r})\n")
    asked.chmod(0o755)
    out = here / "listing.json"
    command = ["cyclonedx-py", "environment", "--no-validate"]
    options = ["--spec-version", "1.6", "--output-file", str(out), str(asked)]
    subprocess.run([*command, *options], check=True, stdout=sys.stderr)
    return Bom.from_json(json.loads(out.read_text()))


def add_python(bom: Bom, wheel: Wheel, listed: Bom) -> Component:
    copies = {canonicalize_name(each.name): copied(each) for each in listed.components}
    root = copies[wheel.name]
    root.components.update(wheel.files())
    bom.metadata.component = root
    bom.components.update(each for each in copies.values() if each is not root)
    connect(bom, listed, {each.bom_ref.value: each for each in copies.values()})
    return root


def add_frontend(bom: Bom, root: Component, frontend: dict) -> dict:
    """The npm packages of a frontend; it is there by its name where nobody can list them."""
    path = frontend["path"]
    if frontend.get("listing") is None:
        why = Property(name="shipwheel:not-listed", value=frontend["why"])
        alone = Component(
            type=ComponentType.APPLICATION,
            name=path,
            bom_ref=f"frontend:{path}",
            properties=[why],
        )
        bom.components.add(alone)
        bom.register_dependency(root, [alone])
        return {"packages": None, "development": False}
    listed = Bom.from_json(json.loads(pathlib.Path(frontend["listing"]).read_text()))
    prefix = f"{path}:"
    main = copied(listed.metadata.component, prefix)
    main.type = ComponentType.APPLICATION
    # npm calls it after its folder, which is none of its own.
    main.name = main.purl.name if main.purl else main.name
    others = [
        each
        for each in listed.components
        if each.bom_ref != listed.metadata.component.bom_ref
    ]
    shipped = [each for each in others if DEVELOPMENT not in each.properties]
    copies = {each.bom_ref.value: copied(each, prefix) for each in shipped or others}
    bom.components.update([main, *copies.values()])
    bom.register_dependency(root, [main])
    connect(bom, listed, {listed.metadata.component.bom_ref.value: main, **copies})
    return {"packages": len(copies), "development": not shipped and bool(others)}


def connect(bom: Bom, listed: Bom, copies: "dict[str, Component]") -> None:
    for each in listed.dependencies:
        needs = [copies.get(inner.ref.value) for inner in each.dependencies]
        if each.ref.value in copies:
            bom.register_dependency(
                copies[each.ref.value], [other for other in needs if other]
            )


def copied(component: Component, prefix: str = "") -> Component:
    """A component by what it is; where it was fetched from may be nobody else's business."""
    return Component(
        type=component.type,
        group=component.group,
        name=component.name,
        version=component.version,
        description=component.description,
        scope=component.scope,
        hashes=component.hashes,
        licenses=[known(each) for each in component.licenses],
        purl=component.purl and public(component.purl),
        bom_ref=prefix + unplaced(component.bom_ref.value),
    )


def unplaced(ref: str) -> str:
    """A name of Yarn's, without the address that may be behind it."""
    name, _, more = ref.partition("::")
    kept = [each for each in more.split("&") if not each.startswith("__archiveUrl=")]
    return "::".join([name, *filter(None, ["&".join(kept)])])


def known(each):
    """The schema takes an identifier only of its own list, which may be older than that of a package manager."""
    if (
        isinstance(each, DisjunctiveLicense)
        and each.id
        and not is_supported_id(each.id)
    ):
        return DisjunctiveLicense(name=each.id)
    return each


def public(purl: PackageURL) -> PackageURL:
    """Without what an address may say of who fetched it."""
    qualifiers = {key: shown(value) for key, value in purl.qualifiers.items()}
    return purl._replace(qualifiers=qualifiers)


def shown(address: str) -> str:
    parts = urllib.parse.urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="").geturl()


def written(bom: Bom) -> str:
    """The document under a number that follows from what is in it."""
    content = JsonV1Dot6(bom).output_as_string()
    bom.serial_number = uuid.uuid5(
        uuid.NAMESPACE_OID, hashlib.sha256(content.encode()).hexdigest()
    )
    text = JsonV1Dot6(bom).output_as_string(indent=2) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong:
        sys.exit(f"the SBOM does not keep to the schema of CycloneDX 1.6: {wrong}")
    return text


def main() -> None:
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    text, counts = document(plan, Wheel(plan["wheel"]))
    pathlib.Path(sys.argv[2]).write_text(text)
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main()
