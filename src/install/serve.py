"""Starts a server, and asks for a page and for each asset that it names: SECONDS PORT PATH COMMAND...

It has so many seconds until it answers at all.
"""

import http.client
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from serve_page import SCRIPT, Page
from serve_styles import in_styles

LARGEST = 64 << 20  # of one page or style sheet
MOST = 1000  # style sheets, which may name one another for ever
PATIENCE = 300  # seconds for all of them
CHUNK = 1 << 16
MOMENT = 0.5  # seconds
# What a browser leaves as it is (the URL standard's path and query), `%` too.
KEPT = "%/:?#[]@!$&'()*+,;=~|^"
BLANKS = " \t\r\n\f"
LAST_WORDS = 1 << 16
# By the standard of MIME sniffing it is neither run nor applied.
JSON = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?json$")


class Elsewhere(Exception):
    """An answer sends to another host, which is not the package's to answer for."""


class Within(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, *answer):
        target = answer[-1]
        if urllib.parse.urlsplit(target).netloc != request.host:
            raise Elsewhere(target)
        return super().redirect_request(request, *answer)


BROWSER = urllib.request.build_opener(Within, urllib.request.ProxyHandler({}))


def get(url, end=None):
    """Status, kind and text of what is at an address; a text only where it names more."""
    try:
        with BROWSER.open(url, timeout=30) as answer:
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
    return urllib.parse.quote(url.strip(BLANKS), safe=KEPT)


def last_words(log):
    log.seek(max(0, log.seek(0, 2) - LAST_WORDS))
    return log.read().decode(errors="replace")


def wait(url, server, log, patience):
    end = time.monotonic() + patience
    while True:
        try:
            # A page without an end is none.
            return get(url, end)
        except Elsewhere as target:
            sys.exit(
                f"{url} sends to another host, `{target}`, whose page is not the package's. "
                "Name a page of its own as `path` in `[tool.shipwheel.serve]`."
            )
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
    """Address, what is wrong with it, and what is taken from there, of all that is on the same host."""
    text, base, found = body.decode(errors="replace"), url, []
    if kind == "text/html":
        page = Page()
        page.feed(text)
        found = page.assets
        base = urllib.parse.urljoin(url, quoted(page.base or ""))
    elif kind == "text/css":
        found = in_styles(text)
    host = urllib.parse.urlsplit(url).netloc
    for each, wants in found:
        # What is in the page itself is there.
        if each.strip(BLANKS)[:1] in ("", "#"):
            continue
        try:
            whole = urllib.parse.urljoin(base, quoted(each))
            parts = urllib.parse.urlsplit(urllib.parse.urldefrag(whole)[0])
        except ValueError as error:
            yield each, f"is no address: {error}", wants
            continue
        if parts.scheme in ("http", "https") and parts.netloc == host:
            yield parts.geturl(), None, wants


def is_page(body):
    """Whether a browser that asked for a script, a style sheet or a picture got a page; some servers call everything one."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n\f")[:9].lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body"))


def useless(kind, body, wants):
    """Why a browser makes nothing of what was answered."""
    if wants == "page":
        return None
    if kind == "text/html" and is_page(body):
        return "answered with a page: it is not there, and the server answers every address with one"
    if wants != "data" and JSON.match(kind):
        return (
            f"answered with `{kind}`: it is not there, and the server says so with 200"
        )
    if wants == "style" and kind != "text/css":
        return f"answered with `{kind}`, which no browser takes for a style sheet: that is `text/css`"
    if wants == "module" and not SCRIPT.match(kind):
        return f"answered with `{kind}`, which no browser runs as a module: that is `text/javascript`"
    return None


def asked(url, end, wants):
    try:
        status, kind, body = get(url, end)
    except Elsewhere:
        return None, "", b""
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"did not answer: {type(error).__name__}: {error}", "", b""
    wrong = None if status == 200 else f"answered {status}"
    return wrong or useless(kind, body, wants), kind, body


def visit(url, first):
    """What is wrong by address (or None), of a page, its assets and what its style sheets name."""
    end = time.monotonic() + PATIENCE
    status, kind, body = first
    found, sheets = {url: of_page(status, body, kind)}, 0
    todo = list(named(kind, body, url))
    while todo:
        each, wrong, wants = todo.pop(0)
        if each in found:
            continue
        if sheets > MOST:
            found[each] = (
                f"comes after {MOST} style sheets, and nothing after it was asked for"
            )
            break
        if time.monotonic() > end:
            found[each] = f"was not asked for: all assets together took {PATIENCE} s"
            break
        body = b""
        if wrong is None:
            wrong, kind, body = asked(each, end, wants)
        found[each] = wrong
        if body and kind == "text/css":
            sheets += 1
            todo.extend(named(kind, body, each))
    return found


def exit_code(server):
    """Of a server that ends with its first answer; one that serves is given a moment to show it."""
    try:
        return server.wait(MOMENT)
    except subprocess.TimeoutExpired:
        return None


def of_page(status, body, kind):
    if status != 200:
        return f"answered {status}"
    return (
        "answered with a page of 0 bytes" if kind == "text/html" and not body else None
    )


def main():
    patience, port, path, *command = sys.argv[1:]
    url = f"http://127.0.0.1:{port}{path}"
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            found = visit(url, wait(url, server, log, float(patience)))
            ended = exit_code(server)
        finally:
            server.kill()
            server.wait()
    wrong = [f"{each} {problem}" for each, problem in found.items() if problem]
    if wrong:
        sys.exit("\n".join(wrong))
    if ended is not None:
        sys.exit(f"the server ended after it had answered, with exit code {ended}")
    print(f"{path} and the {len(found) - 1} assets it names answered 200")


main()
