"""Writes install scripts: the TEMPLATES with their VALUES between the two lines that mark the place, INTO a folder."""

import pathlib
import sys

FIRST = "# --- values: written when the release was made ---\n"
LAST = "# --- end of the values ---\n"

templates, values, into = (pathlib.Path(each) for each in sys.argv[1:])
into.mkdir()
for block in values.iterdir():
    head, rest = (templates / block.name).read_text().split(FIRST)
    _, tail = rest.split(LAST)
    script = into / block.name
    script.write_text(head + FIRST + block.read_text() + LAST + tail)
    script.chmod(0o755)
