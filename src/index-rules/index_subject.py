"""What the rules of an index are asked about: a file that is to be uploaded, or a project that is not built yet."""

import configparser
import dataclasses
import pathlib

import tomllib
from index_archive import Archive, read_archive
from packaging.metadata import parse_email

READMES = {".md": "text/markdown", ".rst": "text/x-rst", ".txt": "text/plain"}


@dataclasses.dataclass
class Subject:
    name: str
    # By the names of packaging's raw metadata.
    metadata: dict
    # Of a file; a project has none.
    archive: "Archive | None" = None
    # The commands that a project names.
    scripts: "list[str]" = dataclasses.field(default_factory=list)

    def of(self, field: str) -> list:
        value = self.metadata.get(field) or []
        return value if isinstance(value, list) else [value]


def opened(path: pathlib.Path) -> Subject:
    archive = read_archive(path)
    raw, _ = parse_email(archive.metadata)
    return Subject(path.name, dict(raw), archive)


def projected(folder: pathlib.Path) -> Subject:
    """What of it is static; a field that is dynamic is not there."""
    text = read(folder / "pyproject.toml")
    table = tomllib.loads(text) if text else {}
    project = table.get("project", {})
    poetry = table.get("tool", {}).get("poetry", {})
    metadata = {
        **setup_cfg(read(folder / "setup.cfg"), folder),
        **described(poetry, folder),
        **described(project, folder),
    }
    scripts = [*project.get("scripts", {}), *project.get("gui-scripts", {})]
    return Subject("pyproject.toml", metadata, scripts=scripts)


def described(table: dict, folder: pathlib.Path) -> dict:
    """`[project]`, or `[tool.poetry]`, which has most of it under the same keys."""
    extras = table.get("optional-dependencies", {})
    listed = table.get("dependencies", [])
    people = {
        f"{role}_email": [mail_of(each) for each in table.get(f"{role}s", [])]
        for role in ("author", "maintainer")
    }
    known = {
        "name": table.get("name"),
        "summary": table.get("description"),
        "classifiers": table.get("classifiers"),
        "requires_dist": [
            *(listed if isinstance(listed, list) else []),
            *(each for extra in extras.values() for each in extra),
        ],
        "project_urls": table.get("urls"),
        **people,
        **readme(table.get("readme"), folder),
    }
    return {field: value for field, value in known.items() if value}


def mail_of(person) -> str:
    return person.get("email", "") if isinstance(person, dict) else str(person)


def readme(value, folder: pathlib.Path) -> dict:
    """Of a readme that lies at the top, which is what is looked at here."""
    given = {"file": value} if isinstance(value, str) else value
    given = given if isinstance(given, dict) else {}
    name = given.get("file", "")
    kind = given.get("content-type") or READMES.get(pathlib.Path(name).suffix.lower())
    text = given.get("text") or (read(folder / name) if name else "")
    return {"description": text, "description_content_type": kind} if text else {}


def setup_cfg(text: str, folder: pathlib.Path) -> dict:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    said, options = (
        dict(parser[each]) if parser.has_section(each) else {}
        for each in ("metadata", "options")
    )
    pairs = (each.partition("=") for each in lines(said.get("project_urls")))
    return {
        field: value
        for field, value in {
            "name": said.get("name"),
            "summary": said.get("description"),
            "classifiers": lines(said.get("classifiers")),
            "author_email": said.get("author_email"),
            "maintainer_email": said.get("maintainer_email"),
            "home_page": said.get("url"),
            "project_urls": {label.strip(): url.strip() for label, _, url in pairs},
            "requires_dist": lines(options.get("install_requires")),
        }.items()
        if value and not str(value).startswith(("attr:", "file:"))
    }


def lines(text: "str | None") -> "list[str]":
    if (text or "").startswith(("attr:", "file:")):
        return []
    return [each.strip() for each in (text or "").splitlines() if each.strip()]


def read(path: pathlib.Path) -> str:
    return path.read_text(errors="replace") if path.is_file() else ""
