"""Starts a server, and asks for a page and for each asset that it names: SECONDS PORT PATH COMMAND...

It has so many seconds until it answers at all.
"""

import html.parser
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

LARGEST = 64 << 20  # of one page or asset
LAST_WORDS = 1 << 16
ASSETS = {
    "script": "src",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "link": "href",
}
RELATIONS = {
    "stylesheet",
    "icon",
    "shortcut",
    "preload",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.assets = []

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        url = attributes.get(ASSETS.get(tag, ""))
        wanted = tag != "link" or RELATIONS & set(
            (attributes.get("rel") or "").lower().split()
        )
        if url and wanted:
            self.assets.append(url)


def get(url):
    """Status, kind and text of what is at an address."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return (
                answer.status,
                answer.headers.get_content_type(),
                answer.read(LARGEST),
            )
    except urllib.error.HTTPError as error:
        return error.code, "", b""


def last_words(log):
    log.seek(max(0, log.seek(0, 2) - LAST_WORDS))
    return log.read().decode(errors="replace")


def wait(url, server, log, patience):
    end = time.monotonic() + patience
    while True:
        try:
            return get(url)
        except OSError as error:
            if server.poll() is not None:
                sys.exit(
                    f"the server ended before it answered, with exit code {server.returncode}:\n{last_words(log)}"
                )
            if time.monotonic() > end:
                sys.exit(
                    f"no answer from {url} in {patience:g} s, which `serve` in `[tool.shipwheel.limits]` changes: {error}. "
                    f"Does it listen on the port that `tool.shipwheel.serve` names?\n{last_words(log)}"
                )
            time.sleep(0.2)


def named(kind, body, url):
    text = body.decode(errors="replace")
    if kind == "text/html":
        page = Page()
        page.feed(text)
        found = page.assets
    elif kind == "text/css":
        found = re.findall(r"url\(\s*['\"]?([^'\")]+)", text)
    else:
        found = []
    host = urllib.parse.urlsplit(url).netloc
    for each in (
        urllib.parse.urldefrag(urllib.parse.urljoin(url, each))[0] for each in found
    ):
        parts = urllib.parse.urlsplit(each)
        if parts.scheme in ("http", "https") and parts.netloc == host:
            yield each


def visit(url, first):
    """Status by address, of a page, its assets and what its style sheets name."""
    found, todo = {url: first}, list(named(first[1], first[2], url))
    while todo:
        each = todo.pop(0)
        if each not in found:
            found[each] = get(each)
            if found[each][1] == "text/css":
                todo.extend(named("text/css", found[each][2], each))
    return {each: status for each, (status, _, _) in found.items()}


def main():
    patience, port, path, *command = sys.argv[1:]
    url = f"http://127.0.0.1:{port}{path}"
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            statuses = visit(url, wait(url, server, log, float(patience)))
        finally:
            server.kill()
            server.wait()
    wrong = [
        f"{each} answered {status}"
        for each, status in statuses.items()
        if status != 200
    ]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{path} and the {len(statuses) - 1} assets it names answered 200")


main()
