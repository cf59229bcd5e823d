"""Puts its SBOM into a wheel, where PEP 770 has it: PLAN DIST OUT. What else is in DIST is in OUT as it was.

The wheel is packed by `wheel` itself, which writes RECORD: in a fixed order, at the time of SOURCE_DATE_EPOCH.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from sbom import Wheel, document


def wheel_command(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "wheel", *words], check=True, stdout=sys.stderr
    )


def main() -> None:
    # The modes of what is unpacked are the wheel's, and those of what is new everybody's to read.
    os.umask(0o022)
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    dist, out = (pathlib.Path(each) for each in sys.argv[2:])
    wheel = Wheel(plan["wheel"])
    text, _ = document(plan, wheel, inside=True)
    out.mkdir(parents=True, exist_ok=True)
    for each in dist.iterdir():
        if each.name != wheel.path.name:
            shutil.copyfile(each, out / each.name)
    with tempfile.TemporaryDirectory() as made:
        wheel_command("unpack", "--dest", made, str(wheel.path))
        [tree] = pathlib.Path(made).iterdir()
        place = tree / wheel.info / "sboms" / f"{wheel.name}.cdx.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
        wheel_command("pack", "--dest-dir", str(out), str(tree))
    if not (out / wheel.path.name).exists():
        sys.exit(
            f"{wheel.path.name} was not packed under its own name: its WHEEL names other tags than its file name does"
        )


if __name__ == "__main__":
    main()
