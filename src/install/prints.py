"""Runs a command, and checks that the version it prints of a package is the right one: SPELLING,... NAME,... COMMAND...

The first NAME is that of the distribution, the others are those of its modules.
"""

import importlib.metadata
import re
import subprocess
import sys

MOST = 1 << 20  # of what it prints: a version stands at the start
LONGEST = 200  # of a word
# What stands between a name and its version.
FILLERS = {"v", "ver", "version", "release", "is", "the"}
# Those that programs tell beside their own, and that no distribution is called by.
PLATFORM = {"python", "cpython", "pypy", "linux", "darwin", "windows", "gcc", "clang"}
PLATFORM |= {"node", "openssl", "glibc"}
VERSION = re.compile(r"(?:(.*[A-Za-z])[-_])?v?(\d+(?:\.\d+)+.*)", re.DOTALL)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def versions(text, spellings):
    """Each version with the name that it is of; with none where its line says none."""
    for line in text.splitlines():
        label = ""
        for part in re.split(r"[\s,;()'\"/=:@|<>{}\[\]]+", line):
            word = part[:LONGEST].strip(".!")
            found = VERSION.fullmatch(word)
            if word.lstrip("v") in spellings or found:
                name, version = found.groups() if found else ("", word.lstrip("v"))
                yield normal(name or label), version
                label = ""
            elif re.search("[A-Za-z]", word) and word.lower() not in FILLERS:
                label = word


def told(found, own, others):
    """The version of the package: by its name, else by none, else by one that nothing else here has."""
    ways = (own.__contains__, lambda name: not name, lambda name: name not in others)
    for is_meant in ways:
        for name, version in found:
            if is_meant(name):
                return version
    return None


def names_here(names):
    """What the package and its commands are called, and what else is."""
    own = {normal(each) for each in names}
    others = set(PLATFORM)
    for each in importlib.metadata.distributions():
        name = normal(each.metadata["Name"] or "")
        if name == normal(names[0]):
            own |= {
                normal(entry.name)
                for entry in each.entry_points
                if entry.group == "console_scripts"
            }
        else:
            others.add(name)
    return own, others - own


def run(command):
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as asked:
        printed = asked.stdout.read(MOST)
        while asked.stdout.read(MOST):
            pass
    return asked.returncode, printed.decode(errors="replace")


def main():
    spellings, names, *command = sys.argv[1:]
    accepted = spellings.split(",")
    code, printed = run(command)
    print(printed, end="")
    if code != 0:
        # As a shell tells a signal.
        sys.exit(code if code > 0 else 128 - code)
    version = told([*versions(printed, accepted)], *names_here(names.split(",")))
    if version not in accepted:
        wanted = " or ".join(accepted)
        said = f", but {version}" if version else ""
        sys.exit(
            f"`{' '.join(command)}` printed no {wanted}{said}.\n"
            "Let it print the version that is installed, as "
            f"`importlib.metadata.version({names.split(',')[0]!r})` has it, before any other."
        )


if __name__ == "__main__":
    main()
