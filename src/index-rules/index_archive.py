"""Reads of a wheel or an sdist what an index looks at, once, and notes what it refuses of the archive itself."""

import base64
import csv
import dataclasses
import hashlib
import pathlib
import re
import struct
import tarfile
import zipfile
import zlib

# What is read of a member, however large an archive says that it is.
LARGEST = 4 << 20
# PyPI's bounds for what it takes for a bomb.
BOMB_SIZE = 64 << 20
BOMB_RATIO = 50
# How much is shown of what is found.
LARGEST_SHOWN = 3
SHOWN = 80
DATA_DESCRIPTOR = 0x08
END_OF_DIRECTORY = b"PK\5\6"
# What RECORD may have a hash by: SHA-256 or better (the specification of wheels).
STRONG = {
    *("sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"),
    *("blake2b", "blake2s"),
}


@dataclasses.dataclass
class Archive:
    names: "set[str]" = dataclasses.field(default_factory=set)
    # The folder that the licences and the metadata lie in.
    top: str = ""
    metadata: bytes = b""
    entry_points: "bytes | None" = None
    faults: "list[str]" = dataclasses.field(default_factory=list)
    # What it has of the project that no backend makes better, each with what to do.
    own_faults: "list[tuple[str, str]]" = dataclasses.field(default_factory=list)


def read_archive(path: pathlib.Path) -> Archive:
    found = Archive()
    kinds = zipfile.is_zipfile(path), is_tar(path)
    wheel = path.suffix == ".whl"
    if kinds == (True, True):
        found.faults.append("it is a zip archive and a tar archive at once")
    elif kinds != (wheel, not wheel):
        found.faults.append(f"it is no {'zip' if wheel else 'tar'} archive")
    else:
        (read_wheel if wheel else read_sdist)(path, found)
    return found


def is_tar(path: pathlib.Path) -> bool:
    """Python's own question raises what its readers of compressed files raise."""
    try:
        return tarfile.is_tarfile(path)
    except (EOFError, OSError, zlib.error):
        return False


def read_wheel(path: pathlib.Path, found: Archive) -> None:
    found.top = "-".join(path.name.split("-")[:2]) + ".dist-info"
    with zipfile.ZipFile(path) as archive:
        found.names = set(archive.namelist())
        for name in ("WHEEL", "METADATA", "RECORD"):
            if f"{found.top}/{name}" not in found.names:
                found.faults.append(f"it has no `{found.top}/{name}`")
        found.own_faults += own_faults(path, archive)
        found.faults += packed_faults(archive)
        found.faults += framing_faults(path, archive)
        found.faults += record_faults(archive, f"{found.top}/RECORD")
        found.metadata = member(archive, f"{found.top}/METADATA") or b""
        found.entry_points = member(archive, f"{found.top}/entry_points.txt")


def member(
    archive: zipfile.ZipFile, name: str, largest: int = LARGEST
) -> "bytes | None":
    try:
        with archive.open(name) as file:
            return file.read(largest)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, zlib.error):
        return None


def packed_faults(archive: zipfile.ZipFile):
    ways = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    odd = [
        each.filename for each in archive.infolist() if each.compress_type not in ways
    ]
    if odd:
        yield f"`{odd[0]}` in it is packed in another way than deflate"


def own_faults(path: pathlib.Path, archive: zipfile.ZipFile):
    entries = archive.infolist()
    unpacked = sum(each.file_size for each in entries)
    if unpacked > BOMB_SIZE and unpacked > BOMB_RATIO * path.stat().st_size:
        yield (
            f"it unpacks to more than {BOMB_RATIO} times its size, most of it {largest_of(entries)}",
            "Leave out of the package what is so empty, or ship it as an archive that is packed already.",
        )
    long = [each.orig_filename for each in entries if is_too_long(each.orig_filename)]
    if long:
        yield (
            f"the path of a file in it is longer than a system takes (4,096 bytes, 255 for each name): `{long[0][:SHOWN]}\u2026`",
            "Give the file a shorter path.",
        )


def largest_of(entries: "list[zipfile.ZipInfo]") -> str:
    first = sorted(entries, key=lambda each: -each.file_size)[:LARGEST_SHOWN]
    return ", ".join(
        f"`{each.filename}` ({each.file_size / (1 << 20):.1f} MiB)"
        for each in first
        if each.file_size > first[0].file_size / BOMB_RATIO
    )


def framing_faults(path: pathlib.Path, archive: zipfile.ZipFile):
    """What one reader of zip archives would see, and another one not."""
    entries = archive.infolist()
    names = [each.orig_filename for each in entries]
    if len(set(names)) < len(names):
        yield "two files in it have one name"
    if any(re.search(r"[\x00-\x1f\x7f]", each) for each in names):
        yield "the name of a file in it has a character that can't be printed"
    if any(each.comment for each in entries):
        yield "a file in it has a comment"
    if any(each.flag_bits & DATA_DESCRIPTOR for each in entries):
        yield "it was written as a stream: the sizes of its files come after them (data descriptors)"
    if min((each.header_offset for each in entries), default=0) > 0:
        yield "there is something before its first file"
    with path.open("rb") as file:
        file.seek(-22 - len(archive.comment), 2)
        if file.read(4) != END_OF_DIRECTORY:
            yield "there is something after its end"
    try:
        for each in entries:
            archive.open(each).close()
        with path.open("rb") as file:
            walk(file, archive)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield f"its list of files and the files themselves differ ({error})"


LOCAL = struct.Struct("<4s5H3L2H")
# Where the sizes are in a field of their own.
ZIP64 = 0xFFFFFFFF


def walk(file, archive: zipfile.ZipFile) -> None:
    """From file to file, as who reads a stream does: each begins where the one before ends, and says what the list says."""
    at = 0
    for each in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if each.header_offset != at:
            raise zipfile.BadZipFile(f"bytes before {each.filename!r} are in no file")
        file.seek(at)
        head = LOCAL.unpack(file.read(LOCAL.size))
        _, _, flags, way, _, _, check, packed, size, named, extra = head
        said = flags, way, check, packed, size
        listed = each.flag_bits, each.compress_type, each.CRC
        listed += each.compress_size, each.file_size
        streamed = flags & DATA_DESCRIPTOR
        if not streamed and any(
            one not in (other, ZIP64) for one, other in zip(said, listed, strict=True)
        ):
            raise zipfile.BadZipFile(f"{each.filename!r} says otherwise of itself")
        if streamed:
            # Told already, and its length is not known here.
            return
        at += LOCAL.size + named + extra + each.compress_size
    if at != archive.start_dir:
        raise zipfile.BadZipFile("bytes behind the last file are in no file")


def is_too_long(path: str) -> bool:
    """As Linux has it; others take less."""
    if len(path.encode(errors="replace")) > 4096:
        return True
    return any(len(name.encode(errors="replace")) > 255 for name in path.split("/"))


def record_faults(archive: zipfile.ZipFile, place: str):
    """What an installer would write that the wheel does not own up to (the specification of wheels, PyPI since 2026)."""
    text = member(archive, place, BOMB_SIZE)
    if text is None:
        return
    if len(text) == BOMB_SIZE:
        yield "its RECORD is too large to be read"
        return
    rows = csv.reader(text.decode(errors="replace").splitlines())
    listed = {row[0]: row[1] if len(row) > 1 else "" for row in rows if row}
    own = {place, f"{place}.jws", f"{place}.p7s"}
    files = {
        each.filename: each
        for each in archive.infolist()
        if not each.is_dir() and each.filename not in own
    }
    hashed = {each for each, kept in listed.items() if kept.partition("=")[0] in STRONG}
    known = files.keys() & listed.keys()
    yield from first_of(files.keys() - known, "its RECORD does not list {}")
    yield from first_of(
        known - hashed, "its RECORD has no hash of {} by SHA-256 or better"
    )
    yield from first_of(
        (
            each
            for each in known & hashed
            if listed[each] != recorded(archive, files[each], listed[each])
        ),
        "{} in it has other bytes than its RECORD says",
    )
    yield from first_of(
        listed.keys() - own - set(archive.namelist()),
        "its RECORD lists {}, which is not in it",
    )


def first_of(names, what: str):
    """One line however many there are: what builds a wheel so builds all of it so."""
    if found := sorted(names):
        more = f" (and {len(found) - 1} more)" if found[1:] else ""
        yield f"{what.format(f'`{found[0]}`')}{more}"


def recorded(archive: zipfile.ZipFile, each: zipfile.ZipInfo, listed: str) -> str:
    """The hash of a member, written as RECORD has it."""
    kind = listed.partition("=")[0]
    found = hashlib.new(kind)
    try:
        with archive.open(each) as file:
            while chunk := file.read(LARGEST):
                found.update(chunk)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error) as error:
        return f"it can't be read ({error})"
    return f"{kind}={base64.urlsafe_b64encode(found.digest()).decode().rstrip('=')}"


def read_sdist(path: pathlib.Path, found: Archive) -> None:
    sparse = False
    try:
        with tarfile.open(path, "r:gz") as archive:
            for each in archive:
                found.names.add(each.name.removeprefix("./").rstrip("/"))
                sparse = sparse or each.issparse()
                if each.isreg() and re.fullmatch(r"(\./)?[^/]+/PKG-INFO", each.name):
                    found.metadata = archive.extractfile(each).read(LARGEST)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        found.faults.append(f"it can't be read to its end ({error})")
        return
    tops = {each.partition("/")[0] for each in found.names if each != "."}
    if len(tops) != 1:
        found.faults.append(
            f"it has {len(tops)} files and folders at its top, and has to have one folder"
        )
        return
    found.top = tops.pop()
    if f"{found.top}/PKG-INFO" not in found.names:
        found.faults.append(f"it has no `{found.top}/PKG-INFO`")
    if sparse:
        found.faults.append("a file in it is sparse")
