"""What a project says of what an install brings and of what people read, and where a file says otherwise (PEP 621)."""

import functools
import pathlib
import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header

import flit_says
import poetry_says
import setuptools_says
import tomllib
from flit_says import is_built_by_flit, is_said_by_flit
from packaging.metadata import parse_email
from packaging.utils import canonicalize_name
from poetry_says import is_built_by_poetry, table_of
from requirements import admits, plainly
from setuptools_says import config_of, is_said_in_cfg, lines_in_script, with_files
from static_table import as_project


@functools.cache
def settings_of(tree):
    try:
        settings = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))
    except (OSError, RecursionError, ValueError):
        return {}
    return settings


POETRY, FLIT, CFG = "[tool.poetry]", "[tool.flit.metadata]", "setup.cfg"
READ_AS = {
    POETRY: lambda settings, _: (table_of(settings), poetry_says.FIELDS),
    FLIT: lambda settings, _: (flit_says.table_of(settings), flit_says.FIELDS),
    CFG: lambda _, tree: (config_of(tree), setuptools_says.FIELDS),
}


@functools.cache
def said_in(tree):
    """Where a project without a `[project]` says the same, if that is to be read."""
    settings = settings_of(tree)
    if "project" in settings:
        return None
    if "name" in table_of(settings) and is_built_by_poetry(settings):
        return POETRY
    if is_said_by_flit(settings):
        return FLIT
    return CFG if is_said_in_cfg(tree, settings) else None


def static(tree):
    """`[project]` or what is in its place, and what that leaves to the build."""
    settings, where = settings_of(tree), said_in(tree)
    if where is not None:
        project = as_project(*READ_AS[where](settings, tree))
    else:
        project = settings.get("project", {})
        if not isinstance(project, dict):
            return {}, set()
        project = with_files(project, settings, tree)
    return project, set(project.get("dynamic", []))


def stated(tree):
    """What a static `[project]` says that an install brings: nothing of what only the build knows."""
    project, dynamic = static(tree)
    where = said_in(tree)
    said = {} if where is None else {"table": where}
    if project and not dynamic & {"dependencies", "optional-dependencies"}:
        extras = project.get("optional-dependencies", {})
        said["requires"] = plainly(
            [
                *((each, None) for each in project.get("dependencies", [])),
                *((each, extra) for extra in extras for each in extras[extra]),
            ],
            project.get("name", ""),
        )
    if project and not dynamic & {"scripts", "gui-scripts", "entry-points"}:
        groups = {
            "console_scripts": project.get("scripts", {}),
            "gui_scripts": project.get("gui-scripts", {}),
            **project.get("entry-points", {}),
        }
        said["entryPoints"] = [
            {"group": group, "name": name, "value": value}
            for group, points in groups.items()
            for name, value in points.items()
        ]
    return said


def read_about(content):
    """With the addresses that stand there more often than once may, of which readers take one or another."""
    about, unread = parse_email(content)
    if is_brief(about):
        about = {field: said for field, said in about.items() if said != "None"}
    fields = ("home-page", "download-url", "project-url")
    return {
        **about,
        "twice": [each for field in fields for each in unread.get(field, [])],
    }


def is_brief(about):
    """As flit wrote it into sdists until its 3.3, whatever a project said, with `None` for what it did not."""
    return about.get("metadata_version") == "1.1" and about.keys() <= BRIEF


BRIEF = {"metadata_version", "name", "version", "summary", "twice"}
BRIEF |= {"author", "author_email", "home_page"}


# Of these a static project has none where it says none.
UNSAID = {"optional-dependencies": {}, "import-names": [], "import-namespaces": []}


def otherwise(tree, about):
    """The fields that a static `[project]` says and metadata says otherwise, by what they mean."""
    project, dynamic = static(tree)
    project = project and {**UNSAID, **project}
    brief = is_brief(about) and is_built_by_flit(settings_of(tree))
    return [
        field
        for field, (key, same) in SAID.items()
        if key in project.keys() - dynamic
        and (not brief or field in ("Summary", "Author"))
        and not alike(same, project[key], about, tree)
    ]


def no_longer_private(tree, about):
    """Classifiers that keep a project from an index, and that nothing but a plain text of its settings says; a condition may say more."""
    project, dynamic = static(tree)
    own = project["classifiers"] if "classifiers" in project.keys() - dynamic else None
    if own is not None and not is_brief(about):
        return []
    try:
        cfg = (tree / "setup.cfg").read_text("utf-8", "replace")
    except OSError:
        cfg = ""
    lines = [*map(str.strip, cfg.splitlines()), *lines_in_script(tree), *(own or [])]
    said = {each for each in lines if each.startswith("Private ::")}
    return sorted(said - set(about.get("classifiers", [])))


def alike(same, own, about, tree):
    """What the project says in a way that nobody can read is its own fault, and told elsewhere."""
    try:
        return same(own, about, tree)
    except (AttributeError, KeyError, OSError, TypeError, UnicodeDecodeError):
        return True


def same_pythons(own, about, _):
    theirs = about.get("requires_python", "")
    return admits(own, theirs) == admits(theirs, own)


def same_summary(own, about, _):
    return own.split() == about.get("summary", "").split()


def same_urls(own, about, _):
    """A `setup.py` beside it may add its own, which is asked of all files of the project."""
    return {url.rstrip("/") for url in own.values()} <= urls_of(about)


def same_license(own, about, _):
    """A table of a file or a text is written in as many ways as there are backends."""
    theirs = about.get("license_expression") or about.get("license", "")
    return not isinstance(own, str) or own.casefold() == theirs.casefold()


def same_readme(own, about, tree):
    """Ends of lines and of the text are a backend's to write."""
    parts = own if isinstance(own, list) else [own]
    texts = [text_in(each, tree) for each in parts]
    return "\n".join(texts).split() == about.get("description", "").split()


def text_in(own, tree):
    if isinstance(own, str):
        own = {"file": own}
    return own["text"] if "text" in own else (tree / own["file"]).read_text("utf-8-sig")


def same_form(own, about, _):
    """By its suffix, as backends do; an index takes a text without a form for one of rst."""
    told = (
        {"file": own} if isinstance(own, str) else {} if isinstance(own, list) else own
    )
    suffix = pathlib.PurePosixPath(told.get("file", "")).suffix.lower()
    known = told.get("content-type", FORMS.get(suffix))
    theirs = about.get("description_content_type", FORMS[".rst"])
    return known is None or media_type(known) == media_type(theirs)


FORMS = {".md": "text/markdown", ".rst": "text/x-rst", ".txt": "text/plain"}


def media_type(form):
    return form.partition(";")[0].strip().lower()


def same_extras(own, about, _):
    """What a known extra brings is asked elsewhere, and one may bring nothing."""
    theirs = map(canonicalize_name, about.get("provides_extra", []))
    return set(theirs) <= set(map(canonicalize_name, own))


def same_imports(kind):
    """Said of what the project has, or by it."""

    def same(own, about, tree):
        known, theirs = map(import_names, (own, about.get(kind, [])))
        return all(has_module(tree, each) for each in theirs - known)

    return same


def import_names(names):
    return {each.partition(";")[0].strip() for each in names}


def has_module(tree, name):
    """An empty name says that nothing is imported; what is none is no pattern for paths either."""
    if name == "":
        return True
    parts = name.split(".")
    return all(map(str.isidentifier, parts)) and any(
        True for rest in ("", ".py", ".pyx") for _ in tree.rglob("/".join(parts) + rest)
    )


def same_keywords(own, about, _):
    """Some write them with blanks between them, some with commas."""
    return words_in(own) == words_in(about.get("keywords", []))


def words_in(keywords):
    return sorted(re.split(r"[\s,]+", ",".join(keywords).strip(" ,")))


def same_classifiers(own, about, tree):
    theirs = set(about.get("classifiers", []))
    more = theirs - set(own)
    # It does not where a `[project]` has classifiers.
    derives = said_in(tree) == POETRY
    return set(own) <= theirs and all(derives and is_derived(each) for each in more)


def is_derived(classifier):
    """Poetry says there what the licence and the Pythons are."""
    return classifier.startswith(("License :: ", "Programming Language :: Python :: "))


def same_people(role):
    """Nobody else is named, and nobody is missing but where poetry names the first alone."""

    def same(own, about, tree):
        told = [about[each] for each in (role, f"{role}_email") if each in about]
        rest = "\n".join(map(plain_text, told))
        known = {each for person in own for each in words_of(person)}
        missing = [each for each in known if each not in rest]
        for each in sorted(known, key=len, reverse=True):
            rest = re.sub(rf"(?<!{PART}){re.escape(each)}(?!{PART})", "", rest)
        one = is_built_by_poetry(settings_of(tree))
        return not re.search(r"\w", rest) and (one or not missing)

    return same


# What a name or an address goes on with.
PART = r"[\w@+-]"


def plain_text(value):
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeDecodeError):
        return value


def words_of(person):
    """The names and addresses of an author, which may stand in one text."""
    texts = re.split(r"[<>]", "<".join(person.values()))
    return {each.strip() for each in texts} - {""}


SAID = {
    "Requires-Python": ("requires-python", same_pythons),
    "Summary": ("description", same_summary),
    "Project-URL": ("urls", same_urls),
    "License-Expression": ("license", same_license),
    "Description": ("readme", same_readme),
    "Description-Content-Type": ("readme", same_form),
    "Provides-Extra": ("optional-dependencies", same_extras),
    "Import-Name": ("import-names", same_imports("import_names")),
    "Import-Namespace": ("import-namespaces", same_imports("import_namespaces")),
    "Keywords": ("keywords", same_keywords),
    "Classifier": ("classifiers", same_classifiers),
    "Author": ("authors", same_people("author")),
    "Maintainer": ("maintainers", same_people("maintainer")),
}


def urls_of(about):
    """By their meaning: some backends write one of them as the home page."""
    others = [about[field] for field in ("home_page", "download_url") if field in about]
    twice = [each.rpartition(",")[2].strip() for each in about["twice"]]
    found = {*about.get("project_urls", {}).values(), *others, *twice}
    return {url.rstrip("/") for url in found}
