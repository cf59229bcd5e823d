"""Which names of a package are there for its users."""

import re

import griffe

# What is for its tests, for others, or for type checkers alone.
NO_API = re.compile(r"(^|\.)(tests|conftest|test_\w+|_vendor|TYPE_CHECKING)(\.|$)")
DUNDER = re.compile(r"__\w+__")


def final(each):
    """What a name stands for; nothing where nobody can tell."""
    try:
        return each.final_target if each is not None and each.is_alias else each
    except griffe.GriffeError:
        return None


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


def target_of(paths, path):
    target = final(paths.get(path))
    return path if target is None else target.path


def is_type_variable(paths, path):
    """What annotations are written with, and nobody imports."""
    each = paths.get(path)
    value = getattr(each, "value", None) if each and not each.is_alias else None
    return bool(re.match(r"(\w+\.)?(TypeVar|ParamSpec)\(", str(value or "")))


def at(package, path):
    """What is at a path of a package; nothing where that is not known."""
    try:
        each = package.modules_collection[path]
        return each.final_target if each.is_alias else each
    # There may be nothing of that name.
    except Exception:  # noqa: BLE001
        return None


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


def kept_names(known, now):
    """What is there by a name that it had before, wherever that leads now; of several the shortest."""
    kept = {}
    for path in sorted(set(known) & set(now), key=shortness, reverse=True):
        each = final(now[path])
        if each is not None:
            kept[each.path] = path
    return kept
