"""pip-audit with all that a service like OSV knows: its own client takes the first page for everything.

The arguments are pip-audit's.
"""

import json
import sys

import requests
from asking import one_line, read_bounded

# Of all pages of one package, far more than is known of any.
LARGEST = 64 << 20
MOST_PAGES = 100
MEANT = "See that `osv` in `[tool.shipwheel.mirrors]` is where it answers queries"


class Whole:
    """What pip-audit asks, which gets the pages of an answer as one."""

    def __init__(self, session: requests.Session) -> None:
        self.session = session

    def post(self, url: str, data: str, timeout: "float | None") -> requests.Response:
        query, found, left = json.loads(data), [], LARGEST
        for _ in range(MOST_PAGES):
            response = self.session.post(
                url, data=json.dumps(query), timeout=timeout, stream=True
            )
            if not read_bounded(response, left):
                undone(url, "more than 64 MiB of one package")
            left -= len(response.content)
            page = page_of(url, response)
            found += page.get("vulns", [])
            if not page.get("next_page_token"):
                response._content = json.dumps({"vulns": found}).encode()
                return response
            query["page_token"] = page["next_page_token"]
        undone(url, f"more than {MOST_PAGES} pages of one package")


def page_of(url: str, response: requests.Response) -> dict:
    if not response.ok:
        undone(url, str(response.status_code))
    try:
        page = json.loads(response.content)
    except (RecursionError, ValueError):
        undone(url, "what is no JSON")
    if not isinstance(page, dict) or not isinstance(page.get("vulns", []), list):
        undone(url, "what is no answer of OSV")
    return page


def undone(url: str, what: str) -> None:
    sys.exit(one_line(f"{url} answers {what}. {MEANT}"))


def main() -> None:
    # Those who read the pages alone need none of it.
    from pip_audit import _cli
    from pip_audit._service import OsvService, ServiceError

    class WholeOsv(OsvService):
        def __init__(self, *args, **options) -> None:
            super().__init__(*args, **options)
            self.session = Whole(self.session)

    _cli.OsvService = WholeOsv
    try:
        _cli.audit()
    except requests.exceptions.JSONDecodeError:
        sys.exit(
            "what is asked of PyPI for vulnerabilities is answered with what is no JSON"
        )
    except ServiceError as error:
        sys.exit(one_line(str(error.__cause__ or error)))


if __name__ == "__main__":
    main()
