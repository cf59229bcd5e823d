"""Prints as JSON how the Python API of two distributions differs: BEFORE AFTER.

Each is a wheel or an sdist. Their sources are read and never imported; what is compiled
can't be read, and is told.
"""

import ast
import contextlib
import importlib
import json
import logging
import pathlib
import re
import sys
import tarfile
import tempfile
import textwrap
import zipfile

import griffe

# What is kept of a distribution, however large it says that it is.
LARGEST_SOURCE = 16 << 20
LARGEST_TREE = 1 << 30
COMPILED = re.compile(r"\.(so|pyd)$")
NO_API = re.compile(r"(^|\.)(tests|conftest|test_\w+|_vendor)(\.|$)")
DUNDER = re.compile(r"__\w+__")
POSITIONAL = (
    griffe.ParameterKind.positional_only,
    griffe.ParameterKind.positional_or_keyword,
)
VARIADIC = (
    griffe.ParameterKind.var_positional,
    griffe.ParameterKind.var_keyword,
)
# Parts of Python that do something once they are imported.
ACTIVE = {"antigravity", "this"}
DEPRECATED = re.compile(
    r"^(\.\. deprecated::|[*\[(_]*(Deprecated|DEPRECATED)\b)", re.MULTILINE
)
WARNS = re.compile(r"(warnings\.)?warn\(.*(Deprecation|Future)Warning", re.DOTALL)
CALLED_DIFFERENTLY = {
    griffe.BreakageKind.PARAMETER_MOVED,
    griffe.BreakageKind.PARAMETER_REMOVED,
    griffe.BreakageKind.PARAMETER_CHANGED_KIND,
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED,
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED,
}
# Of bases we tell more ourselves: one that took the place of another, and what that was one of.
REMOVED_BASE = griffe.BreakageKind.CLASS_REMOVED_BASE
# Callers go on to work, though maybe not as before.
DOUBTFUL = {
    griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT,
    griffe.BreakageKind.RETURN_CHANGED_TYPE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_TYPE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE,
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
            mark(each)
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
    """What a package takes from its own modules into its `__init__` is there to be imported, and so is `import a as a`; an `__all__` of modules alone says nothing of what is beside it."""
    if not module.is_init_module:
        return
    listed = [str(each) for each in module.exports or []]
    for name, each in module.members.items():
        if name.startswith("_"):
            continue
        if not each.is_alias and all(is_module(module, one) for one in listed):
            each.public = True
        if each.is_alias and not listed:
            target = each.target_path
            within = target == top or target.startswith(f"{top}.")
            if within and target != f"{module.path}.{name}":
                each.public = True


def is_module(package, name):
    each = final(package.members.get(name))
    return each is not None and each.is_module


def final(each):
    """What a name stands for; nothing where nobody can tell."""
    try:
        return each.final_target if each is not None and each.is_alias else each
    except griffe.GriffeError:
        return None


def bind(each):
    """Leaves of methods the parameters that their callers give: not the object or the class itself."""
    if each.is_alias or not each.is_class:
        return
    for name, one in list(each.members.items()):
        # What a class imports from elsewhere would break the reader of its subclasses.
        if one.is_alias and final(one) is None:
            del each.members[name]
            continue
        bind(one)
        if one.is_alias or not one.is_function or "staticmethod" in one.labels:
            continue
        for function in [one, *(one.overloads or [])]:
            first = next(iter(function.parameters), None)
            if first and first.kind is not griffe.ParameterKind.var_positional:
                del function.parameters[0]


def mark(each):
    """Two underscores before a parameter say what `/` says."""
    if each.is_alias:
        return
    if each.is_class:
        for one in each.members.values():
            mark(one)
    for function in [each, *(each.overloads or [])] if each.is_function else []:
        for one in function.parameters:
            if one.kind in POSITIONAL and re.match("__(?!.*__$)", one.name):
                one.kind = griffe.ParameterKind.positional_only


def public_paths(owner, inside=()):
    """The paths of everything public, each class with its members, wherever it is from."""
    for each in owner.all_members.values():
        if not each.is_public or NO_API.search(each.path):
            continue
        yield each.path, each
        target = final(each)
        if target is None or target.path in inside:
            continue
        if target.is_class or (target.is_module and not each.is_alias):
            yield from public_paths(each, (*inside, target.path))


def spelled(parameter):
    """A parameter as its function writes it."""
    stars = {
        griffe.ParameterKind.var_positional: "*",
        griffe.ParameterKind.var_keyword: "**",
    }
    return stars.get(parameter.kind, "") + parameter.name


def parameters(each):
    """What a function takes in any of its signatures, and whether it asks for it."""
    target = final(each)
    if target is None or not target.is_function:
        return {}
    return {
        spelled(one): one.required
        for function in [*(target.overloads or []), target]
        for one in function.parameters
    }


def additions(before, after, given):
    """What is new, once and by the name that people know; what a module gave whoever asked for it was there."""
    found = {}
    names = shown(
        {path: each for path, each in after.items() if is_at_old(before, path)}
    )
    for path, parameter in new_paths(before, after):
        public = names.get(target_of(after, path), path)
        if path in given:
            continue
        found[f"{public}({parameter})" if parameter else public] = True
    return [each for each in found if not is_taken(each, found)]


def is_taken(path, found):
    """Whether a class keeps what it takes under the same name, which is told once."""
    owner, _, name = path.rpartition(".")
    return f"{owner}.__init__({name})" in found


def target_of(paths, path):
    target = final(paths.get(path))
    return path if target is None else target.path


def is_at_old(before, path):
    """Whether something is in what was there before; of what is new, its parts are not told."""
    owner = path.rpartition(".")[0]
    was = final(before.get(owner))
    if path in before or "." not in owner:
        return True
    return was is not None and (was.is_module or was.is_class)


def new_paths(before, after):
    """What is new, without the parts of what is new; and parameters that callers may leave out."""
    # A class may have something of another one now, which had it before.
    had = {target_of(after, path) for path in after if path in before}
    for path, each in after.items():
        name = path.rpartition(".")[2]
        if path in before:
            yield from ((path, one) for one in new_parameters(before[path], each))
        elif (
            is_at_old(before, path)
            and target_of(after, path) not in had
            and not DUNDER.search(name)
            and not is_type_variable(after, path)
        ):
            yield path, None


def new_parameters(before, after):
    """What a function takes now, and did not; to name what it took unnamed, or handed on to its base class, is nothing new."""
    old, new = final(before), final(after)
    if old is None or new is None or not (old.is_function and new.is_function):
        return
    taken = {stars_of(one) or one for one in parameters(old)}
    lost = {one for one in taken if one.startswith("*")} - {
        stars_of(one) for one in parameters(new)
    }
    handed = {name for one in bases_with(old) for name in parameters(one)}
    for one, required in parameters(new).items():
        stars = stars_of(one)
        known = (stars or one) in taken or ("**" in taken and one in handed)
        named = (lost and not stars) or took_its_place(old, new, one)
        if not (required or known or named):
            yield one


def bases_with(function):
    """What the base classes of a method's class have under its name."""
    # The bases of a class may be anything that Python can compute.
    with contextlib.suppress(Exception):
        for each in function.parent.mro():
            if function.name in each.members:
                yield each.members[function.name]


def stars_of(spelling):
    return spelling[: len(spelling) - len(spelling.lstrip("*"))]


def is_type_variable(paths, path):
    """What annotations are written with, and nobody imports."""
    each = paths.get(path)
    value = getattr(each, "value", None) if each and not each.is_alias else None
    return bool(re.match(r"(\w+\.)?(TypeVar|ParamSpec)\(", str(value or "")))


def is_of_python(path):
    return "." not in path or path.partition(".")[0] in sys.stdlib_module_names


def of_python(path):
    """A class that Python has itself; nothing where it is of somebody else."""
    module, _, name = path.rpartition(".")
    module = re.sub("^typing_extensions$", "typing", module or "builtins")
    if module.partition(".")[0] in ACTIVE or not is_of_python(f"{module}.{name}"):
        return None
    try:
        found = getattr(importlib.import_module(module), name)
    # Not every Python has all of it.
    except Exception:  # noqa: BLE001
        return None
    return found if isinstance(found, type) else None


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
                plain = of_python(text)
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


def is_named_now(old, function, variadic):
    """Whether a function names what it took as any further argument before."""
    either = griffe.ParameterKind.positional_or_keyword
    kinds = {
        griffe.ParameterKind.var_positional: griffe.ParameterKind.positional_only,
        griffe.ParameterKind.var_keyword: griffe.ParameterKind.keyword_only,
    }
    before = {each.name for each in old.parameters}
    return any(
        each.name not in before and each.kind in (either, kinds[variadic.kind])
        for each in function.parameters
    )


def bases_take_none(function):
    """Whether what a method seems to hand on to its base class would be refused there."""
    for each in bases_with(function):
        if not each.is_function:
            return False
        if VARIADIC[0] not in {one.kind for one in each.parameters}:
            return not positional(each)
    return False


def in_its_place(old, new, name):
    """The parameter of a function that has the place of another one's: whoever gives it by that goes on as before."""
    names = [each.name for each in old.parameters]
    place = names.index(name) if name in names else len(names)
    if place >= min(len(names), len(new.parameters)):
        return None
    was, now = old.parameters[place], new.parameters[place]
    both = was.kind in POSITIONAL and now.kind in POSITIONAL
    return now if both and now.name not in names else None


def took_its_place(old, new, name):
    """Whether a parameter has the place of one that is gone."""
    return any(
        one.name not in new.parameters
        and getattr(in_its_place(old, new, one.name), "name", None) == name
        for one in old.parameters
    )


def is_renamed(old, new, one):
    """Whether callers never gave a parameter by its name, and go on as before."""
    if one.kind in VARIADIC:
        return one.kind in {each.kind for each in new.parameters}
    is_nameless = one.kind is griffe.ParameterKind.positional_only
    return is_nameless and in_its_place(old, new, one.name) is not None


def positional(function):
    return [each.name for each in function.parameters if each.kind in POSITIONAL]


def moves_up(old, new, name):
    """Whether parameters that can be given by their place come after one that is gone."""
    was, now = positional(old), positional(new)
    after = was[was.index(name) + 1 :] if name in was else []
    return only_moves_up(old, new) and any(each in now for each in after)


def only_moves_up(old, new):
    """Whether the parameters of a function have another place only because others are gone, which is told."""
    was, now = positional(old), positional(new)
    left = [name for name in was if name in now]
    return now[: len(left)] == left


def is_read(each):
    """Whether a function is read like an attribute, by a decorator that nobody else knows."""
    marks = [str(one.value) for one in getattr(each, "decorators", [])]
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


def told(breakage, before, known, after, names):
    """A breakage in one line, and whether whoever uses it has to change something; nothing where it is none."""
    each = breakage.obj
    kind = breakage.kind
    path = each.path
    target = final(each)
    # Of what is inherited, the class that had it is the one to look at.
    if getattr(each, "inherited", False) and target is not None:
        path = target.path
    certain = kind not in DOUBTFUL
    note = ""
    name = path.rpartition(".")[2]
    if kind is griffe.BreakageKind.OBJECT_REMOVED:
        if name in ("__slots__", "__all__"):
            return None
        inherited = inherits(after, path)
        if inherited:
            return None
        doubtful = DUNDER.fullmatch(name) or is_type_variable(known, path)
        if inherited is None or doubtful:
            certain = False
            note = "maybe inherited now" if inherited is None else ""
        moved = {
            other
            for other in names.values()
            if other not in known and other.rpartition(".")[2] == name
        }
        if certain and len(moved) == 1:
            note = f"there is `{moved.pop()}`"
    old, new = breakage.old_value, breakage.new_value
    parameter = old if kind in CALLED_DIFFERENTLY else None
    if kind is griffe.BreakageKind.PARAMETER_ADDED_REQUIRED:
        parameter = new
        certain = not took_any(before, path)
        was = at(before, path)
        if was is not None and took_its_place(was, each, new.name):
            return None
    if kind is griffe.BreakageKind.PARAMETER_MOVED and (
        old.name.startswith("_") or only_moves_up(old.function, each)
    ):
        return None
    if kind is griffe.BreakageKind.PARAMETER_REMOVED:
        if is_renamed(old.function, each, old):
            return None
        place = in_its_place(old.function, each, old.name)
        if old.kind in VARIADIC and is_named_now(old.function, each, old):
            certain, note = False, "it names what it takes now"
        elif old.kind is VARIADIC[0] and bases_take_none(old.function):
            certain, note = False, "its base class takes none"
        elif place is not None:
            note = f"`{place.name}` has its place"
        elif moves_up(old.function, each, old.name):
            note = "what comes after it moves up"
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT:
        parameter, old, new = old, old.default, new.default
    values = kind in DOUBTFUL or kind in (
        griffe.BreakageKind.OBJECT_CHANGED_KIND,
        griffe.BreakageKind.PARAMETER_CHANGED_KIND,
    )
    if kind is griffe.BreakageKind.PARAMETER_CHANGED_KIND:
        old, new = old.kind.value, new.kind.value
    if kind is griffe.BreakageKind.OBJECT_CHANGED_KIND:
        sides = [at(before, path), each]
        if any(is_read(one) for one in sides):
            return None
        old, new = old.value, new.value
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
    """By a decorator, the head of a paragraph, or a warning that every call gives."""
    target = final(each)
    if target is None:
        return False
    marks = [str(one.value) for one in getattr(target, "decorators", [])]
    text = target.docstring.value if target.docstring else ""
    return (
        any("deprecat" in mark.lower() for mark in marks)
        or bool(DEPRECATED.search(text))
        or warns(target)
    )


def warns(each):
    try:
        [definition] = ast.parse(textwrap.dedent(each.source)).body
        body = definition.body
    # Its file may be gone, and only what has a body can warn.
    except Exception:  # noqa: BLE001
        return False
    if isinstance(definition, ast.ClassDef):
        return False
    return any(
        isinstance(one, ast.Expr) and WARNS.match(ast.unparse(one)) for one in body
    )


def deprecations(before, after):
    """What is deprecated now and was not."""
    names, found = shown(after), {}
    for path, each in after.items():
        new, old = final(each), final(before.get(path))
        if new is None or old is None or new.path in found:
            continue
        found[new.path] = is_deprecated(new) and not is_deprecated(old)
    return [names[path] for path, is_new in found.items() if is_new]


def shown(paths):
    """Where people find what a package keeps in a place of its own: the shortest public name of each."""
    names = {}
    for path, each in paths.items():
        target = final(each)
        if target is None:
            continue
        key = (getattr(each, "inherited", False), *shortness(path))
        names[target.path] = min(names.get(target.path, (key, path)), (key, path))
    return {target: path for target, (_, path) in names.items()}


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
        line.update(certain=False, note="`__getattr__` of its module still names it")
    elif path == own and line["certain"] and is_undescribed(before, own):
        line.update(certain=False, note="nothing describes it")
    return path


def accepts(new, old):
    """Whether a signature takes every call that another one takes."""
    modules = []
    for each in (old, new):
        parameters = griffe.Parameters(
            *(
                griffe.Parameter(one.name, kind=one.kind, default=one.default)
                for one in each.parameters
            )
        )
        modules.append(griffe.Module("quay"))
        modules[-1].set_member("f", griffe.Function("f", parameters=parameters))
    found = griffe.find_breaking_changes(*modules)
    return not any(is_refused(each, old, new) for each in found)


def is_refused(breakage, old, new):
    if breakage.kind is griffe.BreakageKind.PARAMETER_REMOVED:
        return not is_renamed(old, new, breakage.old_value)
    if breakage.kind is griffe.BreakageKind.PARAMETER_ADDED_REQUIRED:
        return not took_its_place(old, new, breakage.new_value.name)
    return breakage.kind in CALLED_DIFFERENTLY


def signature(function):
    return ", ".join(
        spelled(each)
        if each.required or spelled(each) != each.name
        else f"{each.name}=..."
        for each in function.parameters
    )


def overloads_gone(known, now):
    """The signatures of functions that nothing takes any more: where there are several, they say more than the function that stands for them."""
    for path in known:
        old, new = final(known[path]), final(now.get(path))
        if old is None or new is None or not (old.is_function and new.is_function):
            continue
        for each in old.overloads or []:
            if not any(accepts(one, each) for one in new.overloads or [new]):
                yield old, signature(each)


def bases_of(each):
    """The classes that a class is one of, by their paths; what is of another package by its name."""
    found = {}
    for base in each.bases:
        path = str(getattr(base, "canonical_path", base))
        target = None
        with contextlib.suppress(Exception):
            target = final(each.modules_collection[path])
        if target is None or not target.is_class:
            # A function of Python makes a class of its own.
            if of_python(path) is not None or not is_of_python(path):
                found[path.rpartition(".")[2]] = path
        elif target.path not in found:
            found[target.path] = target.path
            found.update(bases_of(target))
    return found


def bases_lost(known, now):
    """What a class was one of, and is no more; what is private is nobody's concern."""
    names, later = shown(known), shown(now)
    done = set()
    for path, each in known.items():
        old, new = final(each), final(now.get(path))
        if old is None or new is None or not (old.is_class and new.is_class):
            continue
        if old.path in done:
            continue
        done.add(old.path)
        public = [
            {of.get(one, one): shown for one, shown in bases_of(side).items()}
            for side, of in ((old, names), (new, later))
        ]
        lost = [
            one
            for one, shown in public[0].items()
            if one not in public[1]
            and one != "object"
            and not shortness(one)[0]
            and ("." not in one or one in now)
            and one not in ("Generic", "Protocol", "ABC")
        ]
        if lost:
            yield old, lost


def given_by(package, path):
    """The names that a module gives whoever asks for them, by its `__getattr__`."""
    module = at(package, path)
    given = module.members.get("__getattr__") if module is not None else None
    try:
        [function] = ast.parse(textwrap.dedent(given.source)).body
    # It may be anything, and its file may be gone.
    except Exception:  # noqa: BLE001
        return set()
    return {
        name
        for each in ast.walk(function)
        if isinstance(each, ast.Compare) and len(each.ops) == 1
        for name in compared_with(module, each, function.args.args[0].arg)
    }


def compared_with(module, test, asked):
    left, right = test.left, test.comparators[0]
    if not isinstance(left, ast.Name) or left.id != asked:
        return []
    if isinstance(right, ast.Name) and right.id in module.members:
        value = getattr(module.members[right.id], "value", None)
        with contextlib.suppress(SyntaxError):
            right = ast.parse(str(value), mode="eval").body
    each = (
        right.keys if isinstance(right, ast.Dict) else getattr(right, "elts", [right])
    )
    return [
        one.value
        for one in each
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def given_paths(package, known):
    """The paths of all that the modules of a package give whoever asks for it."""
    modules = [
        path for path, each in known.items() if not each.is_alias and each.is_module
    ]
    for module in [package.path, *modules]:
        for name in sorted(given_by(package, module)):
            yield f"{module}.{name}"


def given_no_more(before, after, known):
    """What a module gave whoever asked for it, and does no more."""
    for path in given_paths(before, known):
        owner = at(after, path.rpartition(".")[0])
        name = path.rpartition(".")[2]
        if owner is None or name in owner.members or is_given(after, path):
            continue
        if not name.startswith("_") or DUNDER.fullmatch(name):
            yield path


def break_of(kind, path, **more):
    return {
        "kind": kind,
        "path": path,
        "parameters": [],
        "before": None,
        "after": None,
        "certain": True,
        "deprecated": False,
        "note": "",
        **more,
    }


def breaks(before, after, known, now):
    """Each break once, however many names a package has for what was changed."""
    found, later = {}, shown(now)
    names = {**later, **shown(known)}
    for old, gone in overloads_gone(known, now):
        found[old.path, gone] = break_of(
            "overload-removed",
            public_name(old.path, names),
            deprecated=is_deprecated(old),
            note=f"`{gone}`",
        )
    for old, lost in bases_lost(known, now):
        found[old.path, "bases"] = break_of(
            "class-removed-base",
            public_name(old.path, names),
            parameters=lost,
            certain=False,
        )
    for path in given_no_more(before, after, known):
        found[path, "given"] = break_of(
            "object-removed",
            path,
            certain=not DUNDER.fullmatch(path.rpartition(".")[2]),
            note="`__getattr__` of its module gave it",
        )
    for each in griffe.find_breaking_changes(before, after):
        if NO_API.search(each.obj.path) or each.kind is REMOVED_BASE:
            continue
        overloaded = getattr(at(before, each.obj.path), "overloads", None)
        if each.kind in CALLED_DIFFERENTLY and overloaded:
            continue
        line = told(each, before, known, now, later)
        if line is None:
            continue
        path = public_name(line["canonical"], names)
        if shortness(path)[0]:
            path = min(path, line["path"], key=shortness)
        if each.kind is griffe.BreakageKind.OBJECT_REMOVED:
            path = left_at(before, after, now, path, line)
        line["path"] = path
        parameter = line.pop("parameter")
        values = (line["before"], line["after"])
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
        result = {
            "packages": [],
            "modules": 0,
            "objects": 0,
            "breaks": [],
            "added": [],
            "deprecated": [],
        }
        for top in wanted:
            if NO_API.search(top) or top == "test":
                continue
            before, after = load(old, top), load(new, top)
            if before is None or after is None:
                continue
            known, now = dict(public_paths(before)), dict(public_paths(after))
            result["packages"].append(top)
            result["modules"] += sum(1 for _ in modules_of(before))
            result["objects"] += len(shown(known))
            result["breaks"] += breaks(before, after, known, now)
            result["added"] += additions(known, now, set(given_paths(before, known)))
            result["deprecated"] += deprecations(known, now)
        result["compiled"] = new.compiled
        result["unread"] = [*old.unread, *new.unread]
    json.dump(result, sys.stdout)


main(*sys.argv[1:])
