"""Reads the sources of a distribution, without running any."""

import ast
import pathlib
import re
import tarfile
import zipfile

import griffe

# What is kept of a distribution, however large it says that it is.
LARGEST_SOURCE = 16 << 20
LARGEST_TREE = 1 << 30
COMPILED = re.compile(r"\.(so|pyd)$")
# Of other names nothing can be imported, and they would be told as they are.
NAMED = re.compile(r"[\w .+/-]+")


def files_of(path):
    """Name and opened content of every file in a distribution."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                if not each.is_dir():
                    yield each.filename, each.file_size, lambda e=each: archive.open(e)
    else:
        with tarfile.open(path) as archive:
            for each in archive:
                if each.isreg():
                    yield each.name, each.size, lambda e=each: archive.extractfile(e)


def inner(path, name):
    """Where a file lies once it is installed, or in an unpacked sdist."""
    if path.suffix == ".whl":
        return re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", name)
    return name.partition("/")[2]


def dotted(name):
    """What a file is imported as: the tag of a compiled one, and where stubs lie, say nothing of that."""
    folder, _, last = name.rpartition("/")
    parts = [re.sub(r"-stubs$", "", each) for each in folder.split("/") if each]
    stem = last.partition(".")[0]
    return ".".join(parts if stem == "__init__" else [*parts, stem])


def without_program(content):
    """A module without what runs only when it is a program, which nobody imports; its lines stay where they are."""
    if b"__main__" not in content:
        return content
    try:
        body = ast.parse(content).body
    # A file may hold anything; who reads it next says so.
    except Exception:  # noqa: BLE001
        return content
    lines = content.split(b"\n")
    for each in body:
        if isinstance(each, ast.If) and not each.orelse and is_program(each.test):
            count = each.end_lineno - each.lineno + 1
            lines[each.lineno - 1 : each.end_lineno] = [b""] * count
    return b"\n".join(lines)


def is_program(test):
    sides = ("__name__", "'__main__'")
    return ast.unparse(test) in (" == ".join(sides), " == ".join(reversed(sides)))


class Tree:
    """The sources of a distribution in a folder."""

    def __init__(self, path, folder):
        self.folder, self.compiled, self.unread = folder, [], []
        self.names = set()
        left = LARGEST_TREE
        for name, size, opened in files_of(path):
            place = pathlib.PurePosixPath(inner(path, name))
            if COMPILED.search(name):
                self.compiled.append(str(place))
            if place.suffix not in (".py", ".pyi"):
                continue
            if not NAMED.fullmatch(str(place)):
                continue
            if place.is_absolute() or ".." in place.parts:
                self.unread.append(f"{place}: lies outside of the archive")
                continue
            # Sizes are what an archive says of itself: no more than that is read.
            content = opened().read(LARGEST_SOURCE + 1)
            left -= len(content)
            if len(content) > LARGEST_SOURCE or left < 0:
                self.unread.append(f"{place}: too large to be read")
                continue
            file = folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(without_program(content))
            self.names.add(place)
        self.implicit = list(self.folders_without())
        for each in self.implicit:
            (folder / each / "__init__.py").touch()
        self.is_wheel = path.suffix == ".whl"
        self.loaders = {}

    def folders_without(self):
        """Folders of modules in a package that have no `__init__`: Python finds them, and a reader would not."""
        inits = {each.parent for each in self.names if each.stem == "__init__"}
        folders = {each.parent for each in self.names} - inits
        for each in sorted(folders):
            if each.parent in inits and all(part.isidentifier() for part in each.parts):
                yield each

    def unknown(self):
        """The modules of which nobody knows what they have."""
        failed = {dotted(each.partition(": ")[0]) for each in self.unread}
        read = {dotted(str(each)) for each in self.names}
        return failed | ({dotted(each) for each in self.compiled} - read)

    def loader(self, root):
        """One for all that lies in a folder: packages of a distribution take names from each other."""
        if root not in self.loaders:
            self.loaders[root] = griffe.GriffeLoader(
                search_paths=[root], allow_inspection=False
            )
        return self.loaders[root]

    def tops(self):
        """What a wheel lets people import."""
        found = {each.parts[0] for each in self.names}
        return sorted(
            name
            for name in {re.sub(r"(-stubs|\.pyi?)$", "", each) for each in found}
            if name.isidentifier() and not name.startswith("__")
        )

    def root_of(self, top):
        """The folder that an import package lies in: its own in an sdist, where tests may have one of the same name."""
        if self.is_wheel:
            return self.folder
        ends = [(top, "__init__.py"), (top, "__init__.pyi"), (f"{top}.py",)]
        found = [
            each.parts[: -len(end)]
            for each in self.names
            for end in ends
            if each.parts[-len(end) :] == end
        ]
        if not found:
            return None
        return self.folder.joinpath(*min(found, key=lambda parts: (len(parts), parts)))
