"""Runs a test command, and believes its exit code of 0 only where the tests say the same: COMMAND..."""

import os
import re
import subprocess
import sys
import tempfile

HEAD = 1 << 16  # of the results: the counts stand at their start


# They start a runner somewhere else, and take other options than it.
WRAPPERS = {"nox", "tox", "make", "just", "invoke", "hatch", "doit"}
SETTINGS = ("pyproject.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg")


def runner_of(command):
    """Which of the two runners that leave a trace of their end a command starts."""
    words = [os.path.basename(word) for word in command]
    if WRAPPERS & set(words):
        return None
    if {"pytest", "py.test"} & set(words):
        return "pytest" if writes_results(command) else None
    return "unittest" if "unittest" in words else None


def writes_results(command):
    """Whether the part of pytest that does is left in."""
    said = [*command, os.environ.get("PYTEST_ADDOPTS", "")]
    for name in SETTINGS:
        if os.path.isfile(name):
            with open(name, encoding="utf-8", errors="replace") as settings:
                said.append(settings.read())
    return not any("no:junitxml" in text for text in said)


def run_pytest(command):
    """The exit code, and what is wrong although it is 0."""
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results.xml")
        told = [*command, f"--junit-xml={results}"]
        return subprocess.run(told, check=False).returncode, wrong_results(results)


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
    """unittest closes what it writes to stderr with `OK`."""
    last = ""
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as tests:
        for line in tests.stderr:
            sys.stderr.write(line)
            last = line.strip() or last
    if last.startswith("OK"):
        return tests.returncode, None
    return (
        tests.returncode,
        "did not close with `OK`: something ended the process before unittest was done",
    )


def main():
    command = sys.argv[1:]
    runner = runner_of(command)
    if runner is None:
        sys.exit(subprocess.run(command, check=False).returncode)
    code, wrong = (run_pytest if runner == "pytest" else run_unittest)(command)
    sys.stdout.flush()
    if code == 0 and wrong:
        sys.exit(f"{runner} exited with 0, but {wrong}")
    sys.exit(code)


main()
