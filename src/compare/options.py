"""Prints as JSON the options that commands show in their help, and those of their subcommands: SECONDS NAME...

What they run is their own: each has so many seconds, no input, a folder of its own,
and no more than a help's length is read of it.
"""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

LARGEST = 1 << 20
SUBCOMMANDS = 50
# Longer lines would be cut, colours and pagers are for people.
PLAIN = {
    "COLUMNS": "200",
    "LINES": "100",
    "TERM": "dumb",
    "NO_COLOR": "1",
    "PAGER": "cat",
    "PYTHONUNBUFFERED": "1",
}
COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
FRAME = " │┃|╎"
OPTION = re.compile(r"--?[A-Za-z0-9?][\w-]*(?:\.[\w-]+)*")
# What an option takes: `NAME`, `<name>`, `[name]`, `{one,two}`.
VALUE = re.compile(r"[A-Z][A-Z0-9_.:|-]*|[<\[{(].*|.*[>\]})]|[/|*]|\.{3}")
DEEPEST = 8
HEADING = re.compile(
    r"[^\w{]*((?:[\w ]+ )?(?:sub)?commands)\b[^\w]*$|[^\w{]*positional arguments:?$",
    re.IGNORECASE,
)
NAME = re.compile(r"[a-z][\w-]*")


def help_of(words, seconds):
    """What a command says of itself, and why it says nothing."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
        try:
            running = subprocess.Popen(
                [*words, "--help"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={**os.environ, **PLAIN, "HOME": folder},
                start_new_session=True,
            )
        except OSError as error:
            return None, error.strerror
        try:
            code = running.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        # What it has started may go on without it.
        try:
            os.killpg(running.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        running.wait()
        out.seek(0)
        text = out.read(LARGEST).decode(errors="replace")
    if code is None:
        return None, f"still ran after {seconds:g} s"
    return (text, None) if code == 0 else (None, f"exit code {code}")


def lines_of(text):
    """Each line without its frame, and how deep it stands."""
    for line in COLOUR.sub("", text).splitlines():
        inner = line.rstrip(FRAME).lstrip("│┃╎")
        bare = inner.strip(FRAME)
        yield len(inner) - len(inner.lstrip()), bare


def options_of(text):
    """The words at the head of a line that are options; a sentence may begin with one further to the right."""
    found = set()
    for depth, line in lines_of(text):
        if depth > DEEPEST:
            continue
        for word in re.split(r"[\s,=]+", line.removeprefix("*").strip()):
            both = re.fullmatch(r"--\[no-\]([\w-]+)", word)
            name = re.match(r"--?[\w?][\w.-]*", word)
            if both:
                found |= {f"--{both[1]}", f"--no-{both[1]}"}
            elif name and OPTION.fullmatch(name[0]):
                found.add(name[0])
            elif not VALUE.fullmatch(word):
                break
    return sorted(found)


def subcommands_of(text):
    found, inside = [], False
    for depth, line in lines_of(text):
        choices = re.match(r"\{([\w,-]+)\}", line)
        if choices and depth <= DEEPEST:
            found += choices[1].split(",")
        elif HEADING.fullmatch(line):
            inside = True
        elif not line or re.fullmatch(r"[╭╰─╮╯\s]+", line) or depth == 0:
            inside = inside and not line and not found
        elif inside and depth <= DEEPEST:
            name = line.split()[0].rstrip("*,:")
            if NAME.fullmatch(name):
                found.append(name)
    return list(dict.fromkeys(each for each in found if NAME.fullmatch(each)))


def shown(command, text, failed):
    options = None if text is None else options_of(text)
    return {"command": command, "options": options, "failed": failed}


def asked(name, seconds):
    program = shutil.which(name)
    if program is None:
        yield shown(name, None, "is not installed")
        return
    top, failed = help_of([program], seconds)
    yield shown(name, top, failed)
    names = subcommands_of(top or "")
    for each in names[:SUBCOMMANDS]:
        text, failed = help_of([program, each], seconds)
        # Of one that is no command, the help is that of all.
        if text != top:
            yield shown(f"{name} {each}", text, failed)
    # Which ones are the first may differ from release to release: none of them is gone or new by that.
    why = f"only the first {SUBCOMMANDS} subcommands are asked"
    for each in names[SUBCOMMANDS:]:
        yield shown(f"{name} {each}", None, why)


def main(answer, seconds, *names):
    # Of all that is written from here on, a command's output above all.
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    found = [each for name in names for each in asked(name, float(seconds))]
    pathlib.Path(answer).write_text(json.dumps(found), encoding="utf-8")


main(*sys.argv[1:])
