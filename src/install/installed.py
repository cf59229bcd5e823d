"""Checks an installed distribution: [--whole] [--but COMMAND]... NAME VERSION MODULE...

The modules have to be importable, and with --whole every package at its top is.
"""

import argparse
import importlib
import importlib.metadata
import importlib.util
import pathlib
import re
import signal
import sys
import sysconfig

from to_the_end import to_the_end

parser = argparse.ArgumentParser()
parser.add_argument("--whole", action="store_true")
parser.add_argument("--but", action="append", default=[])
parser.add_argument("name")
parser.add_argument("version")
parser.add_argument("modules", nargs="*")
arguments = parser.parse_args()
name, version, modules = arguments.name, arguments.version, arguments.modules
site = pathlib.Path(sysconfig.get_paths()["purelib"]).resolve()


def wrong_metadata():
    installed = importlib.metadata.version(name)
    if installed != version:
        yield f"the metadata of {name} says version {installed}, not {version}"


def wrong_imports():
    for module in modules:
        if " " in module:
            # It is the project that says so, in its own container.
            exec(module, {})  # noqa: S102
            continue
        loaded = importlib.import_module(module)
        where = pathlib.Path(loaded.__file__ or loaded.__path__[0]).resolve()
        if site not in where.parents:
            yield f"{module} was imported from {where}, not from the installed package in {site}"


# What a wheel seldom means to be imported, and private names.
SELDOM = re.compile(r"_.*|tests?|testing|docs?|examples?|samples?|benchmarks?|scripts")


def own_tops():
    paths = map(str, importlib.metadata.files(name) or [])
    # Commands lie outside: `../../bin/boat`.
    tops = {path.partition("/")[0] for path in paths} - {".."}
    return {top.partition(".")[0] for top in tops}


def is_foreign(error):
    """Somebody else's module is not there, which may be an extra's."""
    return isinstance(error, ImportError) and (
        (error.name or "").partition(".")[0] not in own_tops()
    )


def wrong_others():
    """Of several packages that it brings, those that are not named; one may be for an extra."""
    tops = {module.split(".")[0] for module in modules}
    files = importlib.metadata.files(name) or []
    for path in sorted(map(str, files)):
        top, _, rest = path.partition("/")
        if rest != "__init__.py" or top in tops or SELDOM.fullmatch(top):
            continue
        try:
            importlib.import_module(top)
        except Exception as error:  # noqa: BLE001
            if not is_foreign(error):
                yield (
                    f"{top}, which the package brings too, can't be imported: {type(error).__name__}: {error}. "
                    "Mend it, or say by `imports` in `[tool.shipwheel]` what has to be importable"
                )


def wrong_version():
    # A computed `__version__` may be a tuple or an object; only text is compared.
    [first] = modules[:1] or [""]
    # A module that is named in place of the package is in it.
    parts = [] if " " in first else first.split(".")
    for module in (".".join(parts[: end + 1]) for end in range(len(parts))):
        stated = getattr(sys.modules.get(module), "__version__", version)
        if isinstance(stated, str) and stated != version:
            yield (
                f"{module}.__version__ says {stated}, not {version}: let it come from `importlib.metadata.version({name!r})`, "
                "or name the file that sets it in `version-in` of `[tool.shipwheel]`"
            )


def wrong_commands():
    """What an installer makes of entry points; those that ask for an extra are for who installs that."""
    points = [
        point
        for point in importlib.metadata.distribution(name).entry_points
        if point.name not in arguments.but and not point.extras
    ]
    commands = [point for point in points if point.group == "console_scripts"]
    failures = [(point, failure_of(point)) for point in commands]
    broken = [(point, error) for point, error in failures if error]
    broken = [(point, error) for point, error in broken if not is_for_an_extra(error)]
    # One of several may be for an extra that it does not name.
    all_are = len(broken) == len(commands)
    for point, error in broken:
        if all_are or not is_foreign(error):
            yield cannot_start(point, f"{type(error).__name__}: {error}")
    for point in points:
        # A window needs more than a container has, so that nothing of it is run.
        if point.group == "gui_scripts" and not is_there(point.module):
            yield cannot_start(point, f"there is no module {point.module}")


# Seconds in which what a command leads to is there, or is not waited for: it may do its work when it is imported.
PATIENCE = 10


class TooLong(BaseException):
    pass


def too_long(*_):
    raise TooLong


def failure_of(point):
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(PATIENCE)
    try:
        point.load()
    except TooLong:
        return None
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return error
    finally:
        signal.alarm(0)
    return None


def is_for_an_extra(error):
    """It wants what an extra of the package brings; a command may say so itself, and end."""
    lacking = error.__context__ if isinstance(error, SystemExit) else error
    if lacking is None or not is_foreign(lacking):
        return False
    brought = (
        re.match(r"[\w.-]+", each).group()
        for each in importlib.metadata.requires(name) or []
        if re.search(r"\bextra\s*==", each)
    )
    return plainly((lacking.name or "").partition(".")[0]) in map(plainly, brought)


def plainly(called):
    return re.sub(r"[-_.]+", "-", called).lower()


def is_there(module):
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def cannot_start(point, why):
    return (
        f"the command {point.name} can't start: {why} ({point.value}). Correct where its entry point leads, "
        "or name what it needs in `dependencies`; one that needs an extra says so, "
        f'such as "{point.value} [cli]", or is excused by "bin/{point.name}" = "the reason" in `[tool.shipwheel.allow]`'
    )


def wrong():
    found = [
        *wrong_metadata(),
        *wrong_imports(),
        *wrong_version(),
        *(wrong_others() if arguments.whole else ()),
        *wrong_commands(),
    ]
    return "\n".join(found) or 0


to_the_end(wrong, ", ".join(modules))
