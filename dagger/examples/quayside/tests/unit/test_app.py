from fastapi.testclient import TestClient

from quayside.app import create_app


def test_without_a_frontend_the_page_says_so_and_the_api_works(tmp_path):
    client = TestClient(create_app(tmp_path / "frontend"))

    page = client.get("/")
    assert page.status_code == 503
    assert "The page isn't built" in page.text

    assert client.get("/api/health").json()["frontend"] is False
    assert client.get("/api/berths").status_code == 200


def test_a_frontend_is_served(tmp_path):
    (tmp_path / "index.html").write_text("<p>ahoy</p>")
    client = TestClient(create_app(tmp_path))
    assert client.get("/").text == "<p>ahoy</p>"
    assert client.get("/api/health").json()["frontend"] is True
