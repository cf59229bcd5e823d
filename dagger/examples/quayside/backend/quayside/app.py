"""The web application: a JSON API, and the page built from frontend/."""

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from . import __version__
from .berths import board

FRONTEND = Path(__file__).parent / "frontend"

NOT_BUILT = """<!doctype html>
<title>Quayside</title>
<h1>The page isn't built</h1>
<p>This copy of quayside has no frontend. Build it (<code>npm ci && npm run build</code> in
<code>frontend/</code>) and copy <code>frontend/out</code> to
<code>backend/quayside/frontend</code>, or install a released wheel.</p>
<p>The API works: <a href="/api/berths">/api/berths</a>.</p>
"""


def create_app(frontend: Path = FRONTEND) -> FastAPI:
    app = FastAPI(title="Quayside", version=__version__)

    @app.get("/api/health")
    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "version": __version__,
            "frontend": (frontend / "index.html").is_file(),
        }

    @app.get("/api/berths")
    def berths() -> dict[str, Any]:
        at = datetime.now(timezone.utc).replace(microsecond=0)
        return {"at": at, "berths": board(at)}

    if (frontend / "index.html").is_file():
        app.mount("/", StaticFiles(directory=frontend, html=True), name="frontend")
    else:

        @app.get("/", include_in_schema=False)
        def not_built() -> HTMLResponse:
            return HTMLResponse(NOT_BUILT, status_code=503)

    return app


app = create_app()
