"""Rules of an index about the metadata of a file, or about what of it is written down before anything is built."""

import difflib
import email.message
import email.utils
import re

import email_validator
import readme_renderer.markdown
import readme_renderer.rst
import rfc3986.exceptions
import rfc3986.validators
import stdlib_list
from packaging.metadata import Metadata
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from trove_classifiers import all_classifiers, deprecated_classifiers

SUMMARY = 512
LABEL = 32
VERSIONS = ("1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5")
NAME = re.compile(r"[A-Z0-9]([A-Z0-9._-]*[A-Z0-9])?", re.IGNORECASE | re.ASCII)
BUILD = "Build with the newest release of the backend."
ADDRESS = (
    rfc3986.validators.Validator()
    .allow_schemes("http", "https")
    .require_presence_of("scheme")
    .check_validity_of("scheme", "host", "port", "path", "query")
)


def modules_of_python():
    """Of every version, with their packages: `os.path` is a name as well, and `distutils` still is."""
    for version in stdlib_list.short_versions:
        for module in stdlib_list.stdlib_list(version):
            parts = module.split(".")
            for end in range(1, len(parts) + 1):
                yield canonicalize_name(".".join(parts[:end]).strip("-_."))


STDLIB = set(modules_of_python())


def invalid_fields(subject):
    if not subject.archive:
        return
    try:
        Metadata.from_email(subject.archive.metadata)
    except ExceptionGroup as group:
        for error in group.exceptions:
            yield (
                f"its metadata is not as its `Metadata-Version` has it: {error}",
                BUILD,
            )
    version = subject.metadata.get("metadata_version")
    if version and version not in VERSIONS:
        yield (
            f"its `Metadata-Version` {version} is not taken yet, {VERSIONS[-1]} is",
            "Build with a backend that writes that one.",
        )
    if "dynamic" in (each.lower() for each in subject.of("dynamic")):
        yield "`Dynamic` names itself, and can't be dynamic", BUILD
    if subject.metadata.get("license") and subject.metadata.get("license_expression"):
        yield "it has both `License` and `License-Expression`", "Leave out the first."
    for field in ("provides_dist", "obsoletes_dist"):
        for each in subject.of(field):
            if requirement(each) is None:
                yield (
                    f"`{each}` in `{field.replace('_', '-')}` is no requirement",
                    BUILD,
                )


def unknown_classifiers(subject):
    for each in subject.of("classifiers"):
        if each.startswith("Private ::"):
            yield (
                f"the classifier `{each}` forbids every upload",
                "Take it out once the package may be published.",
            )
        elif each in deprecated_classifiers:
            better = ", ".join(f"`{new}`" for new in deprecated_classifiers[each])
            yield (
                f"the classifier `{each}` is no longer taken",
                f"Use {better}." if better else "Take it out.",
            )
        elif each not in all_classifiers:
            near = difflib.get_close_matches(each, all_classifiers, 1)
            yield (
                f"`{each}` is no classifier",
                f"Did you mean `{near[0]}`?"
                if near
                else "Take it out, or name one of PyPI's list.",
            )


def requirement(text):
    try:
        return Requirement(text)
    except InvalidRequirement:
        return None


def direct_urls(subject):
    for field in ("requires_dist", "provides_dist", "obsoletes_dist"):
        for each in subject.of(field):
            found = requirement(each)
            if found and found.url:
                yield (
                    f"it requires `{found.name}` from an address of its own",
                    "Require a version that is on the index; what only tests need goes into `[dependency-groups]`.",
                )


def long_summary(subject):
    summary = subject.metadata.get("summary") or ""
    if len(summary) > SUMMARY:
        yield (
            f"its summary has {len(summary)} characters, {SUMMARY} are taken",
            "Shorten `description`; the long one is the readme.",
        )
    elif "\n" in summary.strip():
        yield "its summary has more than one line", "Write `description` on one line."


def local_version(subject):
    try:
        local = Version(subject.metadata.get("version") or "0").local
    except InvalidVersion:
        return
    if local:
        yield (
            f"its version has a local part, `+{local}`",
            "Release a version without it.",
        )


def taken_name(subject):
    name = subject.metadata.get("name") or ""
    if name and not NAME.fullmatch(name):
        yield (
            f"`{name}` is no name of a project",
            "Begin and end it with a letter or digit, and use `.`, `-` and `_` between.",
        )
    elif canonicalize_name(name) in STDLIB:
        yield (
            f"`{name}` is the name of a module of Python itself",
            "Choose another name for `[project]`.",
        )


def bad_emails(subject):
    for field in ("author_email", "maintainer_email"):
        for each in subject.of(field):
            _, address = email.utils.parseaddr(each)
            try:
                if address:
                    email_validator.validate_email(address, check_deliverability=False)
            except email_validator.EmailNotValidError as error:
                yield (
                    f"`{address}` is no address of mail: {str(error).rstrip('.')}",
                    "Correct `authors` or `maintainers`.",
                )


def bad_urls(subject):
    urls = {
        **(subject.metadata.get("project_urls") or {}),
        "Home-page": subject.metadata.get("home_page") or None,
        "Download-URL": subject.metadata.get("download_url") or None,
    }
    for label, url in urls.items():
        if not label:
            yield f"the URL `{url}` has no label", "Give it one in `[project.urls]`."
        elif url is not None and has_user(url):
            yield (
                f"the URL of `{label}` holds a user or password, and everybody would read it",
                "Take it out of `[project.urls]`, and the password out of use.",
            )
        elif url is not None and not is_url(url):
            yield (
                f"`{url}` of `{label}` is no address that begins with `http://` or `https://`",
                "Correct it in `[project.urls]`, or leave it out.",
            )


def has_user(text):
    try:
        return rfc3986.uri_reference(text).userinfo is not None
    except (rfc3986.exceptions.RFC3986Exception, ValueError):
        return "@" in text.partition("://")[2].partition("/")[0]


def is_url(text):
    try:
        ADDRESS.validate(rfc3986.uri_reference(text).normalize())
    except (rfc3986.exceptions.RFC3986Exception, ValueError):
        return False
    return True


def long_labels(subject):
    for label in subject.metadata.get("project_urls") or {}:
        if len(label) > LABEL:
            yield (
                f"the label `{label}` of a URL has {len(label)} characters, {LABEL} are taken",
                "Shorten it in `[project.urls]`.",
            )


def unrendered(subject):
    text = subject.metadata.get("description")
    if not text:
        return
    header = email.message.EmailMessage()
    header["content-type"] = (
        subject.metadata.get("description_content_type") or "text/x-rst"
    )
    kind = header.get_content_type()
    render = {
        "text/x-rst": readme_renderer.rst.render,
        "text/markdown": readme_renderer.markdown.render,
    }.get(kind)
    if render is None and kind != "text/plain":
        yield (
            f"its description is `{kind}`, which is not rendered",
            "Let `readme` be Markdown, reStructuredText or plain text.",
        )
    elif render and render(text) is None:
        yield (
            "its description can't be rendered",
            "`twine check` says where; mend the readme.",
        )
