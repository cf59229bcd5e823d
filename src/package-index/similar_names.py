"""Prints the projects of an index by whose names it would refuse a new one: SIMPLE_URL PROJECT.

PyPI compares names without their separators, and with letters that look alike as one. Nothing is printed where the
project is there already. The list of all names is read as it comes, and forgotten.
"""

import re
import sys

import requests
from asking import Bounded, TooLong, bounded, no_longer_than, pieces

TIMEOUT = (10, 30)
# All of it, however slowly it comes.
LONGEST_WAIT = 120
LARGEST = 256 << 20
# Of what says whether the project is there, and of what sends elsewhere.
LARGEST_ANSWER = 64 << 10
LONGEST = 4096
LINK = re.compile(r">\s*([A-Za-z0-9._-]+)\s*</a>")


def main() -> None:
    url, project = sys.argv[1:]
    name = re.sub(r"[-_.]+", "-", project).lower()
    with bounded(requests.Session(), Bounded(LARGEST_ANSWER)) as session:
        session.headers["Accept"] = (
            "application/vnd.pypi.simple.v1+html, text/html;q=0.5"
        )
        if session.get(f"{url}{name}/", timeout=TIMEOUT).status_code != 404:
            return
        with session.get(url, timeout=TIMEOUT, stream=True) as answer:
            answer.raise_for_status()
            for each in names_in(pieces(answer, LARGEST)):
                if looks_like(each) == looks_like(name):
                    print(each)


def names_in(parts):
    rest = ""
    for part in parts:
        text = rest + part.decode("ascii", "replace")
        end = 0
        for link in LINK.finditer(text):
            yield link[1]
            end = link.end()
        rest = text[end:][-LONGEST:]


def looks_like(name: str) -> str:
    alone = re.sub(r"[-_.]", "", name.lower())
    return alone.translate(str.maketrans("lio", "110"))


try:
    with no_longer_than(LONGEST_WAIT):
        main()
except (Exception, TooLong) as error:  # noqa: BLE001
    # What can't be known before is told by the upload.
    print(f"{sys.argv[1]}: {type(error).__name__}", file=sys.stderr)
