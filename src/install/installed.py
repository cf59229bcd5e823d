"""Checks an installed distribution: NAME VERSION MODULE..."""

import importlib
import importlib.metadata
import pathlib
import sys
import sysconfig

name, version, *modules = sys.argv[1:]
site = pathlib.Path(sysconfig.get_paths()["purelib"]).resolve()
wrong = []

installed = importlib.metadata.version(name)
if installed != version:
    wrong.append(f"the metadata of {name} says version {installed}, not {version}")

for module in modules:
    if " " in module:
        # It is the project that says so, in its own container.
        exec(module, {})  # noqa: S102
        continue
    loaded = importlib.import_module(module)
    where = pathlib.Path(loaded.__file__ or loaded.__path__[0]).resolve()
    if site not in where.parents:
        wrong.append(
            f"{module} was imported from {where}, not from the installed package in {site}"
        )

# A computed `__version__` may be a tuple or an object; only text is compared.
for module in modules[:1]:
    stated = getattr(sys.modules.get(module), "__version__", version)
    if isinstance(stated, str) and stated != version:
        wrong.append(f"{module}.__version__ says {stated}, not {version}")

sys.exit("\n".join(wrong) or 0)
