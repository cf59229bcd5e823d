"""Types a line into the shell that a command opens on a terminal, leaves it, and prints all that was shown."""

import os
import pty
import re
import sys

line, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
keys = [line, "exit"]
shown = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    # Without the escape sequences, which a terminal hides.
    shown += re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", part)
    if keys and re.search(rb"(dagger \S+ \$|\n#) $", shown):
        os.write(terminal, f"{keys.pop(0)}\n".encode())
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
