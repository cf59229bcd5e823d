"""Imports each module that is named, and says which of them can't be."""

import importlib
import sys
import traceback

failed = []
for module in sys.argv[1:]:
    try:
        importlib.import_module(module)
    except Exception:
        traceback.print_exc()
        failed.append(module)
sys.exit(f"cannot import {', '.join(failed)}" if failed else 0)
