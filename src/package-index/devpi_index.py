"""Prints where the devpi that takes uploads at URL lists them, and nothing where it is none.

A devpi tells it under `+api`: it is the one index whose uploads and pages have no common form of address.
"""

import sys

import requests

TIMEOUT = (5, 10)
LARGEST = 1 << 16


def main() -> None:
    url = sys.argv[1].rstrip("/") + "/"
    try:
        with requests.get(
            f"{url}+api", timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as response:
            text = next(response.iter_content(LARGEST), b"") if response.ok else b""
    except requests.RequestException:
        return
    # Its own word for where that is names the host by which it knows itself.
    if b'"apiconfig"' in text and b'"simpleindex"' in text:
        print(f"{url}+simple/", end="")


main()
