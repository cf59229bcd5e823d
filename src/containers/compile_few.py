"""Compiles what uv installed, where that is little.

Each command on a layer is a container of its own, which would compile anew whatever it imports, and keep nothing of it.
Of much, most is never imported, and to compile all of it would take longer than it saves.
"""

import compileall
import importlib.metadata

FEW = 2000


def modules():
    for distribution in importlib.metadata.distributions():
        if (distribution.read_text("INSTALLER") or "").strip() != "uv":
            continue
        for file in distribution.files or []:
            if file.suffix == ".py":
                yield distribution.locate_file(file)


def main():
    found = list(modules())
    if len(found) <= FEW:
        for module in found:
            # What does not compile on this Python is imported by nobody there.
            compileall.compile_file(module, quiet=2)


if __name__ == "__main__":
    main()
