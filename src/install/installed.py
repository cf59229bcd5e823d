"""Checks an installed distribution: NAME VERSION MODULE..."""

import importlib
import importlib.metadata
import pathlib
import sys
import sysconfig

from to_the_end import to_the_end

name, version, *modules = sys.argv[1:]
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


def wrong_version():
    # A computed `__version__` may be a tuple or an object; only text is compared.
    [first] = modules[:1] or [""]
    # A module that is named in place of the package is in it.
    parts = [] if " " in first else first.split(".")
    for module in (".".join(parts[: end + 1]) for end in range(len(parts))):
        stated = getattr(sys.modules.get(module), "__version__", version)
        if isinstance(stated, str) and stated != version:
            yield f"{module}.__version__ says {stated}, not {version}"


def wrong():
    return "\n".join([*wrong_metadata(), *wrong_imports(), *wrong_version()]) or 0


to_the_end(wrong, ", ".join(modules))
