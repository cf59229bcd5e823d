"""What classes derive from."""

import contextlib
import importlib
import re
import sys

from api_names import final, shortness, shown

# The parts of Python that people take base classes from, of which importing does nothing else.
KNOWN = {
    "abc",
    "argparse",
    "ast",
    "asyncio",
    "builtins",
    "cmd",
    "codecs",
    "collections",
    "collections.abc",
    "concurrent.futures",
    "configparser",
    "contextlib",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "email.message",
    "email.policy",
    "enum",
    "fractions",
    "functools",
    "html.parser",
    "http.client",
    "http.cookiejar",
    "http.server",
    "io",
    "ipaddress",
    "json",
    "json.decoder",
    "json.encoder",
    "logging",
    "logging.handlers",
    "multiprocessing",
    "numbers",
    "optparse",
    "os",
    "pathlib",
    "pickle",
    "queue",
    "random",
    "selectors",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "string",
    "subprocess",
    "tarfile",
    "tempfile",
    "threading",
    "types",
    "typing",
    "unittest",
    "unittest.case",
    "unittest.mock",
    "urllib.error",
    "urllib.parse",
    "urllib.request",
    "uuid",
    "warnings",
    "weakref",
    "xml.etree.ElementTree",
    "xml.sax.handler",
    "xmlrpc.client",
    "zipfile",
}


def is_of_python(path):
    return "." not in path or path.partition(".")[0] in sys.stdlib_module_names


def of_python(path):
    """A class that Python has itself; nothing where it is of somebody else."""
    module, _, name = path.rpartition(".")
    module = re.sub("^typing_extensions$", "typing", module or "builtins")
    if module not in KNOWN:
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


def bases_of(each, found=None):
    """The classes that a class is one of, by their paths; what is of another package by its name."""
    # A class may have the name of what it derives from, and seem to be its own base.
    found = {} if found is None else found
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
            bases_of(target, found)
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
