"""Writes a repository that answers about a commit as the whole one would: COMMIT REPOSITORY OUT [TAG].

It has the files of the commit and of its parents, all commits before it and the tags among them, and nothing
of other branches, of who cloned it or how git packed it: the same commit and tags give the same bytes.
With TAG, that is the one tag of the commit, whatever others it has: who reads the version there reads the one that is released.
"""

import pathlib
import sys
import zlib

from dulwich.errors import ChecksumMismatch, FileFormatException
from dulwich.objects import Tag, Tree, valid_hexsha
from lenient import Repo

# What is not there, and what a broken disk or an interrupted fetch left.
UNREADABLE = (KeyError, ChecksumMismatch, FileFormatException, zlib.error)

CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = false\n"


def commits(store, start):
    """A commit and what came before it, as far as the clone goes back."""
    found, left = {}, [start]
    while left:
        each = left.pop()
        if each not in found and each in store:
            found[each] = store[each]
            left.extend(found[each].parents)
    return found


def chain(store, tag):
    """The tag objects from a ref down to what they stand for; none where one of them can't be read, which git passes over."""
    if not valid_hexsha(tag):
        return []
    try:
        found = [store[tag]]
        while isinstance(found[-1], Tag):
            found.append(store[found[-1].object[1]])
    except UNREADABLE:
        return []
    return found


def files(store, trees):
    """What of the files a clone has: a partial one has not fetched all of them."""
    found, left = set(), set(trees)
    while left:
        each = left.pop()
        if each in found or each not in store:
            continue
        found.add(each)
        if isinstance(store[each], Tree):
            left |= {entry.sha for entry in store[each].items()}
    return {each: store[each] for each in found}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)


def main(commit, directory, out, tag=None):
    out.mkdir(parents=True)
    write(out / "HEAD", commit + b"\n")
    write(out / "config", CONFIG.encode())
    (out / "objects").mkdir()
    (out / "refs").mkdir()
    with Repo(directory) as old, Repo(str(out), bare=True) as new:
        store = old.object_store
        history = commits(store, commit)
        # What a commit changed is asked of its parents' files.
        trees = [commit, *history[commit].parents]
        shown = [history[each].tree for each in trees if each in history]
        objects = {**history, **files(store, shown)}
        tags = []
        for name, sha in sorted(old.refs.as_dict(b"refs/tags").items()):
            *above, last = chain(store, sha) or [None]
            if last is None:
                continue
            told = tag is not None and (last.id == commit or name == tag)
            if last.id in history and not told:
                objects.update((each.id, each) for each in above)
                tags.append(sha + b" refs/tags/" + name + b"\n")
        if tag is not None:
            tags.append(commit + b" refs/tags/" + tag + b"\n")
        for sha in sorted(objects):
            new.object_store.add_object(objects[sha])
        write(out / "packed-refs", b"".join(tags))
        ends = sorted(each for each in old.get_shallow() if each in history)
        if ends:
            write(out / "shallow", b"".join(each + b"\n" for each in ends))


main(
    sys.argv[1].encode(),
    sys.argv[2],
    pathlib.Path(sys.argv[3]),
    *(each.encode() for each in sys.argv[4:]),
)
