"""Prints in Markdown, as GitHub reads it, what a text in reStructuredText says: FILE."""

import pathlib
import re
import sys

from docutils import nodes, utils
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, languages, roles

LONGEST_LINE = 10_000
SETTINGS = {
    "_disable_config": True,
    "doctitle_xform": False,
    "sectsubtitle_xform": False,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "syntax_highlight": "none",
    "line_length_limit": LONGEST_LINE,
    "report_level": 5,
    "halt_level": 5,
}
ALERTS = {
    "note": "NOTE",
    "tip": "TIP",
    "hint": "TIP",
    "important": "IMPORTANT",
    "warning": "WARNING",
    "attention": "WARNING",
    "caution": "CAUTION",
    "danger": "CAUTION",
    "error": "CAUTION",
}
# What GitHub makes a link of by itself, and what is read as it stands; other roles of Sphinx name code.
NUMBERS = re.compile(r"(gh-?)?(issues?|prs?|pull(-?request)?|bug|ticket)|gh|github")
USERS = {"user", "ghuser", "gh-user", "author"}
WORDS = {
    *("abbr", "any", "commit", "cve", "cwe", "dfn", "doc", "download"),
    *("guilabel", "kbd", "keyword", "menuselection", "numref", "ref", "term"),
}
VERSIONS = {
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
}
# Where a reader of notes may be led; what a browser would run is not among it.
LINKS = re.compile(r"(https?|ftp|mailto):|[^:]*$", re.IGNORECASE)
# What moves a terminal or turns the direction of a text; a substitution may bring any character.
CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# What Markdown would make markup, a link or a character of.
MARKUP = re.compile(
    r"[*<`]|\\(?=[!-/:-@\[-`{-~])|\](?=[(\[:])|&(?=#?\w+;)|~~"
    r"|(?<![^\W_])_+|_+(?![^\W_])"
)
# What begins a heading, a quotation, a list, a table, a rule or a block of code there.
OPENING = re.compile(
    r"^([ \t]*)(?:(#{1,6}|[-+])(?=\s|$)|(>|~~~)|(\d{1,9})(?=[.)](?:\s|$))|(?=[-=:|][-=:| \t]*$))",
    re.MULTILINE,
)
# A role's name is short; in what is not, there is none to look for.
LONGEST_ROLE = 100
NOTHING = (
    *(nodes.comment, nodes.target, nodes.substitution_definition),
    *(nodes.system_message, nodes.pending, nodes.raw, nodes.decoration),
)
AS_WRITTEN = (nodes.literal, nodes.math, nodes.title_reference, nodes.problematic)


def role(name, rawtext, text, lineno, inliner, options=None, content=None):
    """A role that is not of docutils: what a reader of the page would see of it."""
    text = utils.unescape(text)
    titled = re.fullmatch(r"(.+?)\s*<.+>", text, re.DOTALL)
    kind = name.split(":")[-1].lower()
    if titled:
        return [nodes.Text(titled[1])], []
    if NUMBERS.fullmatch(kind):
        numbers = [each.strip().lstrip("#") for each in text.split(",")]
        shown = [f"#{each}" if each.isdigit() else each for each in numbers]
        return [nodes.Text(", ".join(shown))], []
    if kind in USERS:
        return [nodes.Text(f"@{text.lstrip('@')}")], []
    if kind in WORDS:
        return [nodes.Text(text.rsplit("/", 1)[-1] if kind == "doc" else text)], []
    code = text.lstrip("!.")
    if code.startswith("~"):
        code = code[1:].rsplit(".", 1)[-1]
    if kind in ("func", "meth") and not code.endswith(")"):
        code += "()"
    return [nodes.literal(rawtext, code)], []


class Unknown(Directive):
    """A directive that is not of docutils: what it says of a version, and what is in it."""

    optional_arguments = 100
    final_argument_whitespace = True
    has_content = True

    def run(self):
        said = " ".join(self.arguments)
        version, _, rest = said.partition(" ")
        found = nodes.container()
        if self.name in VERSIONS:
            line, _ = self.state.inline_text(rest, self.lineno)
            strong = nodes.strong("", f"{VERSIONS[self.name]} {version}:")
            found += nodes.paragraph("", "", strong, nodes.Text(" "), *line)
        self.state.nested_parse(self.content, self.content_offset, found)
        return [found]


def role_names(text):
    for run in re.finditer(r"(?<![\w.+:-])[\w.+:-]+", text):
        if text[run.end() : run.end() + 1] == "`":
            end = run[0][-LONGEST_ROLE:]
            yield from re.findall(r":((?:[A-Za-z][\w.+-]*:)*[A-Za-z][\w.+-]*):$", end)


def register(text):
    """docutils refuses what it does not know, and a changelog is written for Sphinx."""
    language, document = languages.get_language("en"), utils.new_document("notes")
    document.settings.report_level = document.settings.halt_level = 5
    for name in set(role_names(text)):
        if roles.role(name, language, 0, document.reporter)[0] is None:
            roles.register_local_role(name, role)
    for name in set(re.findall(r"^\s*\.\. +([\w:-]+?)::(?:\s|$)", text, re.MULTILINE)):
        if directives.directive(name, language, document)[0] is None:
            directives.register_directive(name, Unknown)


def inline(node):
    text = "".join(map(piece, node.children))
    # Who writes Markdown's link to a page means it.
    return re.sub(r"\\\](?=\(https?://)", "]", text)


def piece(node):
    if isinstance(node, nodes.Text):
        return MARKUP.sub(lambda mark: escaped(mark[0]), node.astext())
    if isinstance(node, NOTHING):
        return ""
    if isinstance(node, AS_WRITTEN):
        return code(node.astext())
    if isinstance(node, nodes.strong):
        return f"**{inline(node)}**"
    if isinstance(node, nodes.emphasis):
        return f"*{inline(node)}*"
    if isinstance(node, nodes.image):
        return image(node)
    if isinstance(node, nodes.reference) and node.get("refuri"):
        text, to = inline(node), node["refuri"]
        if not LINKS.match(to):
            return text
        return to if node.astext() == to else f"[{text}]({target(to)})"
    return inline(node)


def escaped(marks):
    return "".join(f"\\{mark}" for mark in marks)


def line(node):
    """A text by itself, of which no line begins what it is not."""
    return OPENING.sub(opened, inline(node))


def opened(found):
    space, *_, number = found.groups()
    rest = found[0][len(space) :]
    return f"{space}{number}\\" if number else f"{space}\\{rest}"


def target(to):
    """An address that ends where Markdown says that it does."""
    return re.sub(r"[()<>\\\s]", lambda found: f"%{ord(found[0]):02X}", to)


def longest_ticks(text):
    return max(map(len, re.findall("`+", text)), default=0)


def code(text):
    ticks = "`" * (1 + longest_ticks(text))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def image(node):
    """One that lies in the repository is nowhere in a release."""
    to = node["uri"]
    shown = MARKUP.sub(lambda mark: escaped(mark[0]), node.get("alt", ""))
    return f"![{shown}]({target(to)})" if re.match("https?://", to) else ""


def blocks(node, depth, tight=False):
    parts = [each for each in (block(child, depth) for child in node.children) if each]
    return ("\n" if tight else "\n\n").join(parts)


def block(node, depth):
    if isinstance(node, NOTHING):
        return ""
    for kind, write in BLOCKS:
        if isinstance(node, kind):
            return write(node, depth)
    return blocks(node, depth) if isinstance(node, nodes.Element) else ""


def bullets(node, depth):
    return listed(node, depth, ["-"] * len(node))


def numbered(node, depth):
    start = node.get("start", 1)
    return listed(node, depth, [f"{start + at}." for at in range(len(node))])


def listed(node, depth, marks):
    """Items of one paragraph each stay close, as they were written."""
    simple = (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list)
    close = all(
        sum(isinstance(each, nodes.paragraph) for each in item) < 2
        and all(isinstance(each, (*simple, *NOTHING)) for each in item)
        for item in node
    )
    items = [
        indented(blocks(item, depth, tight=close), f"{mark} ", " " * (len(mark) + 1))
        for mark, item in zip(marks, node)
    ]
    return ("\n" if close else "\n\n").join(items)


def indented(text, first, rest):
    lines = text.split("\n")
    return "\n".join(
        ((first if at == 0 else rest) + line).rstrip() for at, line in enumerate(lines)
    )


def quoted(node, depth):
    """Lists are often indented, and meant as lists."""
    inner = blocks(node, depth)
    lists = (nodes.bullet_list, nodes.enumerated_list)
    return inner if isinstance(node[0], lists) else indented(inner, "> ", "> ")


def alert(node, depth):
    kind = ALERTS.get(node.tagname)
    head = f"> [!{kind}]\n" if kind else ""
    return head + indented(blocks(node, depth), "> ", "> ")


def field(node, depth):
    return f"**{inline(node[0])}:** {blocks(node[1], depth)}"


def fenced(node, _):
    language = [each for each in node["classes"] if each not in ("code", "literal")]
    ticks = "`" * max(3, 1 + longest_ticks(node.astext()))
    return f"{ticks}{language[0] if language else ''}\n{node.astext()}\n{ticks}"


def table(node, _):
    rows = [
        [blocks(entry, 0).replace("\n", " ").replace("|", r"\|") for entry in row]
        for row in node.findall(nodes.row)
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


BLOCKS = (
    (nodes.section, lambda node, depth: blocks(node, depth + 1)),
    (nodes.title, lambda node, depth: f"{'#' * min(depth + 2, 6)} {inline(node)}"),
    (nodes.paragraph, lambda node, _: line(node)),
    ((nodes.term, nodes.rubric), lambda node, _: f"**{inline(node)}**"),
    (nodes.bullet_list, bullets),
    (nodes.enumerated_list, numbered),
    ((nodes.literal_block, nodes.doctest_block), fenced),
    (nodes.block_quote, quoted),
    (nodes.Admonition, alert),
    (
        nodes.line_block,
        lambda node, depth: "\\\n".join(block(each, depth) for each in node),
    ),
    ((nodes.line, nodes.attribution, nodes.caption), lambda node, _: line(node)),
    (nodes.field, field),
    (nodes.table, table),
    (nodes.transition, lambda *_: "---"),
    (nodes.image, lambda node, _: image(node)),
)


def refuse_long(text):
    """docutils leaves out the whole of a text that has a longer line, without a word."""
    longest = max(map(len, text.splitlines()), default=0)
    if longest > LONGEST_LINE:
        sys.exit(
            f"a line of the section has {longest:,} letters, and reStructuredText is read with up to {LONGEST_LINE:,}: "
            "break it, or name a file in Markdown as `file` in `[tool.shipwheel.notes]`"
        )


def main(path):
    text = path.read_text(encoding="utf-8")
    refuse_long(text)
    register(text)
    try:
        markdown = blocks(publish_doctree(text, settings_overrides=SETTINGS), 0)
    except RecursionError:
        sys.exit(
            "the section nests lists, quotes or links deeper than Python follows: write it flatter, "
            "or name a file in Markdown as `file` in `[tool.shipwheel.notes]`"
        )
    print(CONTROLS.sub("\ufffd", markdown))


main(pathlib.Path(sys.argv[1]))
