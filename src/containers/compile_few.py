"""Compiles what uv installed, where that is little.

Each command on a layer is a container of its own, which would compile anew whatever it imports, and keep nothing of it.
Of much, most is never imported, and to compile all of it would take longer than it saves.
"""

import collections
import compileall
import importlib.metadata

FEW = 2000
# What has more in one folder is a collection (lexers, locales), of which a program imports those that it is asked for.
FEW_BESIDE = 100


def modules():
    for distribution in importlib.metadata.distributions():
        if (distribution.read_text("INSTALLER") or "").strip() != "uv":
            continue
        for file in distribution.files or []:
            if file.suffix == ".py":
                yield distribution.locate_file(file)


def main():
    found = list(modules())
    if len(found) > FEW:
        return
    beside = collections.Counter(module.parent for module in found)
    for module in found:
        if beside[module.parent] <= FEW_BESIDE:
            # What does not compile on this Python is imported by nobody there.
            compileall.compile_file(module, quiet=2)


if __name__ == "__main__":
    main()
