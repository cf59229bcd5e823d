"""The command line."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from typing import Optional

from . import __version__
from .berths import Row, board


def main(argv: Optional[Sequence[str]] = None) -> int:
    args = parser().parse_args(argv)
    if args.command == "serve":
        return serve(args.host, args.port)
    print(table(board(args.at or datetime.now(timezone.utc))))
    return 0


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="quayside", description="A harbour's berth board.")
    root.add_argument("--version", action="version", version=f"quayside {__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    berths = commands.add_parser("berths", help="print the board")
    berths.add_argument(
        "--at", type=moment, metavar="TIME", help="a UTC time such as 2026-06-01T08:15 (now)"
    )

    web = commands.add_parser("serve", help="serve the page and the API")
    web.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    web.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    return root


def moment(text: str) -> datetime:
    """A time as ISO 8601; one without an offset is UTC."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at.astimezone(timezone.utc)


def table(rows: Iterable[Row]) -> str:
    cells = [("BERTH", "SHIP", "STATE", "ARRIVES", "DEPARTS")]
    for row in rows:
        cells.append(
            (row.berth, row.ship or "-", row.state, clock(row.arrives), clock(row.departs))
        )
    widths = [max(map(len, column)) for column in zip(*cells)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in cells
    )


def clock(at: Optional[datetime]) -> str:
    return at.strftime("%H:%M") if at else "-"


def serve(host: str, port: int) -> int:
    # Only here: the other commands need no web server and start faster without one.
    import uvicorn

    from .app import app

    uvicorn.run(app, host=host, port=port)
    return 0
