"""Runs each import that is named, a module or a statement, and says which of them fail."""

import importlib
import sys
import traceback

failed = []
for each in sys.argv[1:]:
    try:
        if " " in each:
            exec(each, {})
        else:
            importlib.import_module(each)
    except Exception:
        traceback.print_exc()
        failed.append(f"`{each}`")
sys.exit(f"cannot import {', '.join(failed)}" if failed else 0)
