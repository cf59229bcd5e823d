"""What the programs that speak to an index have in common: no secret in what they tell, and no wait without an end."""

import base64
import contextlib
import html
import json
import re
import signal
import urllib.parse

import requests

# Of what an index says: far more than anybody reads.
LONGEST = 600
# Shorter pieces of a form are in words that tell nobody anything.
SHORTEST = 8
# Of a secret that nobody thought of, so many letters stand in no other text.
LONG, PIECE = 64, 16
# An escape in an escape, as often as anybody writes it.
DEEPEST = 6
SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
HEX = "[0-9a-fA-F]"
BYTE = r"\\x"


def utf8(sign: str) -> str:
    """One letter whose bytes are written with this sign."""
    after = f"{sign}[89abAB]{HEX}"
    firsts = enumerate(("[0-7]", "[cdCD]", "[eE]", "[fF]"))
    return "|".join(f"{sign}{first}{HEX}{after * more}" for more, first in firsts)


ESCAPED = re.compile(
    rf"{utf8('%')}|{utf8(BYTE)}|{BYTE}{HEX}{{2}}"
    rf"|\\u[dD][89abAB]{HEX}{{2}}\\u[dD][c-fC-F]{HEX}{{2}}|\\u{HEX}{{4}}"
    r"|\\[\\/\"'bfnrt]"
    rf"|&(?:#[0-9]{{1,14}}|#[xX]{HEX}{{1,14}}|[a-zA-Z0-9]{{2,31}});"
)


class TooLong(BaseException):
    """The time is over; nothing that handles what an index does wrong may take it for that."""


@contextlib.contextmanager
def no_longer_than(seconds: float):
    """A timeout of a connection begins anew with each byte that arrives: this one does not."""

    def end(_signal, _frame) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Bounded(requests.adapters.HTTPAdapter):
    """Reads no more of an answer than so many bytes, however small it was packed, and lets the rest go.

    Who asks for one as it comes reads it alone; of one that sends elsewhere, `requests` would read all before it follows.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def send(self, request, **options) -> requests.Response:
        response = super().send(request, **{**options, "stream": True})
        if response.is_redirect or not options.get("stream"):
            read_bounded(response, self.most)
            response.close()
        return response


def bounded(session: requests.Session, adapter: Bounded) -> requests.Session:
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session


def read_bounded(response: requests.Response, most: int) -> bool:
    """Reads no more of an answer than so many bytes, and says whether that is all of it."""
    content = b"".join(pieces(response, most))
    # As if it had been read without a limit.
    response._content = content[:most]
    return len(content) <= most


def pieces(response: requests.Response, most: int):
    """The parts of an answer, up to the one that is too much."""
    for part in response.iter_content(1 << 14):
        yield part
        most -= len(part)
        if most < 0:
            return


def one_line(text: str) -> str:
    """What somebody else said, as a line that moves no terminal and fills no report."""
    line = " ".join(text.split())[:LONGEST]
    return "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line
    )


def reason(error: BaseException) -> str:
    """What broke; where that is a reader of an answer, its kind alone, as it may quote a part by which no secret is known."""
    quotes = isinstance(error, (ValueError, requests.exceptions.ChunkedEncodingError))
    return (not quotes and str(error)) or type(error).__name__


class Secrets:
    """Takes secrets out of a text, in every form in which one travels: an index may echo what it was sent."""

    def __init__(self) -> None:
        self.forms: set[str] = set()
        # Those of bytes: mail, or whoever writes as it does, breaks them into lines.
        self.encoded: set[str] = set()
        self.pieces: set[str] = set()

    def hide(self, secret: str, user: str) -> None:
        """A secret, alone and as it goes with a user; of a long one each piece as well, as who quotes it may cut it."""
        for text in (secret, f"{user}:{secret}") if secret else ():
            forms, coded = {text, *written(text)}, in_bytes(text)
            self.forms |= forms
            self.encoded |= coded
            if text == secret and len(secret) >= LONG:
                self.pieces |= {each for form in forms | coded for each in cut(form)}

    def redact(self, text: str) -> str:
        spans = set()
        for reading in readings(text):
            whole = unbroken(reading)
            spans.update(found_in(reading, self.forms))
            spans.update(found_in(whole, self.encoded))
            spans.update(pieces_in(whole, self.pieces))
        return without(text, sorted(spans))


class Reading:
    """Letters as somebody may read them, and from where to where each of them stands in the text."""

    def __init__(self, letters: str, places: "list[tuple[int, int]]") -> None:
        self.letters, self.places = letters, places

    def span(self, start: int, length: int) -> "tuple[int, int]":
        return self.places[start][0], self.places[start + length - 1][1]


def readings(text: str):
    """As it stands, and with what is escaped in it as what it means, again and again: an address in an address is encoded twice."""
    reading = Reading(text, [(at, at + 1) for at in range(len(text))])
    for _ in range(DEEPEST):
        yield reading
        if not ESCAPED.search(reading.letters):
            return
        reading = unescaped(reading)


def unescaped(reading: Reading) -> Reading:
    letters, places, at = [], [], 0
    for found in ESCAPED.finditer(reading.letters):
        meant = meaning(found[0])
        letters += [reading.letters[at : found.start()], meant]
        places += reading.places[at : found.start()]
        places += [reading.span(found.start(), len(found[0]))] * len(meant)
        at = found.end()
    letters.append(reading.letters[at:])
    return Reading("".join(letters), places + reading.places[at:])


def meaning(escaped: str) -> str:
    if escaped.startswith("&"):
        return html.unescape(escaped)
    if escaped.startswith(r"\u"):
        units = bytes.fromhex(re.sub(r"\\u", "", escaped))
        return units.decode("utf-16-be", "surrogatepass")
    if escaped.startswith(("%", r"\x")):
        content = bytes.fromhex(re.sub(r"%|\\x", "", escaped))
        return content.decode("latin-1" if len(content) == 1 else "utf-8", "replace")
    return SHORT.get(escaped[1], escaped[1])


def unbroken(reading: Reading) -> Reading:
    kept = [at for at, each in enumerate(reading.letters) if not each.isspace()]
    if len(kept) == len(reading.letters):
        return reading
    letters = "".join(reading.letters[at] for at in kept)
    return Reading(letters, [reading.places[at] for at in kept])


def found_in(reading: Reading, forms: "set[str]"):
    for form in forms:
        at = reading.letters.find(form)
        while at >= 0:
            yield reading.span(at, len(form))
            at = reading.letters.find(form, at + 1)


def pieces_in(reading: Reading, pieces: "set[str]"):
    for at in range(len(reading.letters) - PIECE + 1) if pieces else ():
        if reading.letters[at : at + PIECE] in pieces:
            yield reading.span(at, PIECE)


def cut(form: str) -> "set[str]":
    return {form[at : at + PIECE] for at in range(len(form) - PIECE + 1)}


def without(text: str, spans: "list[tuple[int, int]]") -> str:
    """In one go: what is written in the place of one form is never taken for another."""
    parts, done = [], 0
    for start, end in spans:
        if start >= done:
            parts += [text[done:start], "***"]
        done = max(done, end)
    return "".join([*parts, text[done:]])


def written(text: str) -> "set[str]":
    """As it stands in an address, a form, JSON, a page or what Python shows of it, where that is not read as what it means."""
    return {
        urllib.parse.quote(text, errors="surrogatepass"),
        urllib.parse.quote(text, safe="", errors="surrogatepass"),
        urllib.parse.quote_plus(text, errors="surrogatepass"),
        *(json.dumps(text, ensure_ascii=each)[1:-1] for each in (True, False)),
        html.escape(text),
        repr(text)[1:-1],
    }


def in_bytes(text: str) -> "set[str]":
    """In base64 and in hexadecimal digits; as a header has what is no ASCII, too."""
    ways = (text.encode("utf-8", "surrogatepass"), text.encode("latin-1", "replace"))
    return {each for content in ways for each in encoded(content)}


def encoded(content: bytes) -> "set[str]":
    """In base64 also behind up to two bytes of something else."""
    forms = set()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        forms.add(encode(content).decode())
        for before in range(3):
            text = encode(bytes(before) + content).decode()
            # The letters at either end are made of its neighbours as well.
            forms.add(text[-(-before * 8 // 6) : (before + len(content)) * 8 // 6])
    forms |= {content.hex(), content.hex().upper()}
    return {each for each in forms if len(each) >= SHORTEST}
