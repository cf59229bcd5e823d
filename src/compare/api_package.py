"""Loads an import package as those see it who call it."""

import ast
import contextlib
import re

import griffe
from api_calls import POSITIONAL
from api_names import NO_API, at, final


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
        # Classes derive from what is there; whether it is for users, nobody says.
        if any(tree.folder / each == folder_of(module) for each in tree.implicit):
            module.public = False
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


def hide(package, paths):
    """Leaves out modules that only the other side could show; a name that stands in their place stays."""
    for path in paths:
        owner, _, name = path.rpartition(".")
        members = getattr(at(package, owner), "members", {})
        each = members.get(name)
        if each is not None and not each.is_alias and each.is_module:
            del members[name]


def folder_of(module):
    return None if isinstance(module.filepath, list) else module.filepath.parent


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
    for name, each in module.members.items():
        # A class that has the name of its imported base is no import.
        if is_own_base(each) and not module.exports and not name.startswith("_"):
            each.public = True
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


def is_own_base(each):
    """Whether a class seems to derive from itself, because its base has the same name."""
    if each.is_alias or not each.is_class:
        return False
    return any(getattr(one, "canonical_path", one) == each.path for one in each.bases)


def is_module(package, name):
    each = final(package.members.get(name))
    return each is not None and each.is_module


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
