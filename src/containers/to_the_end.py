"""Runs what may end its process, and say that all is well, before it is done."""

import os
import sys
import traceback


def to_the_end(work, what):
    """Exits as the work does; work that ends its process has failed."""
    told, done = os.pipe()
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            outcome = work()
        except Exception:  # noqa: BLE001
            traceback.print_exc()
        os.write(done, b"!")
        sys.exit(outcome)
    os.close(done)
    _, status = os.waitpid(child, 0)
    if os.read(told, 1) != b"!":
        sys.exit(
            f"importing {what} ended the process, which a module must not do: does it call `sys.exit` "
            'or `os._exit` outside of `if __name__ == "__main__"`?'
        )
    sys.exit(os.waitstatus_to_exitcode(status))
