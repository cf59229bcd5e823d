"""Parses a Groovy file and says where it is none."""

import pathlib
import sys

import dekobon_tree_sitter_groovy
import tree_sitter

language = tree_sitter.Language(dekobon_tree_sitter_groovy.language())
tree = tree_sitter.Parser(language).parse(pathlib.Path(sys.argv[1]).read_bytes())


def wrong(node):
    if node.is_error or node.is_missing:
        yield f"{node.start_point.row + 1}:{node.start_point.column + 1}: {node.type}"
    for child in node.children:
        yield from wrong(child)


found = list(wrong(tree.root_node))
print("\n".join(found))
sys.exit(bool(found))
