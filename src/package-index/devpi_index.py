"""Prints where the devpi that takes uploads at URL lists them, and nothing where it is none.

A devpi tells it under `+api`: it is the one index whose uploads and pages have no common form of address.
"""

import sys

import requests
from asking import TooLong, no_longer_than, read_bounded

TIMEOUT = (5, 10)
# All of the answer, however slowly it comes.
LONGEST_WAIT = 20
LARGEST = 1 << 16


def main() -> None:
    url = sys.argv[1].rstrip("/") + "/"
    try:
        with (
            no_longer_than(LONGEST_WAIT),
            requests.get(
                f"{url}+api", timeout=TIMEOUT, allow_redirects=False, stream=True
            ) as response,
        ):
            read_bounded(response, LARGEST)
            text = response.content if response.ok else b""
    # Whatever answers there may answer anything.
    except (Exception, TooLong):  # noqa: BLE001
        return
    # Its own word for where that is names the host by which it knows itself.
    if b'"apiconfig"' in text and b'"simpleindex"' in text:
        print(f"{url}+simple/", end="")


if __name__ == "__main__":
    main()
