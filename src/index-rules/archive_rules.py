"""Rules of an index about a file: its archive, its name, what is in it beside the metadata."""

import configparser
import re

from packaging.utils import (
    InvalidWheelFilename,
    canonicalize_name,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

STATIC = {
    "any",
    "linux_armv6l",
    "linux_armv7l",
    "win32",
    "win_amd64",
    "win_arm64",
    "win_ia64",
}
MACOS = "ppc|ppc64|i386|x86_64|arm64|intel|fat|fat3|fat64|universal|universal2"
LINUX = "x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64"
PLATFORM = re.compile(
    rf"macosx_10_\d+_({MACOS})|macosx_(1[1-5]|26)_0_({MACOS})"
    r"|manylinux(1|2010)_(x86_64|i686)|manylinux2014_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)"
    rf"|manylinux_\d+_\d+_({LINUX}|ppc64)|musllinux_\d+_\d+_({LINUX})"
    r"|ios_\d+_\d+_(arm64|x86_64)_(iphoneos|iphonesimulator)"
    r"|android_\d+_(armeabi_v7a|arm64_v8a|x86|x86_64)|pyemscripten_\d+_\d+_wasm32"
)
PURE = (
    "Shipwheel builds one wheel, for every platform: `pure` or `build-env` in `[tool.shipwheel]` "
    "leaves out what is compiled. Build the others with cibuildwheel, or let an index of your own take them."
)
SPELLING = (
    "Build with a newer release of the backend (setuptools since 69.3), which writes it so; "
    "hatchling does unless `strict-naming` is `false`."
)
NEWEST = "Build with the newest release of the backend."
SCRIPT = re.compile(r"[\w.-]+")


def broken_archive(subject):
    if not subject.archive:
        return
    yield from subject.archive.own_faults
    for fault in subject.archive.faults:
        yield fault, NEWEST


def missing_licences(subject):
    if not subject.archive or not subject.archive.names:
        return
    wheel = subject.name.endswith(".whl")
    folder = f"{subject.archive.top}/licenses" if wheel else subject.archive.top
    for each in subject.of("license_files"):
        if f"{folder}/{each}" not in subject.archive.names:
            yield (
                f"its metadata names the licence `{each}`, and there is no `{folder}/{each}`",
                "Let the backend put it there (`license-files`), or take it out of the list.",
            )


class CaseSensitive(configparser.ConfigParser):
    optionxform = staticmethod(str)


def bad_entry_points(subject):
    advice = "Correct `[project.scripts]` and `[project.entry-points]`."
    for each in subject.scripts:
        if not SCRIPT.fullmatch(each):
            yield f"`{each}` is no name of a command", advice
    content = subject.archive.entry_points if subject.archive else None
    if content is None:
        return
    parser = CaseSensitive(delimiters=("=",))
    try:
        parser.read_string(content.decode())
    except (UnicodeError, configparser.Error):
        yield "its `entry_points.txt` can't be read", advice
        return
    for section in filter(parser.has_section, ("console_scripts", "gui_scripts")):
        for each in parser[section]:
            if not SCRIPT.fullmatch(each):
                yield f"`{each}` is no name of a command", advice


def misspelt_name(subject):
    if not subject.archive:
        return
    try:
        version = Version(subject.metadata.get("version") or "")
    except InvalidVersion:
        return
    stem = f"{canonicalize_name(subject.metadata.get('name') or '').replace('-', '_')}-{version}"
    if subject.name == f"{stem}.tar.gz" or wheel_of(subject.name, stem):
        return
    inside = canonicalize_name(subject.metadata.get("name") or "")
    if not canonicalize_name(subject.name).startswith(f"{inside}-"):
        yield (
            f"its metadata is that of `{inside}`, and its name is another's",
            "Release the files as the build of this project makes them: something changed them, or they are another project's.",
        )
        return
    end = subject.name.split("-", 2)[-1] if subject.name.endswith(".whl") else ""
    right = f"{stem}-{end}" if end else f"{stem}.tar.gz"
    yield (
        f"its name has to be `{right}`"
        if right != subject.name
        else "its name is none of a wheel: NAME-VERSION-PYTHON-ABI-PLATFORM.whl",
        SPELLING,
    )


def wheel_of(name, stem):
    try:
        parse_wheel_filename(name)
    except InvalidWheelFilename:
        return False
    return name.startswith(f"{stem}-")


def platform_tags(subject):
    try:
        tags = parse_wheel_filename(subject.name)[3] if subject.archive else ()
    except InvalidWheelFilename:
        return
    for platform in sorted({each.platform for each in tags}):
        if platform not in STATIC and not PLATFORM.fullmatch(platform):
            yield (
                f"it is for the platform `{platform}`, which no public index takes",
                PURE,
            )
