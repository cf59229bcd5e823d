"""Runs a command and passes on what it says, of too much the beginning and the end: COMMAND...

Whatever a container prints goes through the engine to whoever called, and hundreds of megabytes
end a session without a word.
"""

import signal
import subprocess
import sys
import threading
import time

HEAD = 1 << 20
TAIL = 1 << 18
CHUNK = 1 << 16
# What a command leaves behind may hold its streams open.
GRACE = 1
# Who is told to end is killed ten seconds later, and then it is too late for last words.
HASTE = 5


class Stream:
    def __init__(self, source, out):
        self.source, self.out = source, out
        self.passed, self.tail, self.left = 0, b"", 0
        self.lock = threading.Lock()
        self.pumping = threading.Thread(target=self.pump, daemon=True)
        self.pumping.start()

    def pump(self):
        while chunk := self.source.read1(CHUNK):
            with self.lock:
                self.take(chunk)

    def take(self, chunk):
        room = max(0, HEAD - self.passed)
        if room:
            self.out.write(chunk[:room])
            self.out.flush()
            self.passed += len(chunk[:room])
        self.tail += chunk[room:]
        if len(self.tail) > 2 * TAIL:
            self.left += len(self.tail) - TAIL
            self.tail = self.tail[-TAIL:]

    def close(self):
        with self.lock:
            left = self.left + max(0, len(self.tail) - TAIL)
            if left:
                self.out.write(b"\n[... %d bytes are left out here ...]\n" % left)
            self.out.write(self.tail[-TAIL:])
            self.out.flush()
            self.tail, self.left = b"", 0


def main():
    told = []
    signal.signal(signal.SIGTERM, lambda *_: told.append(time.monotonic()))
    command = subprocess.Popen(
        sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    streams = [
        Stream(command.stdout, sys.stdout.buffer),
        Stream(command.stderr, sys.stderr.buffer),
    ]
    while command.poll() is None:
        if told and time.monotonic() > told[0] + HASTE:
            break
        try:
            command.wait(0.2)
        except subprocess.TimeoutExpired:
            pass
    for each in streams:
        each.pumping.join(GRACE)
        each.close()
    code = command.wait()
    sys.stdout.flush()
    # As a shell tells a signal.
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        # As a shell tells a command that is not there, or can't be run.
        print(f"{sys.argv[1]}: {error.strerror}", file=sys.stderr)
        sys.exit(127 if isinstance(error, FileNotFoundError) else 126)
