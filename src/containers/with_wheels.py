"""Runs a command with the path of each wheel in a folder at its end: FOLDER COMMAND..."""

import os
import pathlib
import sys

wheels = sorted(str(each) for each in pathlib.Path(sys.argv[1]).glob("*.whl"))
os.execvp(sys.argv[2], [*sys.argv[2:], *wheels])
