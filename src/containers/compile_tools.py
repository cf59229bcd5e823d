"""Imports what the tools and the programs of the rooms take from the packages that lie beside them.

Python keeps what it compiles then. Each use of the tools is a container of its own, which would compile it again;
and to compile all that was installed takes longer than most of it would ever save.
"""

import importlib

MODULES = [
    # The programs of the rooms.
    "bs4",
    "cryptography.exceptions",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.serialization",
    "docutils.core",
    "docutils.parsers.rst",
    "dulwich.errors",
    "dulwich.object_store",
    "dulwich.objects",
    "dulwich.repo",
    "email_validator",
    "griffe",
    "packaging.direct_url",
    "packaging.markers",
    "packaging.metadata",
    "packaging.requirements",
    "packaging.specifiers",
    "packaging.tags",
    "packaging.utils",
    "packaging.version",
    "pip_audit._cli",
    "pip_audit._service",
    "pydantic",
    "pypi_simple",
    "readme_renderer.markdown",
    "readme_renderer.rst",
    "requests",
    "rfc3986.exceptions",
    "rfc3986.validators",
    "sshsig",
    "stdlib_list",
    "trove_classifiers",
    "twine.exceptions",
    "twine.package",
    "twine.repository",
    "twine.utils",
    "urllib3",
    # The tools, as their commands begin.
    "check_wheel_contents.__main__",
    "pypiserver.__main__",
    "twine.__main__",
    "twine.commands.check",
]

for module in MODULES:
    importlib.import_module(module)
