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
    """Reads no more of an answer than so many bytes, however small it was packed, and lets the rest go."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def send(self, request, **options) -> requests.Response:
        response = super().send(request, **{**options, "stream": True})
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


class Secrets:
    """Takes secrets out of a text, in every form in which one travels: an index may echo what it was sent."""

    def __init__(self) -> None:
        # A pattern for each form, and how long that is.
        self.forms: dict[str, int] = {}

    def hide(self, secret: str, user: str) -> None:
        """A secret, alone and as it goes with a user."""
        for text in (secret, f"{user}:{secret}") if secret else ():
            self.forms[by_letters(text)] = len(text)
            for each in (text, *written(text)):
                self.forms[re.escape(each)] = len(each)
            # As a header has what is no ASCII, too.
            for content in (text.encode(), text.encode("latin-1", "replace")):
                for each in encoded(content):
                    self.forms[in_lines(each)] = len(each)

    def redact(self, text: str) -> str:
        if not self.forms:
            return text
        forms = sorted(self.forms, key=lambda each: self.forms[each], reverse=True)
        # In one go: what is written in the place of one form is never taken for another.
        return re.sub("|".join(forms), "***", text)


def by_letters(text: str) -> str:
    """Whatever each letter is written as: an address in an address is encoded twice, and who is careful encodes what need not be."""
    return "".join(f"(?:{'|'.join(sorted(ways(each)))})" for each in text)


def ways(letter: str) -> "set[str]":
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    code = ord(letter)
    # Two backslashes for one could be read in ever more ways, the more there are.
    escaped = letter if letter == "\\" else json.dumps(letter)[1:-1]
    return {
        *map(re.escape, {letter, escaped, html.escape(letter)}),
        "".join(
            f"%(?:25){{0,3}}(?i:{each:02x})"
            for each in letter.encode("utf-8", "surrogatepass")
        ),
        "".join(
            rf"\\{{1,4}}u(?i:{units[at : at + 4]})" for at in range(0, len(units), 4)
        ),
        *({rf"\\{{1,4}}x(?i:{code:02x})"} if code < 256 else ()),
        f"&(?:amp;){{0,2}}#(?:0{{0,6}}{code}|(?i:x0{{0,6}}{code:x}));",
    }


def in_lines(text: str) -> str:
    """Wherever mail, or whoever writes as it does, breaks the line."""
    return r"(?:\s|\\[rn]){0,4}".join(map(re.escape, text))


def written(text: str) -> "set[str]":
    """As it stands in an address, a form, JSON, a page or what Python shows of it."""
    quoted = {
        urllib.parse.quote(text),
        urllib.parse.quote(text, safe=""),
        urllib.parse.quote_plus(text),
    }
    return {
        *quoted,
        *(re.sub("%..", lambda each: each[0].lower(), each) for each in quoted),
        *in_json(text),
        *(html.escape(text, quote=each) for each in (True, False)),
        repr(text)[1:-1],
    }


def in_json(text: str) -> "set[str]":
    """Each of the ways in which writers of JSON differ: what is no ASCII, and a slash."""
    forms = {json.dumps(text, ensure_ascii=each)[1:-1] for each in (True, False)}
    return forms | {each.replace("/", "\\/") for each in forms}


def encoded(content: bytes) -> "set[str]":
    """In base64 and in hexadecimal digits; in base64 also behind up to two bytes of something else."""
    forms = set()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        whole = encode(content).decode()
        forms |= {whole, urllib.parse.quote(whole, safe="")}
        for before in range(3):
            text = encode(bytes(before) + content).decode()
            # The letters at either end are made of its neighbours as well.
            forms.add(text[-(-before * 8 // 6) : (before + len(content)) * 8 // 6])
    forms |= {content.hex(), content.hex().upper()}
    return {each for each in forms if len(each) >= SHORTEST}
