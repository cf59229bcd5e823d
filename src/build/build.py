"""Builds an sdist, and the wheel from that sdist, so that the same source gives the same bytes: OUT.

With --git the folder is in a repository that the build asks. With --wheel there is no sdist, for who only wants to read what the backend says.

A backend may take its order, times, owners and modes from the disk. The sdist is
written anew in one fixed form, and the wheel is made from it, so it inherits that.
"""

import gzip
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile

EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))


def build(kind, source, out):
    # Not quiet: that would swallow what the backend says when it fails.
    options = ["--no-sources", "--no-create-gitignore"]
    # The standard output of this script is nobody's; a backend's words are for people.
    done = subprocess.run(
        ["uv", "build", *options, kind, "--out-dir", str(out), str(source)],
        check=False,
        stdout=sys.stderr,
    )
    if done.returncode != 0:
        # As a shell tells a signal.
        sys.exit(done.returncode if done.returncode > 0 else 128 - done.returncode)


def only(folder, kind, ending):
    """What a backend wrote, which is one file: of any other nobody would know what it is, nor test it."""
    found = sorted(pathlib.Path(folder).iterdir())
    fine = [
        each
        for each in found
        if each.name.endswith(ending) and each.is_file() and not each.is_symlink()
    ]
    if len(found) == len(fine) == 1:
        return fine[0]
    shown = ", ".join(f"`{each.name}`{what(each)}" for each in found) or "nothing"
    sys.exit(
        f"the build backend wrote {shown} where one {kind} belongs, a file whose name ends with `{ending}`. "
        "Let it write that alone."
    )


def what(path):
    if path.is_symlink():
        return " (a link)"
    return " (a folder)" if path.is_dir() else ""


def normalise(sdist, target):
    # An unnamed file and a fixed time leave nothing in the header of gzip.
    with (
        tarfile.open(sdist) as old,
        open(target, "wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=EPOCH) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda each: each.name):
            # In this order a hard link may come before the file that it names.
            if member.islnk():
                named = linked(old, member)
                member.type, member.size = tarfile.REGTYPE, named.size
                member.offset_data, member.linkname = named.offset_data, ""
            new.addfile(
                plain(member),
                old.extractfile(member) if member.isreg() else None,
            )


def linked(sdist, link):
    """The file that a hard link is another name of; nothing outside of the sdist is one."""
    found = [each for each in sdist.getmembers() if each.name == link.linkname]
    if not found or not found[-1].isreg():
        sys.exit(
            f"the build backend wrote `{link.name}` into the sdist as a hard link to `{link.linkname}`, "
            "which is no file in it. Let it write the file itself."
        )
    return found[-1]


def plain(member):
    member.mtime = EPOCH
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o755 if member.isdir() or member.mode & stat.S_IXUSR else 0o644
    # What a name really needs is written anew; times and owners with fractions are not.
    member.pax_headers = {}
    return member


def settle_git():
    """Git answers of the files as they were committed: the version in them, and what is missing, are the release's."""
    git = [
        "git",
        "-C",
        subprocess.check_output(
            ["git", "rev-parse", "--show-toplevel"], text=True
        ).strip(),
    ]
    subprocess.run([*git, "read-tree", "HEAD"], check=True)
    # What the build writes itself is no change, though the project lists nothing in `.gitignore`.
    exclude = pathlib.Path(git[-1], ".git", "info", "exclude")
    exclude.parent.mkdir(exist_ok=True)
    exclude.write_text("*.egg-info/\n")
    changed = subprocess.check_output([*git, "diff-files", "--name-only", "-z"])
    subprocess.run(
        [*git, "update-index", "--assume-unchanged", "-z", "--stdin"],
        input=changed,
        check=True,
    )


def main():
    # Setuptools gives the files of a wheel whatever this leaves of their modes.
    os.umask(0o022)
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if "--wheel" in sys.argv:
        return build("--wheel", ".", out)
    if "--git" in sys.argv:
        settle_git()
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as again:
        build("--sdist", ".", made)
        sdist = only(made, "sdist", ".tar.gz")
        normalise(sdist, out / sdist.name)
        build("--wheel", out / sdist.name, again)
        wheel = only(again, "wheel", ".whl")
        shutil.copyfile(wheel, out / wheel.name)


if __name__ == "__main__":
    main()
