"""How functions can be called, and what of that is gone."""

import contextlib

import griffe
from api_names import final

POSITIONAL = (
    griffe.ParameterKind.positional_only,
    griffe.ParameterKind.positional_or_keyword,
)
VARIADIC = (
    griffe.ParameterKind.var_positional,
    griffe.ParameterKind.var_keyword,
)
CALLED_DIFFERENTLY = {
    griffe.BreakageKind.PARAMETER_MOVED,
    griffe.BreakageKind.PARAMETER_REMOVED,
    griffe.BreakageKind.PARAMETER_CHANGED_KIND,
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED,
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED,
}


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


def bases_with(function):
    """What the base classes of a method's class have under its name."""
    # The bases of a class may be anything that Python can compute.
    with contextlib.suppress(Exception):
        for each in function.parent.mro():
            if function.name in each.members:
                yield each.members[function.name]


def stars_of(spelling):
    return spelling[: len(spelling) - len(spelling.lstrip("*"))]


def took_any(function):
    """Whether a function took any further positional argument."""
    kinds = {each.kind for each in getattr(function, "parameters", None) or []}
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
