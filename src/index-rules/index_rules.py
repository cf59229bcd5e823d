"""Asks the rules by which PyPI refuses an upload, and prints as JSON what they refuse: DIRECTORY | --project DIRECTORY.

A DIRECTORY holds wheels and sdists, or with --project what of a project is written down before anything is built.
Each rule has a key, by which an index of one's own that takes more can switch it off.
"""

import json
import pathlib
import sys

import archive_rules
import metadata_rules
from index_subject import opened, projected

RULES = {
    "metadata": metadata_rules.invalid_fields,
    "classifiers": metadata_rules.unknown_classifiers,
    "direct-urls": metadata_rules.direct_urls,
    "summary": metadata_rules.long_summary,
    "local-version": metadata_rules.local_version,
    "name": metadata_rules.taken_name,
    "emails": metadata_rules.bad_emails,
    "urls": metadata_rules.bad_urls,
    "url-labels": metadata_rules.long_labels,
    "description": metadata_rules.unrendered,
    "file-names": archive_rules.misspelt_name,
    "platform-tags": archive_rules.platform_tags,
    "archive": archive_rules.broken_archive,
    "licence-files": archive_rules.missing_licences,
    "entry-points": archive_rules.bad_entry_points,
}


def main():
    places = [pathlib.Path(each) for each in sys.argv[1:] if each != "--project"]
    subjects = (
        [projected(places[0])]
        if "--project" in sys.argv
        else [opened(each) for each in files_in(places[0])]
    )
    found = [
        {"rule": rule, "subject": subject.name, "what": what, "next": advice}
        for subject in subjects
        for rule, ask in RULES.items()
        for what, advice in ask(subject)
    ]
    sdists = [each.name for each in subjects if each.name.endswith(".tar.gz")]
    found += [
        {
            "rule": "one-sdist",
            "subject": each,
            "what": "it is a second sdist of one release",
            "next": "Leave one of them out.",
        }
        for each in sdists[1:]
    ]
    json.dump(found, sys.stdout)


def files_in(folder):
    return sorted(
        each for each in folder.iterdir() if each.name.endswith((".whl", ".tar.gz"))
    )


if __name__ == "__main__":
    main()
