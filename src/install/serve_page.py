"""What a browser fetches for a page by itself: on whatever screen, and where scripts run."""

import html.parser
import re

from serve_styles import in_styles

# What of a tag is an address, and what a browser takes from there: a page of its own, data in any form, or what it names.
TAGS = {
    "img": (("src", "image"),),
    "image": (("src", "image"), ("href", "image"), ("xlink:href", "image")),
    "feimage": (("href", "image"), ("xlink:href", "image")),
    "use": (("href", "image"), ("xlink:href", "image")),
    "video": (("src", "media"), ("poster", "image")),
    "audio": (("src", "media"),),
    "track": (("src", "media"),),
    "iframe": (("src", "page"),),
    "frame": (("src", "page"),),
    "embed": (("src", "page"),),
    "object": (("data", "page"),),
    **dict.fromkeys(("body", "table", "td", "th"), (("background", "image"),)),
}
RELATIONS = {
    "icon": "image",
    "apple-touch-icon": "image",
    "modulepreload": "module",
    "manifest": "data",
}
PRELOADED = {
    **dict.fromkeys(("font", "track", "audio", "video"), "media"),
    **dict.fromkeys(("fetch", "json"), "data"),
    **{each: each for each in ("script", "style", "image")},
}
# The standard of HTML runs nothing else.
SCRIPT = re.compile(
    r"(?:text|application)/(?:x-)?(?:java|ecma|j|live)script(?:1\.\d)?$"
)
# An address may have commas; the one behind it is none of it.
CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])[^,]*")
PARENTS = ("picture", "video", "audio")


class Page(html.parser.HTMLParser):
    """What a page names, each with what a browser takes from there."""

    # What is in them is text.
    CDATA_CONTENT_ELEMENTS = (
        *("script", "style", "title", "textarea", "xmp"),
        *("noscript", "iframe", "noembed", "noframes"),
    )

    def __init__(self):
        super().__init__()
        self.assets = []
        self.base = None
        self.sheet = None
        # Of each open template, whether its contents wait for a script.
        self.templates = []
        self.parents = []

    def handle_starttag(self, tag, pairs):
        # Of two attributes of one name the first counts.
        its = {name: value or "" for name, value in reversed(pairs)}
        if tag == "template":
            waits = its.get("shadowrootmode", "").lower() not in ("open", "closed")
            self.templates.append(waits)
        if any(self.templates):
            return
        if tag in PARENTS:
            self.parents.append(tag)
        if tag == "style" and is_css(its):
            self.sheet = []
        if tag == "base" and self.base is None:
            self.base = its.get("href")
        self.assets.extend(in_styles(its.get("style", "")))
        self.assets.extend(named_by(tag, its, self.parents[-1:]))

    def handle_endtag(self, tag):
        if tag == "template":
            self.templates = self.templates[:-1]
        if tag in self.parents:
            self.parents.remove(tag)
        if tag == "style" and self.sheet is not None:
            self.assets.extend(in_styles("".join(self.sheet)))
            self.sheet = None

    def handle_data(self, data):
        if self.sheet is not None:
            self.sheet.append(data)


def named_by(tag, its, parent):
    """Address, and what is taken from there, of all that a tag names."""
    if tag == "script":
        yield from script(its)
    if tag == "link":
        yield from linked(its)
    if tag == "img" or (tag == "source" and parent == ["picture"]):
        yield from candidates(its.get("srcset", ""))
    if tag == "source" and parent in (["video"], ["audio"]):
        yield its.get("src", ""), "media"
    if tag == "input" and its.get("type", "").lower() == "image":
        yield its.get("src", ""), "image"
    if tag == "iframe" and "srcdoc" in its:
        return
    for name, wants in TAGS.get(tag, ()):
        yield its.get(name, ""), wants


def script(its):
    kind = its.get("type", "").strip().lower()
    if kind == "module":
        yield its.get("src", ""), "module"
    elif "nomodule" not in its and (not kind or SCRIPT.match(kind)):
        yield its.get("src", ""), "script"


def linked(its):
    relations, kind = its.get("rel", "").lower().split(), its.get("as", "").lower()
    address = its.get("href", "")
    if "stylesheet" in relations and "disabled" not in its and is_css(its):
        yield address, "style"
    if "preload" in relations and kind in PRELOADED:
        yield address, PRELOADED[kind]
        yield from candidates(its.get("imagesrcset", "") if kind == "image" else "")
    for each in relations:
        if each in RELATIONS:
            yield address, RELATIONS[each]


def candidates(sources):
    for found in CANDIDATE.finditer(sources):
        yield found[1], "image"


def is_css(its):
    """Whether a browser takes it for a style sheet; other kinds are for scripts that read them."""
    return its.get("type", "").split(";")[0].strip().lower() in ("", "text/css")
