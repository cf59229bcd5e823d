"""What a browser fetches for a style sheet by itself."""

import re

# In the order in which CSS reads them: what stands in a comment or in a text is neither an address nor a rule.
TOKEN = re.compile(
    r"""
    /\* .*? (?: \*/ | \Z )
    | url\( \s* (?:
          "(?P<double> (?: \\. | [^"\\\n] )* )" \s*
        | '(?P<single> (?: \\. | [^'\\\n] )* )' \s*
        | (?P<bare> (?: \\. | [^"'()\\\s] )* ) \s*
      ) \)
    | "(?P<quoted> (?: \\. | [^"\\\n] )* ) "?
    | '(?P<apostrophes> (?: \\. | [^'\\\n] )* ) '?
    | (?P<opened> [-\w]+ \( | \( )
    | (?P<closed> \) )
    | @ (?P<rule> [-\w]+ )
    | (?P<mark> [;{}] )
    | \\ .
    | [-\w]+
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
ADDRESSES, TEXTS = ("double", "single", "bare"), ("quoted", "apostrophes")
SETS = ("image-set(", "-webkit-image-set(")
ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|\n|(.))", re.IGNORECASE | re.DOTALL)
# Fonts and behaviours that Internet Explorer alone asked for.
DEAD = re.compile(r"\.(?:eot|htc)(?:[?#]|$)", re.IGNORECASE)
# What no browser takes of a font's forms.
DEAD_FORM = re.compile(
    r"""\s*format\(\s*["']?(?:embedded-opentype|svg)["']?\s*\)""", re.IGNORECASE
)


def in_styles(text):
    """Address, and what a browser takes from there, of all that a style sheet names."""
    rule, inside, imports = None, [], True
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "rule":
            rule = token["rule"].lower()
        elif kind == "mark":
            # An import behind a block is none.
            rule, inside = None, []
            imports = imports and token["mark"] == ";"
        elif kind == "opened":
            inside.append(token["opened"].lower())
        elif kind == "closed":
            del inside[-1:]
        elif kind in (*ADDRESSES, *TEXTS):
            address = unescaped(token[kind])
            if rule == "import":
                if imports:
                    yield address, "style"
                # What follows are its conditions.
                rule = "imported"
            elif rule is None and is_fetched(token, address, inside):
                yield address, "media"


def is_fetched(token, address, inside):
    if DEAD.search(address) or DEAD_FORM.match(token.string, token.end()):
        return False
    return token.lastgroup in ADDRESSES or (bool(inside) and inside[-1] in SETS)


def unescaped(text):
    def meant(found):
        if found[1]:
            code = int(found[1], 16)
            return chr(code) if 0 < code < 0x110000 else "\ufffd"
        return found[2] or ""

    return ESCAPED.sub(meant, text)
