"""Runs commands side by side, those of one program in turn, all to their end: OUTPUT COMMANDS.

COMMANDS holds a JSON list of argument lists; OUTPUT gets, as JSON, the exit code and the
words of each, and the version of each program that is a package here.
"""

import concurrent.futures
import importlib.metadata
import json
import pathlib
import subprocess
import sys


def run(command):
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    return {"exitCode": done.returncode, "stdout": done.stdout, "stderr": done.stderr}


def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


output, source = map(pathlib.Path, sys.argv[1:])
commands = json.loads(source.read_text())
programs = {}
for command in commands:
    programs.setdefault(command[0], []).append(command)
# What one call of a program installs or keeps, the next has.
with concurrent.futures.ThreadPoolExecutor() as pool:
    runs = pool.map(lambda own: [run(each) for each in own], programs.values())
    done = dict(zip(programs, map(iter, runs)))
results = [next(done[command[0]]) for command in commands]
for command, result in zip(commands, results):
    print("$", *command)
    print(result["stdout"] + result["stderr"], flush=True)
told = [
    {**result, "version": version(command[0])}
    for command, result in zip(commands, results)
]
output.write_text(json.dumps(told))
