"""The application as users meet it: the built page, everything the page loads, and the API."""

import re

import pytest
from fastapi.testclient import TestClient

import quayside
from quayside.app import FRONTEND, create_app
from quayside.berths import BERTHS


@pytest.fixture(scope="module")
def client():
    if not (FRONTEND / "index.html").is_file():
        pytest.fail(
            f"the frontend isn't built: {FRONTEND / 'index.html'} is missing. Run "
            "`npm ci && npm run build` in frontend/ and copy frontend/out there.",
            pytrace=False,
        )
    return TestClient(create_app())


def test_page(client):
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "<title>Quayside</title>" in page.text


def test_every_asset_the_page_names_is_served(client):
    assets = set(re.findall(r"/_next/[^\"'\s\\<>?]+", client.get("/").text))
    assert {asset.rsplit(".", 1)[-1] for asset in assets} >= {"js", "css"}

    answers = {asset: client.get(asset).status_code for asset in sorted(assets)}
    assert {asset: status for asset, status in answers.items() if status != 200} == {}


def test_an_unknown_page_is_the_frontends_404(client):
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_health(client):
    assert client.get("/api/health").json() == {
        "status": "ok",
        "version": quayside.__version__,
        "frontend": True,
    }


def test_berths(client):
    answer = client.get("/api/berths").json()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", answer["at"])
    assert [row["berth"] for row in answer["berths"]] == [berth.name for berth in BERTHS]
    for row in answer["berths"]:
        assert set(row) == {"berth", "length", "state", "ship", "arrives", "departs"}
        assert (row["ship"] is None) == (row["state"] == "free")
