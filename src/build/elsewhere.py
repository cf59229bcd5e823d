"""Runs a command on a copy of a tree, in a place that shares as little as possible with the first build.

TREE COPY FOLDER COMMAND...: the copy has its files in another order on disk, with other times,
and with the modes of a checkout under umask 077; the command is started in that folder of it.
"""

import os
import pathlib
import shutil
import sys

tree, copy = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
START = 981173106  # some day in 2001, so that a time that is taken from a file shows

os.umask(0o077)
copy.mkdir(parents=True)
paths = sorted(tree.rglob("*"), reverse=True)
for at, path in enumerate(paths):
    target = copy / path.relative_to(tree)
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        target.symlink_to(os.readlink(path))
    elif path.is_dir():
        target.mkdir(exist_ok=True)
    else:
        shutil.copyfile(path, target)
        target.chmod(path.stat().st_mode & 0o700)
        os.utime(target, (START + at, START + at))

os.chdir(copy / sys.argv[3])
os.execvp(sys.argv[4], sys.argv[4:])
