"""Runs a command, and checks that it prints one of the spellings of a version: SPELLING,... COMMAND..."""

import re
import subprocess
import sys

spellings, *command = sys.argv[1:]
done = subprocess.run(
    command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
)
print(done.stdout, end="")
if done.returncode != 0:
    sys.exit(done.returncode)
# "tool 1.2.0 (Python 3.12)", "v1.2.0" and "tool, version 1.2.0" are all answers.
words = {word.lstrip("v") for word in re.split(r"[\s,;()'\"/=]+", done.stdout)}
if not words & set(spellings.split(",")):
    sys.exit(f"`{' '.join(command)}` printed no {' or '.join(spellings.split(','))}")
