"""Starts a server, and asks for a page and for each asset that it names: SECONDS PORT PATH COMMAND...

It has so many seconds until it answers at all.
"""

import html.parser
import http.client
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

LARGEST = 64 << 20  # of one page or style sheet
MOST = 1000  # assets
PATIENCE = 300  # seconds for all of them
CHUNK = 1 << 16
# What a browser leaves as it is (the URL standard's path and query), `%` too.
KEPT = "%/:?#[]@!$&'()*+,;=~|^"
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


def get(url, end=None):
    """Status, kind and text of what is at an address; a text only where it names more."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            kept = read(answer, kind in ("text/html", "text/css"), end)
            return answer.status, kind, kept
    except urllib.error.HTTPError as error:
        return error.code, "", b""


def read(answer, keep, end):
    """All of an answer, as a browser fetches it; `read1` gives what came so far, so that no drip outlasts the clock."""
    kept, length = [], 0
    while chunk := answer.read1(CHUNK):
        length += len(chunk)
        if keep and length <= LARGEST:
            kept.append(chunk)
        if end is not None and time.monotonic() > end:
            raise TimeoutError("it did not end in time")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(kept)


def quoted(url):
    """An address as browsers send it: blanks and letters beyond ASCII are quoted."""
    return urllib.parse.quote(url.strip(" \t\r\n\f"), safe=KEPT)


def last_words(log):
    log.seek(max(0, log.seek(0, 2) - LAST_WORDS))
    return log.read().decode(errors="replace")


def wait(url, server, log, patience):
    end = time.monotonic() + patience
    while True:
        try:
            return get(url)
        except (OSError, http.client.HTTPException) as error:
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
    for each in found:
        try:
            whole = urllib.parse.urljoin(url, quoted(each))
            parts = urllib.parse.urlsplit(urllib.parse.urldefrag(whole)[0])
        except ValueError as error:
            yield each, f"is no address: {error}"
            continue
        if parts.scheme in ("http", "https") and parts.netloc == host:
            yield parts.geturl(), None


def is_page(body):
    """Whether a browser that asked for a script, a style sheet or a picture got a page; some servers call everything one."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n\f")[:9].lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body"))


def asked(url, end):
    try:
        status, kind, body = get(url, end)
        return (None if status == 200 else f"answered {status}"), kind, body
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"did not answer: {type(error).__name__}: {error}", "", b""


def visit(url, first):
    """What is wrong by address (or None), of a page, its assets and what its style sheets name."""
    end = time.monotonic() + PATIENCE
    status, kind, body = first
    found = {url: None if status == 200 else f"answered {status}"}
    todo = list(named(kind, body, url))
    while todo:
        each, wrong = todo.pop(0)
        if each in found:
            continue
        if len(found) > MOST:
            found[each] = (
                f"is one asset more than {MOST}, and none after it was asked for"
            )
            break
        if time.monotonic() > end:
            found[each] = f"was not asked for: all assets together took {PATIENCE} s"
            break
        body = b""
        if wrong is None:
            wrong, kind, body = asked(each, end)
            if wrong is None and kind == "text/html" and is_page(body):
                wrong = "answered with a page: it is not there, and the server answers every address with one"
        found[each] = wrong
        if body and kind == "text/css":
            todo.extend(named(kind, body, each))
    return found


def main():
    patience, port, path, *command = sys.argv[1:]
    url = f"http://127.0.0.1:{port}{path}"
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            found = visit(url, wait(url, server, log, float(patience)))
        finally:
            server.kill()
            server.wait()
    wrong = [f"{each} {problem}" for each, problem in found.items() if problem]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{path} and the {len(found) - 1} assets it names answered 200")


main()
