"""What flit's own table says, as `[project]` says it: until its version 4 both are written into the same metadata."""

from static_table import Unread


def is_built_by_flit(settings):
    """Some have its table beside another backend."""
    system = settings.get("build-system", {})
    builds = [*system.get("requires", []), system.get("build-backend", "")]
    return any("flit" in each for each in builds)


def is_said_by_flit(settings):
    return is_built_by_flit(settings) and "metadata" in table_of(settings)


def table_of(settings):
    return settings.get("tool", {}).get("flit", {})


def text(key):
    def read(flit):
        said = flit["metadata"].get(key)
        # Versions of flit differ in how they write a second line.
        if said is not None and "\n" in said.strip():
            raise Unread
        return said and said.strip()

    return read


def name(flit):
    about = flit["metadata"]
    return about.get("dist-name", about.get("module"))


def readme(flit):
    return flit["metadata"].get("description-file")


def urls(flit):
    about = flit["metadata"]
    own = {"home-page": about["home-page"]} if "home-page" in about else {}
    return {**own, **about.get("urls", {})}


def people(role):
    def read(flit):
        found = {key: text(f"{role}{key}")(flit) for key in ("", "-email")}
        return [{key: value for key, value in found.items() if value}]

    return read


def keywords(flit):
    return [flit["metadata"].get("keywords", "")]


def listed(key):
    return lambda flit: flit["metadata"].get(key, [])


def extras(flit):
    about = flit["metadata"]
    dev = {"dev": about["dev-requires"]} if "dev-requires" in about else {}
    return {**dev, **about.get("requires-extra", {})}


def entry_points(flit):
    if "entry-points-file" in flit["metadata"]:
        raise Unread
    return dict(groups_in(flit.get("entrypoints", {})))


def groups_in(table, name=""):
    """A group with points in its name may be written as tables in tables."""
    points = {key: value for key, value in table.items() if isinstance(value, str)}
    if points:
        yield name, points
    for key in table.keys() - points.keys():
        yield from groups_in(table[key], f"{name}.{key}" if name else key)


FIELDS = {
    "name": name,
    "license": text("license"),
    "readme": readme,
    "urls": urls,
    "authors": people("author"),
    "maintainers": people("maintainer"),
    "keywords": keywords,
    "classifiers": listed("classifiers"),
    "requires-python": text("requires-python"),
    "dependencies": listed("requires"),
    "optional-dependencies": extras,
    "scripts": lambda flit: flit.get("scripts", {}),
    "entry-points": entry_points,
}
