"""Runs each import that is named, a module or a statement, and says which of them fail."""

import importlib
import sys
import traceback

from to_the_end import to_the_end

imports = sys.argv[1:]


def fails(each):
    try:
        if " " in each:
            # It is the project that says so, in its own container.
            exec(each, {})  # noqa: S102
        else:
            importlib.import_module(each)
    # Whatever a module does wrong, the others are tried all the same.
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return True
    return False


def import_all():
    failed = [f"`{each}`" for each in imports if fails(each)]
    return f"cannot import {', '.join(failed)}" if failed else 0


to_the_end(import_all, ", ".join(imports))
