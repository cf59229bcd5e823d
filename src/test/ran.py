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
    if any(word.endswith("manage.py") for word in words) and "test" in words:
        return "django"
    return "unittest" if "unittest" in words else None


def writes_results(command):
    """Whether the part of pytest that does is left in."""
    said = [" ".join(command), os.environ.get("PYTEST_ADDOPTS", "")]
    for name in SETTINGS:
        if os.path.isfile(name):
            with open(name, encoding="utf-8", errors="replace") as settings:
                said.extend(settings)
    # Not what a comment says of it.
    return not any(re.search(r"^[^#;]*-p[\"',\s]*no:junitxml", line) for line in said)


# As it closes, with signs around it or not: `1 failed, 2 passed in 0.12s`.
COUNTS = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+, )*\d+ [a-z]+ in [\d.]+s\b.*?)(?: =+)?$")


def run_wrapped(command):
    """Of what starts pytest elsewhere its own words are all that there is to hold the exit code to."""
    counts, failed = None, False
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as tests:
        for line in tests.stdout:
            sys.stdout.write(line)
            found = COUNTS.match(re.sub(r"\x1b\[[\d;]*m", "", line).strip())
            if found:
                counts = found.group(1)
                failed = failed or bool(re.search(r"\d+ (?:failed|errors?)\b", counts))
    if tests.returncode == 0:
        print(counts or "passed by its exit code alone")
    wrong = "counted failures: what started it changes its exit code, such as `|| true`"
    return tests.returncode, wrong if failed else None


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
    """unittest closes what it writes to stderr with `OK`; its counts are told as pytest's are."""
    last = closing = ""
    ran = None
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as tests:
        for line in tests.stderr:
            sys.stderr.write(line)
            last = line.strip() or last
            ran = re.match(r"Ran (\d+) tests?\b", line) or ran
            # Django has a word on its database after it.
            closing = last if re.fullmatch(r"OK(?: \(.*\))?", last) else closing
    if ran and closing:
        print(in_words(int(ran.group(1)), closing))
    if last.startswith("OK"):
        return tests.returncode, None
    return (
        tests.returncode,
        "did not close with `OK`: something ended the process before unittest was done",
    )


def in_words(ran, closing):
    """`OK (skipped=2, expected failures=1)` after 10 tests: 7 passed, 2 skipped, 1 xfailed."""
    skipped, failed = (
        int((re.search(name + r"=(\d+)", closing) or [0, 0])[1])
        for name in ("skipped", "expected failures")
    )
    counts = {"passed": ran - skipped - failed, "skipped": skipped, "xfailed": failed}
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "0 passed"


def main():
    command = sys.argv[1:]
    runner = runner_of(command)
    run = {None: run_wrapped, "pytest": run_pytest}.get(runner, run_unittest)
    code, wrong = run(command)
    sys.stdout.flush()
    # Another runner may be in Django's place, and close with words of its own.
    if code == 0 and wrong and runner != "django":
        sys.exit(f"{runner or 'pytest'} exited with 0, but {wrong}")
    sys.exit(code)


main()
