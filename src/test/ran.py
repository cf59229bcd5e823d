"""Runs a test command, and believes its exit code of 0 only where the tests say the same: COMMAND..."""

import os
import re
import subprocess
import sys
import tempfile
import threading

HEAD = 1 << 16  # of the results: the counts stand at their start


# They start a runner somewhere else, and take other options than it.
WRAPPERS = {"nox", "tox", "make", "just", "invoke", "hatch", "doit"}
SETTINGS = (
    *("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"),
    *("pyproject.toml", "tox.ini", "setup.cfg"),
)


def runner_of(command):
    """Which of the two runners that leave a trace of their end a command starts."""
    words = [os.path.basename(word) for word in command]
    if WRAPPERS & set(words):
        return None
    if {"pytest", "py.test"} & set(words):
        return "pytest" if leaves_in(command, "junitxml") else None
    return "unittest" if "unittest" in words else None


def leaves_in(command, part):
    """Whether a part of pytest is left in: what writes results, what tells of them."""
    said = [" ".join(command), os.environ.get("PYTEST_ADDOPTS", "")]
    for name in SETTINGS:
        if os.path.isfile(name):
            with open(name, encoding="utf-8", errors="replace") as settings:
                # Not what a comment says of it.
                said.append(re.sub(r"[#;].*", "", settings.read()))
    return not any(re.search(r"-p[\"',\s]*no:" + part, text) for text in said)


# pytest as it closes, with signs around it or not: `1 failed, 2 passed in 0.12s`.
COUNTS = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+, )*\d+ [a-z]+ in [\d.]+s\b.*?)(?: =+)?$")
NO_TESTS = re.compile(r"^(?:=+ )?no tests ran in [\d.]+s\b")
# With whatever pytest and its plugins count, in words of their own: `1 passed, 3 subtests passed in 0.12s`.
STARTS = re.compile(r"^=+ test session starts =+$")
CLOSES = re.compile(r"(?:^|= )(?:\d+ [^=]*|no tests ran) in [\d.]+s\b")
# As it tells that somebody ended it: `!!! _pytest.outcomes.Exit: enough !!!`.
STOPPED = re.compile(
    r"^!{3,} ((?:[\w.]*Exit|[\w.]*Interrupted|KeyboardInterrupt)\b.*?) !{3,}$"
)
# unittest as it closes; the next line that is not empty is its verdict.
RAN = re.compile(r"^Ran (\d+) tests? in [\d.]+s\b")
FAILED = re.compile(r"^FAILED(?: \(.*\))?$")
OK = re.compile(r"^OK(?: \(.*\))?$")
# Of another run, which has still to close: its dots, or its tests by their names, `test_more (wren.More) ... ok`.
UNDER_WAY = re.compile(r"^[.sxuFE]+$|^\w+ \([\w.]+\)(?: \[.*\]| \(.*\))?(?: \.\.\.|$)")
# Django's runner as it begins, which closes as unittest does; another may be in its place.
BEGUN = re.compile(r"^Found \d+ test\(s\)\.$|^Creating test database for alias ")
LONGEST = 1000  # of a line that a runner closes with
CHUNK = 1 << 16
# A server that tests forgot to end holds their streams open.
GRACE = 2


class Heard:
    """What the words of a command say of tests, in the words of those that run them."""

    def __init__(self):
        self.counts = self.stopped = self.ran = None
        self.closing = self.last = ""
        self.failed = self.empty = self.asked = self.begun = False
        self.started = self.closed = self.spoke = False
        # Of the last run that closed, around which tests may start others.
        self.verdict = self.stopping = self.ended_by = None

    def hear(self, line):
        if not line:
            return
        self.last = line
        self.started = self.started or bool(STARTS.match(line))
        self.closed = self.closed or bool(CLOSES.search(line))
        if OK.match(line):
            self.closing = line
        if self.asked:
            self.judge(line)
        elif UNDER_WAY.search(line):
            self.verdict = None
        elif BEGUN.match(line):
            self.begun, self.verdict = True, None
        self.asked = False
        if found := RAN.match(line):
            self.ran, self.asked = int(found.group(1)) + (self.ran or 0), True
            self.verdict = None
        elif found := COUNTS.match(line):
            self.counts = found.group(1)
            failed = re.search(r"\b\d+ (?:failed|errors?)\b", self.counts)
            self.failed = self.failed or bool(failed)
            self.ended_by, self.stopping = self.stopping, None
        elif found := STOPPED.match(line):
            self.stopped = self.stopping = found.group(1)
        else:
            self.empty = self.empty or bool(NO_TESTS.match(line))

    def judge(self, line):
        """Reads what unittest says after its count."""
        failed = bool(FAILED.match(line))
        self.failed = self.failed or failed
        if failed or OK.match(line):
            self.verdict = "FAILED" if failed else "OK"

    def copy(self, source, target):
        """Passes on all that is said; what has no end of its line in a while is no word of a runner."""
        for line in iter(lambda: source.readline(CHUNK), b""):
            target.buffer.write(line)
            self.spoke = True
            if len(line) <= LONGEST:
                text = line.decode(errors="replace")
                self.hear(re.sub(r"\x1b\[[\d;]*m", "", text).strip())
        target.flush()


def run(command, **variables):
    """The exit code, and what was heard on both streams, each on its own."""
    out, err = Heard(), Heard()
    tests = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **variables},
    )
    streams = [(out, tests.stdout, sys.stdout), (err, tests.stderr, sys.stderr)]
    hearing = [
        threading.Thread(target=heard.copy, args=(source, target), daemon=True)
        for heard, source, target in streams
    ]
    for each in hearing:
        each.start()
    code = tests.wait()
    for each in hearing:
        each.join(GRACE)
    return code, out, err


FAILURES = "counted failures"
STOPPED_EARLY = "something stopped it before it was done: {}"


def wrong_words(out, err):
    """What is wrong by the words of either runner, wherever they are said."""
    if out.failed or err.failed:
        return FAILURES
    stopped = out.stopped or err.stopped
    if stopped:
        return STOPPED_EARLY.format(stopped)
    ran = [each.ran for each in (out, err) if each.ran is not None]
    nothing = out.empty or err.empty or (ran and not sum(ran))
    return "ran no test" if nothing and not (out.counts or sum(ran)) else None


def run_wrapped(command):
    """Of what starts a runner elsewhere its words are all that there is to hold the exit code to."""
    # What ends a process at once takes along what it has not written yet.
    code, out, err = run(command, PYTHONUNBUFFERED="1")
    wrong = wrong_words(out, err) or cut_off(out, err)
    if code == 0 and not wrong:
        print(out.counts or told_by_unittest(err) or told_by_unittest(out) or ALONE)
    if wrong == FAILURES:
        wrong += ": what started it changes its exit code, such as `|| true`"
    return code, wrong


def cut_off(out, err):
    """What is wrong where Django's runner began and none closed."""
    begun = out.begun or err.begun
    closed = out.counts or err.counts or out.verdict or err.verdict
    return NOT_DONE if begun and not closed else None


ALONE = "passed by its exit code alone"


def run_pytest(command):
    """The exit code, and what is wrong although it is 0."""
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results.xml")
        code, out, err = run([*command, f"--junit-xml={results}"])
        # Its results count, whatever runs that tests start say on the way.
        ended_by = [each.stopping or each.ended_by for each in (out, err)]
        stopped = next(filter(None, ended_by), None)
        wrong = stopped and STOPPED_EARLY.format(stopped)
        return code, wrong_results(results) or wrong or unclosed(out, command)


def unclosed(out, command):
    """Results can be written by anybody; what tells of them in another form than pytest's says something all the same."""
    silent = not out.spoke and leaves_in(command, "terminal")
    if silent or (out.started and not out.closed):
        return "did not close with its counts: something ended the process before pytest was done, such as `os._exit`"
    return None


def wrong_results(path):
    """pytest writes its results last, so that a process which ended before has none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as results:
            suite = re.search(r"<testsuite\s[^>]*>", results.read(HEAD))
    except FileNotFoundError:
        suite = None
    if suite is None:
        return "wrote no results: something ended the process before pytest was done, such as `os._exit`"
    counts = {
        name: int(count) for name, count in re.findall(r'(\w+)="(\d+)"', suite.group())
    }
    if counts.get("failures", 0) + counts.get("errors", 0):
        return (
            "counted failures: something changes its exit code, such as a `conftest.py`"
        )
    return None if counts.get("tests", 0) else "ran no test"


def run_unittest(command):
    """unittest closes with `OK`, and Python may say more when it ends; its counts are told as pytest's are."""
    code, out, err = run(command)
    if told := told_by_unittest(err):
        print(told)
    verdict = err.verdict or out.verdict
    if verdict == "FAILED":
        return code, FAILURES
    if err.ran == 0 or out.ran == 0:
        return code, "ran no test"
    done = verdict or OK.match(err.last)
    return code, None if done else NOT_DONE


NOT_DONE = (
    "did not close with `OK`: something ended the process before the tests were done"
)


def told_by_unittest(err):
    return in_words(err.ran, err.closing) if err.ran and err.closing else None


def in_words(ran, closing):
    """`OK (skipped=2, expected failures=1)` after 10 tests: 7 passed, 2 skipped, 1 xfailed."""
    skipped, failed = (
        int((re.search(name + r"=(\d+)", closing) or [0, 0])[1])
        for name in ("skipped", "expected failures")
    )
    counts = {"passed": ran - skipped - failed, "skipped": skipped, "xfailed": failed}
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n)


def main():
    command = sys.argv[1:]
    runner = runner_of(command)
    ways = {None: run_wrapped, "pytest": run_pytest}
    code, wrong = ways.get(runner, run_unittest)(command)
    if code == 0 and wrong:
        told = f"{runner or 'what runs the tests'} exited with 0, but {wrong}"
        print(told, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    # Without waiting for who still listens; a signal is told as a shell does.
    os._exit(code if code >= 0 else 128 - code)


main()
