"""What is new in a package."""

from api_calls import bases_with, parameters, stars_of, took_its_place
from api_names import DUNDER, final, is_type_variable, shown, target_of


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
