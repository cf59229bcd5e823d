"""Prints as JSON how the Python API of two distributions differs: BEFORE AFTER.

Each is a wheel or an sdist. Their sources are read and never imported; what is compiled
can't be read, and is told.
"""

import ast
import builtins
import contextlib
import json
import logging
import pathlib
import re
import sys
import tarfile
import tempfile
import zipfile

import griffe

# What is kept of a distribution, however large it says that it is.
LARGEST_SOURCE = 16 << 20
LARGEST_TREE = 1 << 30
COMPILED = re.compile(r"\.(so|pyd)$")
NO_API = re.compile(r"(^|\.)(tests|conftest|test_\w+|_vendor)(\.|$)")
DUNDER = re.compile(r"__\w+__")
CALLED_DIFFERENTLY = {
    griffe.BreakageKind.PARAMETER_MOVED,
    griffe.BreakageKind.PARAMETER_REMOVED,
    griffe.BreakageKind.PARAMETER_CHANGED_KIND,
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED,
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED,
}
# Callers go on to work, though maybe not as before.
DOUBTFUL = {
    griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT,
    griffe.BreakageKind.RETURN_CHANGED_TYPE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_TYPE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE,
    griffe.BreakageKind.CLASS_REMOVED_BASE,
}


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
        self.is_wheel = path.suffix == ".whl"
        self.loaders = {}

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


def package_of(loader, top):
    """What was read before is the same for all that refers to it."""
    known = loader.modules_collection.members
    return known[top] if top in known else loader.load(top, find_stubs_package=True)


def read_beside(loader, top):
    """Packages of a distribution take names from each other; one that can't be read is told in its turn."""
    # A file may hold anything, and break its reader anywhere.
    with contextlib.suppress(Exception):
        package_of(loader, top)


def load(tree, top):
    root = tree.root_of(top)
    if root is None:
        return None
    loader = tree.loader(root)
    try:
        package = package_of(loader, top)
        for other in tree.tops() if tree.is_wheel else []:
            read_beside(loader, other)
        loader.resolve_aliases(implicit=False, external=False)
    # A file may hold anything, and break its reader anywhere.
    except Exception as error:  # noqa: BLE001
        tree.unread.append(f"{top}: {type(error).__name__}: {str(error)[:200]}")
        return None
    read = set()
    for module in modules_of(package):
        publish(module, top)
        for each in list(module.members.values()):
            bind(each)
        paths = (
            module.filepath if isinstance(module.filepath, list) else [module.filepath]
        )
        read.update(paths)
    tree.unread += broken(tree, root, top, read)
    return package


def broken(tree, root, top, read):
    """The files of a package that are passed over because they can't be read."""
    for name in sorted(tree.names):
        file = tree.folder / name
        dotted = str(name.with_suffix("")).replace("/", ".")
        below = file.is_relative_to(root / top) and not NO_API.search(dotted)
        if below and file not in read:
            try:
                ast.parse(file.read_bytes())
            # A file may hold anything, and break its reader anywhere.
            except Exception as error:  # noqa: BLE001
                yield f"{name}: {type(error).__name__}: {str(error)[:200]}"


def modules_of(module):
    yield module
    for each in module.modules.values():
        if not each.is_alias and not NO_API.search(each.path):
            yield from modules_of(each)


def publish(module, top):
    """What a package takes from its own modules into its `__init__` is there to be imported, and so is `import a as a`."""
    if module.exports or not module.is_init_module:
        return
    for name, each in module.members.items():
        if each.is_alias and not name.startswith("_"):
            target = each.target_path
            within = target == top or target.startswith(f"{top}.")
            if within and target != f"{module.path}.{name}":
                each.public = True


def bind(each):
    """Leaves of methods the parameters that their callers give: not the object or the class itself."""
    if each.is_alias or not each.is_class:
        return
    for one in each.members.values():
        bind(one)
        if one.is_alias or not one.is_function or "staticmethod" in one.labels:
            continue
        for function in [one, *(one.overloads or [])]:
            first = next(iter(function.parameters), None)
            if first and first.kind is not griffe.ParameterKind.var_positional:
                del function.parameters[0]


def public_paths(module):
    """The paths of everything public, each class with its members."""
    for each in module.members.values():
        if not each.is_public or NO_API.search(each.path):
            continue
        yield each.path, each
        if not each.is_alias and (each.is_module or each.is_class):
            yield from public_paths(each)


def spelled(parameter):
    """A parameter as its function writes it."""
    stars = {
        griffe.ParameterKind.var_positional: "*",
        griffe.ParameterKind.var_keyword: "**",
    }
    return stars.get(parameter.kind, "") + parameter.name


def parameters(each):
    """What a function takes in any of its signatures, and whether it asks for it."""
    try:
        target = each.final_target if each.is_alias else each
        functions = [*(target.overloads or []), target] if target.is_function else []
        return {
            spelled(one): one.required
            for function in functions
            for one in function.parameters
        }
    except griffe.AliasResolutionError:
        return {}


def additions(before, after):
    """What is new, once and by its shortest name."""
    names, found = shown(after), {}
    for path, parameter in new_paths(before, after):
        public = min(public_name(target_of(after, path), names), path, key=shortness)
        found[f"{public}({parameter})" if parameter else public] = True
    return list(found)


def target_of(paths, path):
    try:
        each = paths[path]
        return each.final_target.path if each.is_alias else path
    except griffe.AliasResolutionError:
        return path


def was_inherited(before, path):
    """Whether a class had it already, of one of its bases."""
    owner, _, name = path.rpartition(".")
    try:
        return name in before[owner].all_members
    # The bases of a class may be anything that Python can compute.
    except Exception:  # noqa: BLE001
        return False


def new_paths(before, after):
    """What is new, without the parts of what is new; and parameters that callers may leave out."""
    new = [
        path for path in after if path not in before and not was_inherited(before, path)
    ]
    known = set(new)
    added = [(path, None) for path in new if path.rpartition(".")[0] not in known]
    for path in after:
        if path in before:
            old = parameters(before[path])
            added += [
                (path, name)
                for name, required in parameters(after[path]).items()
                if not required and name not in old
            ]
    return [
        (path, name)
        for path, name in added
        if not DUNDER.search(path.rpartition(".")[2])
        and not is_type_variable(after, path)
    ]


def is_type_variable(paths, path):
    """What annotations are written with, and nobody imports."""
    each = paths.get(path)
    value = getattr(each, "value", None) if each and not each.is_alias else None
    return bool(re.match(r"(\w+\.)?(TypeVar|ParamSpec)\(", str(value or "")))


def inherits(after, path):
    """What a class has of a base that is not of this package: `None` where nobody can tell."""
    owner, _, name = path.rpartition(".")
    parent = after.get(owner)
    if parent is None:
        return False
    try:
        parent = parent.final_target if parent.is_alias else parent
        if not parent.is_class:
            return False
        known = {each.path for each in parent.resolved_bases}
        for each in [parent, *parent.mro()]:
            for base in each.bases:
                text = str(getattr(base, "canonical_path", base))
                plain = getattr(builtins, text.removeprefix("builtins."), None)
                if hasattr(plain, name):
                    return True
                if plain is None and text not in known and text not in after:
                    return None
    # The bases of a class may be anything that Python can compute.
    except Exception:  # noqa: BLE001
        return None
    return False


def at(package, path):
    """What is at a path of a package; nothing where that is not known."""
    try:
        each = package[path.partition(".")[2]] if "." in path else package
        return each.final_target if each.is_alias else each
    # There may be nothing of that name.
    except Exception:  # noqa: BLE001
        return None


def parameters_at(package, path):
    return list(getattr(at(package, path), "parameters", None) or [])


def took_any(package, path):
    """Whether a function took any further positional argument."""
    kinds = {each.kind for each in parameters_at(package, path)}
    return griffe.ParameterKind.var_positional in kinds


def is_named_now(package, path, function, variadic):
    """Whether a function names what it took as any further argument before."""
    either = griffe.ParameterKind.positional_or_keyword
    kinds = {
        griffe.ParameterKind.var_positional: griffe.ParameterKind.positional_only,
        griffe.ParameterKind.var_keyword: griffe.ParameterKind.keyword_only,
    }
    before = {each.name for each in parameters_at(package, path)}
    return variadic.kind in kinds and any(
        each.name not in before and each.kind in (either, kinds[variadic.kind])
        for each in function.parameters
    )


def took_its_place(package, path, function, name):
    """Whether a parameter has the place of one that is gone: whoever gives it by that goes on as before."""
    names = [each.name for each in function.parameters]
    place = names.index(name) if name in names else -1
    before = parameters_at(package, path)
    if not 0 <= place < len(before):
        return False
    positional = (
        griffe.ParameterKind.positional_only,
        griffe.ParameterKind.positional_or_keyword,
    )
    new = list(function.parameters)[place]
    old = before[place]
    both = old.kind in positional and new.kind in positional
    return both and old.name not in names


def was_property(package, path):
    """Whether a function was read like an attribute, by a decorator that nobody else knows."""
    marks = [str(one.value) for one in getattr(at(package, path), "decorators", [])]
    return any("property" in mark or mark.endswith(".setter") for mark in marks)


def is_put_together(each):
    """Whether an attribute is no plain value: it may be a class or a function, or a part of one."""
    value = getattr(each, "value", None)
    if each is None or not each.is_attribute or value is None:
        return False
    try:
        ast.literal_eval(str(value))
    except (SyntaxError, ValueError):
        return True
    return False


def is_undescribed(package, path):
    """Whether a module has a name only because something there is put together with it."""
    each = at(package, path)
    owner = at(package, path.rpartition(".")[0])
    if owner is None or not owner.is_module or owner.exports:
        return False
    return is_put_together(each) and not each.has_docstring


def is_given(package, path):
    """Whether a module gives a name to whoever asks for it, by its `__getattr__`."""
    owner, _, name = path.rpartition(".")
    module = at(package, owner)
    if module is None or not module.is_module:
        return False
    given = module.members.get("__getattr__")
    try:
        return given is not None and bool(
            re.search(rf"""["']{re.escape(name)}["']""", given.source)
        )
    # Its file may be gone, or be none.
    except Exception:  # noqa: BLE001
        return False


def told(breakage, before, known, after):
    """A breakage in one line, and whether whoever uses it has to change something; nothing where it is none."""
    each = breakage.obj
    path = each.path
    kind = breakage.kind
    certain = kind not in DOUBTFUL
    note = ""
    name = path.rpartition(".")[2]
    if kind is griffe.BreakageKind.OBJECT_REMOVED:
        inherited = inherits(after, path)
        if inherited:
            return None
        doubtful = DUNDER.fullmatch(name) or is_type_variable(known, path)
        if inherited is None or doubtful:
            certain = False
            note = "maybe inherited now" if inherited is None else ""
        moved = [
            other
            for other in after
            if other not in known and other.rpartition(".")[2] == name
        ]
        if certain and len(moved) == 1:
            note = f"there is `{moved[0]}`"
    old, new = breakage.old_value, breakage.new_value
    parameter = old if kind in CALLED_DIFFERENTLY else None
    if kind is griffe.BreakageKind.PARAMETER_ADDED_REQUIRED:
        parameter = new
        certain = not took_any(before, path)
        if took_its_place(before, path, each, new.name):
            return None
    if kind is griffe.BreakageKind.PARAMETER_REMOVED and is_named_now(
        before, path, each, old
    ):
        certain, note = False, "it names what it takes now"
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT:
        parameter, old, new = old, old.default, new.default
    values = kind in DOUBTFUL or kind in (
        griffe.BreakageKind.OBJECT_CHANGED_KIND,
        griffe.BreakageKind.PARAMETER_CHANGED_KIND,
    )
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_KIND:
        old, new = old.kind.value, new.kind.value
    if kind is griffe.BreakageKind.CLASS_REMOVED_BASE:
        if {str(base) for base in old} - {str(base) for base in new} == {"object"}:
            return None
        old, new = (", ".join(str(base) for base in bases) for bases in (old, new))
    if kind is griffe.BreakageKind.OBJECT_CHANGED_KIND:
        if was_property(before, path):
            return None
        old, new = old.value, new.value
        sides = [at(before, path), each]
        certain = not any(is_put_together(one) for one in sides)
    return {
        "kind": kind.name.lower().replace("_", "-"),
        "path": path,
        "canonical": each.target_path if each.is_alias else each.canonical_path,
        "parameter": spelled(parameter) if parameter is not None else None,
        "before": str(old)[:200] if values else None,
        "after": str(new)[:200] if values else None,
        "certain": certain,
        "deprecated": is_deprecated(each),
        "note": note,
    }


def is_deprecated(each):
    try:
        target = each.final_target if each.is_alias else each
        marks = [str(one.value) for one in getattr(target, "decorators", [])]
        text = target.docstring.value if target.docstring else ""
        return any("deprecat" in mark.lower() for mark in [*marks, text])
    except griffe.AliasResolutionError:
        return False


def shown(paths):
    """Where people find what a package keeps in a place of its own: the shortest public name of each."""
    names = {}
    for path, each in paths.items():
        try:
            target = each.final_target.path if each.is_alias else path
        except griffe.AliasResolutionError:
            continue
        names[target] = min(names.get(target, path), path, key=shortness)
    return names


def shortness(path):
    """What is private comes last, however short it is: nobody would know it."""
    private = any(
        part.startswith("_") and not DUNDER.fullmatch(part) for part in path.split(".")
    )
    return (private, len(path), path)


def public_name(path, names):
    found, owner, rest = [path], path, ""
    while owner:
        if owner in names:
            found.append(names[owner] + rest)
        owner, _, last = owner.rpartition(".")
        rest = f".{last}{rest}"
    return min(found, key=shortness)


def left_at(before, after, now, path, line):
    """Where something is gone: whoever has it from elsewhere goes on as before, and so does who is given it."""
    own = line["path"]
    if path != own and path in now:
        line.update(certain=False, note=f"there is `{path}`")
        return own
    if is_given(after, path):
        line.update(certain=False, note="`__getattr__` of its module names it")
    elif path == own and line["certain"] and is_undescribed(before, own):
        line.update(certain=False, note="nothing describes it")
    return path


def accepts(new, old):
    """Whether a signature takes every call that another one takes."""
    modules = []
    for each in (old, new):
        function = griffe.Function("called", parameters=each.parameters)
        modules.append(griffe.Module("quay"))
        modules[-1].set_member("called", function)
    found = griffe.find_breaking_changes(*modules)
    return not any(each.kind in CALLED_DIFFERENTLY for each in found)


def signature(function):
    return ", ".join(
        spelled(each)
        if each.required or spelled(each) != each.name
        else f"{each.name}=..."
        for each in function.parameters
    )


def overloads_gone(before, after, known):
    """The signatures of functions that nothing takes any more: where there are several, they say more than the function that stands for them."""
    for path in known:
        old, new = at(before, path), at(after, path)
        if old is None or new is None or not (old.is_function and new.is_function):
            continue
        for each in old.overloads or []:
            if not any(accepts(one, each) for one in new.overloads or [new]):
                yield old, signature(each)


def breaks(before, after, known, now):
    """Each break once, however many names a package has for what was changed."""
    found, names = {}, shown(known)
    for old, gone in overloads_gone(before, after, known):
        path = public_name(old.path, names)
        found[old.path, gone] = {
            "kind": "overload-removed",
            "path": path,
            "parameters": [],
            "before": None,
            "after": None,
            "certain": True,
            "deprecated": is_deprecated(old),
            "note": f"`{gone}`",
        }
    for each in griffe.find_breaking_changes(before, after):
        if NO_API.search(each.obj.path):
            continue
        overloaded = getattr(at(before, each.obj.path), "overloads", None)
        if each.kind in CALLED_DIFFERENTLY and overloaded:
            continue
        line = told(each, before, known, now)
        if line is None:
            continue
        path = min(public_name(line["canonical"], names), line["path"], key=shortness)
        if path.endswith(".__version__"):
            continue
        if each.kind is griffe.BreakageKind.OBJECT_REMOVED:
            path = left_at(before, after, now, path, line)
        line["path"] = path
        parameter = line.pop("parameter")
        values = parameter if line["before"] is not None else None
        key = (line["kind"], line.pop("canonical"), line["certain"], values)
        one = found.setdefault(key, {**line, "parameters": []})
        one["path"] = min(one["path"], path, key=shortness)
        if parameter is not None and parameter not in one["parameters"]:
            one["parameters"].append(parameter)
    return list(found.values())


def main(*paths):
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(10_000)
    with tempfile.TemporaryDirectory() as folder:
        trees = [
            Tree(pathlib.Path(path), pathlib.Path(folder) / str(at))
            for at, path in enumerate(paths)
        ]
        old, new = trees
        tops = [tree.tops() if tree.is_wheel else None for tree in trees]
        wanted = sorted({top for each in tops for top in each or []})
        result = {"packages": [], "modules": 0, "objects": 0, "breaks": [], "added": []}
        for top in wanted:
            if NO_API.search(top) or top == "test":
                continue
            before, after = load(old, top), load(new, top)
            if before is None or after is None:
                continue
            known, now = dict(public_paths(before)), dict(public_paths(after))
            result["packages"].append(top)
            result["modules"] += sum(1 for _ in modules_of(before))
            result["objects"] += len(known)
            result["breaks"] += breaks(before, after, known, now)
            result["added"] += additions(known, now)
        result["compiled"] = new.compiled
        result["unread"] = [*old.unread, *new.unread]
    json.dump(result, sys.stdout)


main(*sys.argv[1:])
