"""Runs each import that is named, a module or a statement, and says which of them fail."""

import importlib
import sys
import traceback

failed = []
for each in sys.argv[1:]:
    try:
        if " " in each:
            # It is the project that says so, in its own container.
            exec(each, {})  # noqa: S102
        else:
            importlib.import_module(each)
    # Whatever a module does wrong, the others are tried all the same.
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        failed.append(f"`{each}`")
sys.exit(f"cannot import {', '.join(failed)}" if failed else 0)
