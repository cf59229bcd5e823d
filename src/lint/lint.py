"""Runs commands side by side, all to their end: OUTPUT COMMANDS.

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
with concurrent.futures.ThreadPoolExecutor() as pool:
    results = list(pool.map(run, commands))
for command, result in zip(commands, results):
    print("$", *command)
    print(result["stdout"] + result["stderr"], flush=True)
told = [
    {**result, "version": version(command[0])}
    for command, result in zip(commands, results)
]
output.write_text(json.dumps(told))
