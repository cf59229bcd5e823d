"""Asks the rules by which PyPI refuses an upload, and prints as JSON what they refuse: DIRECTORY | --project DIRECTORY.

A DIRECTORY holds wheels and sdists, or with --project what of a project is written down before anything is built.
Each rule has a key, by which an index of one's own that takes more can switch it off.
"""

import dataclasses
import difflib
import email.message
import json
import pathlib
import re
import sys
import tarfile
import tomllib
import zipfile

import readme_renderer.markdown
import readme_renderer.rst
from packaging.metadata import Metadata, parse_email
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version
from trove_classifiers import classifiers, deprecated_classifiers

SUMMARY = 512
LABEL = 32
LARGEST_METADATA = 4 << 20
PLATFORM = re.compile(
    r"any|win32|win_(amd64|arm64|ia64)|linux_armv[67]l|macosx_\d+_\d+_\w+|(many|musl)linux(_\d+_\d+|1|2010|2014)_\w+"
    r"|ios_\d+_\d+_\w+|android_\d+_\w+|(pyodide|pyemscripten)_\d+_\d+_wasm32"
)
STDLIB = {canonicalize_name(each) for each in sys.stdlib_module_names}
COMPILED = {
    "maturin",
    "mesonpy",
    "scikit_build_core.build",
    "setuptools_rust",
    "sipbuild.api",
    "skbuild.build",
}
PURE = (
    "Shipwheel builds one wheel, for pure Python: build the others with cibuildwheel, "
    "or let an index of your own take them."
)


@dataclasses.dataclass
class Subject:
    """A file that is to be uploaded, or a project that is not built yet."""

    name: str
    metadata: dict
    content: "bytes | None" = None
    is_file: bool = False
    compiled: "str | None" = None

    def of(self, field: str) -> list:
        value = self.metadata.get(field) or []
        return value if isinstance(value, list) else [value]


def unknown_classifiers(subject):
    for each in subject.of("classifiers"):
        if each.startswith("Private ::"):
            yield (
                f"the classifier `{each}` forbids every upload",
                "Take it out once the package may be published.",
            )
        elif each in deprecated_classifiers:
            better = ", ".join(f"`{new}`" for new in deprecated_classifiers[each])
            yield (
                f"the classifier `{each}` is no longer taken",
                f"Use {better}." if better else "Take it out.",
            )
        elif each not in classifiers:
            near = difflib.get_close_matches(each, classifiers, 1)
            yield (
                f"`{each}` is no classifier",
                f"Did you mean `{near[0]}`?"
                if near
                else "Take it out, or name one of PyPI's list.",
            )


def direct_urls(subject):
    for field in ("requires_dist", "provides_dist", "obsoletes_dist"):
        for each in subject.of(field):
            try:
                direct = Requirement(each).url
            except InvalidRequirement:
                continue
            if direct:
                name = each.partition("@")[0].strip()
                yield (
                    f"it requires `{name}` from an address of its own",
                    "Require a version that is on the index; what only tests need goes into `[dependency-groups]`.",
                )


def long_summary(subject):
    summary = subject.metadata.get("summary") or ""
    if len(summary) > SUMMARY:
        yield (
            f"its summary has {len(summary)} characters, {SUMMARY} are taken",
            "Shorten `description`; the long one is the readme.",
        )
    elif "\n" in summary.strip():
        yield "its summary has more than one line", "Write `description` on one line."


def local_version(subject):
    try:
        local = Version(subject.metadata.get("version") or "0").local
    except InvalidVersion:
        return
    if local:
        yield (
            f"its version has a local part, `+{local}`",
            "Release a version without it.",
        )


def taken_name(subject):
    name = subject.metadata.get("name") or ""
    if canonicalize_name(name) in STDLIB:
        yield (
            f"`{name}` is the name of a module of Python itself",
            "Choose another name for `[project]`.",
        )


def long_labels(subject):
    for label in subject.metadata.get("project_urls") or {}:
        if len(label) > LABEL:
            yield (
                f"the label `{label}` of a URL has {len(label)} characters, {LABEL} are taken",
                "Shorten it in `[project.urls]`.",
            )


def invalid_fields(subject):
    if subject.content is None:
        return
    try:
        Metadata.from_email(subject.content)
    except ExceptionGroup as group:
        for error in group.exceptions:
            yield (
                f"its metadata is not as its `Metadata-Version` has it: {error}",
                "Build with the newest release of the backend.",
            )


def unrendered(subject):
    text = subject.metadata.get("description")
    if not text:
        return
    header = email.message.Message()
    header["content-type"] = (
        subject.metadata.get("description_content_type") or "text/x-rst"
    )
    kind = header.get_content_type()
    render = {
        "text/x-rst": readme_renderer.rst.render,
        "text/markdown": readme_renderer.markdown.render,
    }.get(kind)
    if render is None and kind != "text/plain":
        yield (
            f"its description is `{kind}`, which is not rendered",
            "Let `readme` be Markdown, reStructuredText or plain text.",
        )
    elif render and render(text) is None:
        yield (
            "its description can't be rendered",
            "`twine check` says where; mend the readme.",
        )


def misspelt_name(subject):
    if not subject.is_file:
        return
    try:
        version = Version(subject.metadata.get("version") or "")
    except InvalidVersion:
        return
    stem = f"{canonicalize_name(subject.metadata.get('name') or '').replace('-', '_')}-{version}"
    if not subject.name.startswith(f"{stem}-") and subject.name != f"{stem}.tar.gz":
        end = subject.name.split("-", 2)[-1] if subject.name.endswith(".whl") else ""
        right = f"{stem}-{end}" if end else f"{stem}.tar.gz"
        yield (
            f"its name has to be `{right}`",
            "Build with a newer release of the backend (setuptools since 69.3), which writes it so.",
        )


def platform_tags(subject):
    if subject.compiled:
        yield (
            f"it has compiled parts ({subject.compiled}), and so a wheel for one machine",
            PURE,
        )
    elif subject.is_file and subject.name.endswith(".whl"):
        tags = parse_wheel_filename(subject.name)[3]
        for platform in sorted(
            {each.platform for each in tags if not PLATFORM.fullmatch(each.platform)}
        ):
            yield (
                f"it is for the platform `{platform}`, which no public index takes",
                PURE,
            )


RULES = {
    "metadata": invalid_fields,
    "classifiers": unknown_classifiers,
    "direct-urls": direct_urls,
    "summary": long_summary,
    "local-version": local_version,
    "name": taken_name,
    "url-labels": long_labels,
    "description": unrendered,
    "file-names": misspelt_name,
    "platform-tags": platform_tags,
}


def main():
    places = [pathlib.Path(each) for each in sys.argv[1:] if each != "--project"]
    subjects = (
        [projected(places[0])]
        if "--project" in sys.argv
        else [opened(each) for each in files_in(places[0])]
    )
    found = [
        {"rule": rule, "subject": subject.name, "what": what, "next": advice}
        for subject in subjects
        for rule, ask in RULES.items()
        for what, advice in ask(subject)
    ]
    sdists = [each.name for each in subjects if each.name.endswith(".tar.gz")]
    found += [
        {
            "rule": "one-sdist",
            "subject": each,
            "what": "it is a second sdist of one release",
            "next": "Leave one of them out.",
        }
        for each in sdists[1:]
    ]
    json.dump(found, sys.stdout)


def files_in(folder):
    return sorted(
        each for each in folder.iterdir() if each.name.endswith((".whl", ".tar.gz"))
    )


def opened(path):
    content = metadata_of(path)
    raw, _ = parse_email(content)
    return Subject(path.name, dict(raw), content, is_file=True)


def metadata_of(path):
    """No more than metadata ever has: an archive may say that a file of it is as large as it likes."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            names = [
                each
                for each in archive.namelist()
                if re.fullmatch(r"[^/]+\.dist-info/METADATA", each)
            ]
            return archive.open(names[0]).read(LARGEST_METADATA) if names else b""
    with tarfile.open(path) as archive:
        for each in archive:
            if each.isreg() and re.fullmatch(r"[^/]+/PKG-INFO", each.name):
                return archive.extractfile(each).read(LARGEST_METADATA)
    return b""


def projected(folder):
    """What of `[project]` is static; a field that is dynamic is not there."""
    text = read(folder / "pyproject.toml")
    table = tomllib.loads(text) if text else {}
    project = table.get("project", {})
    extras = project.get("optional-dependencies", {})
    metadata = {
        "name": project.get("name"),
        "summary": project.get("description"),
        "classifiers": project.get("classifiers"),
        "requires_dist": [
            *project.get("dependencies", []),
            *(each for extra in extras.values() for each in extra),
        ],
        "project_urls": project.get("urls"),
    }
    return Subject("pyproject.toml", metadata, compiled=compiled(folder, table))


def compiled(folder, table):
    backend = table.get("build-system", {}).get("build-backend", "")
    if backend in COMPILED:
        return f"`{backend}` builds it"
    if table.get("tool", {}).get("setuptools", {}).get("ext-modules"):
        return "`tool.setuptools.ext-modules`"
    extends = re.search(
        r"^[^#\n]*\b(ext_modules\s*=|has_ext_modules|root_is_pure)",
        read(folder / "setup.py"),
        re.MULTILINE,
    )
    return f"`{extends[1].rstrip('= ')}` in `setup.py`" if extends else None


def read(path):
    return path.read_text(errors="replace") if path.exists() else ""


if __name__ == "__main__":
    main()
