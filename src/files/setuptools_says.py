"""What `setup.cfg` and `[tool.setuptools.dynamic]` say in plain words, as `[project]` says it."""

import ast
import configparser
import functools
import re

from static_table import Unread

# What each is called in `[metadata]`, beside its own name.
ALIASES = {"summary": "description", "home_page": "url", "classifier": "classifiers"}


@functools.cache
def config_of(tree):
    """As setuptools reads it; none where a script or pbr may say more."""
    config = configparser.RawConfigParser()
    config.optionxform = str
    try:
        config.read_string((tree / "setup.cfg").read_text("utf-8"))
        script = tree / "setup.py"
        adds = script.exists() and not says_nothing(script.read_text("utf-8"))
    except (OSError, ValueError, configparser.Error, RecursionError, SyntaxError):
        return {}
    sections = {name: plain(dict(config.items(name))) for name in config.sections()}
    return {} if adds else with_texts(sections, tree)


def plain(section):
    named = {key.replace("-", "_"): value for key, value in section.items()}
    return {ALIASES.get(key, key): value for key, value in named.items()}


def with_texts(sections, tree):
    """With the texts in the place of the files that lists are read from."""
    return {
        name: {
            key: text_of(said, tree) if is_list(name, key) else said
            for key, said in section.items()
        }
        for name, section in sections.items()
    }


def is_list(section, key):
    known = {"options": "install_requires", "metadata": "classifiers"}
    return section == "options.extras_require" or key == known.get(section)


def text_of(said, tree):
    """What can't be read stays the name of a file, which is no list."""
    if not said.startswith(FILE):
        return said
    try:
        return texts_in(said.removeprefix(FILE).split(","), tree)
    except (OSError, ValueError):
        return said


FILE = "file:"


def texts_in(paths, tree):
    return "\n".join((tree / each.strip()).read_text("utf-8") for each in paths)


def says_nothing(script):
    """A `setup()` without anything in it."""
    return all(map(is_idle, ast.parse(script).body))


def is_idle(line):
    if isinstance(line, ast.If):
        return all(map(is_idle, [*line.body, *line.orelse]))
    if isinstance(line, (ast.Import, ast.ImportFrom)):
        return True
    value = line.value if isinstance(line, ast.Expr) else None
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func) in ("setup", "setuptools.setup")
        return called and not value.args and not value.keywords
    return isinstance(value, ast.Constant)


def lines_in_script(tree):
    """What the texts of a `setup.py` say, line by line, whatever holds."""
    try:
        waiting = [ast.parse((tree / "setup.py").read_text("utf-8"))]
    except (OSError, RecursionError, SyntaxError, ValueError):
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from map(str.strip, node.value.splitlines())
        elif not isinstance(node, (ast.If, ast.IfExp)):
            waiting += ast.iter_child_nodes(node)


def is_said_in_cfg(tree, settings):
    """Whether setuptools alone builds it, and reads nothing else."""
    system = settings.get("build-system", {})
    asked = [re.split(r"[^\w.-]", each)[0] for each in system.get("requires", [])]
    return (
        "project" not in settings
        and builds_by_setuptools(tree, system)
        and set(asked) <= KNOWN
        and "name" in config_of(tree).get("metadata", {})
    )


def builds_by_setuptools(tree, system):
    """By its own backend, or by one of the project's that is made from it."""
    backend = system.get("build-backend", "setuptools.build_meta")
    module = backend.partition(":")[0].replace(".", "/")
    own = [
        tree / path / f"{module}{rest}"
        for path in system.get("backend-path", [])
        for rest in (".py", "/__init__.py")
    ]
    texts = [each.read_text("utf-8", "replace") for each in own if each.is_file()]
    return backend.startswith("setuptools.build_meta") or any(
        map(MADE_OF.search, texts)
    )


MADE_OF = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+setuptools(?:\.|[ \t]+import[ \t].*\b)build_meta\b",
    re.MULTILINE,
)
# Of what builds with setuptools, these add nothing to the metadata but the version.
KNOWN = {"setuptools", "wheel", "setuptools_scm", "setuptools-scm", "Cython", "cython"}
KNOWN |= {"numpy", "oldest-supported-numpy", "pybind11", "cffi", "toml", "tomli"}


def text(key):
    def read(config):
        said = config["metadata"].get(key)
        if said is not None and re.match(r"\s*(?:file|attr):", said):
            raise Unread
        return said and said.strip()

    return read


def readme(config):
    said = config["metadata"].get("long_description")
    if said is None:
        return None
    before, is_file, paths = said.partition("file:")
    if is_file and not before.strip():
        return [each.strip() for each in paths.split(",")]
    return {"text": said}


def urls(config):
    about = config["metadata"]
    named = dict(
        [part.strip() for part in each.split("=", 1)]
        for each in items(about.get("project_urls", ""))
    )
    own = {key: about[key].strip() for key in ("url", "download_url") if key in about}
    return {**own, **named}


def people(role):
    def read(config):
        about = config["metadata"]
        found = {key: about.get(f"{role}{key}", "") for key in ("", "_email")}
        return [{key: value for key, value in found.items() if value}]

    return read


def listed(key):
    def read(config):
        said = text(key)(config)
        return [] if said is None else items(config["metadata"][key], ",")

    return read


def items(said, mark=";"):
    """Of a list, which has lines or signs between them, and may have comments behind them."""
    parts = said.splitlines() if "\n" in said else said.split(mark)
    found = [re.sub(r"(?:^|\s)#.*", "", each).strip() for each in parts]
    if said.lstrip().startswith(FILE) or any(each.endswith("\\") for each in found):
        raise Unread
    return [each for each in found if each]


def required(said):
    found = items(said)
    # Options, such as for another file.
    if any(each.startswith("-") for each in found):
        raise Unread
    return found


def dependencies(config):
    return required(config.get("options", {}).get("install_requires", ""))


def pythons(config):
    said = config.get("options", {}).get("python_requires")
    return said and said.strip()


def extras(config):
    found = config.get("options.extras_require", {})
    if any(":" in each for each in found):
        raise Unread
    return {extra: required(said) for extra, said in found.items()}


def entry_points(config):
    if "entry_points" in config.get("options", {}):
        raise Unread
    return {
        group: dict(map(point, items(said)))
        for group, said in config.get("options.entry_points", {}).items()
    }


def point(line):
    name, value = line.split("=", 1)
    return name.strip(), value.strip()


FIELDS = {
    "name": text("name"),
    "description": text("description"),
    "license": text("license"),
    "readme": readme,
    "urls": urls,
    "authors": people("author"),
    "maintainers": people("maintainer"),
    "keywords": listed("keywords"),
    "classifiers": listed("classifiers"),
    "requires-python": pythons,
    "dependencies": dependencies,
    "optional-dependencies": extras,
    "entry-points": entry_points,
}


def with_files(project, settings, tree):
    """A `[project]` with the requirements that setuptools is told to read in files."""
    told = settings.get("tool", {}).get("setuptools", {}).get("dynamic", {})
    if not told:
        return project
    dynamic, said = set(project.get("dynamic", [])), dict(project)
    try:
        if "dependencies" in dynamic & told.keys():
            said["dependencies"] = lines_of(told["dependencies"], tree)
        if "optional-dependencies" in dynamic & told.keys():
            named = told["optional-dependencies"].items()
            said["optional-dependencies"] = {
                extra: lines_of(each, tree) for extra, each in named
            }
    except (AttributeError, KeyError, OSError, TypeError, ValueError, Unread):
        return project
    read = said.keys() & dynamic
    return {**said, "dynamic": sorted(dynamic - read)}


def lines_of(told, tree):
    paths = told["file"]
    return required("\n" + texts_in([paths] if isinstance(paths, str) else paths, tree))
