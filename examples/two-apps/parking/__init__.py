"""Where to leave the car: a lot for each letter that a number plate ends in."""

from __future__ import annotations

import os

from flask import Flask, Response, abort

app = Flask(__name__)


def lots() -> list[str]:
    """The lots by name. The variable is set for the processes of this application alone."""
    return os.environ.get("PARKING_LOTS", "north,south").split(",")


@app.get("/")
def all_lots() -> Response:
    return Response("".join(f"{lot}\n" for lot in lots()), mimetype="text/plain")


@app.get("/<plate>")
def lot(plate: str) -> Response:
    """Spreads cars over the lots, and sends the same car to the same one each day."""
    last = plate[-1].upper()
    if not last.isascii() or not last.isalnum():
        abort(404)
    found = lots()[int(last, 36) % len(lots())]
    return Response(f"{found}\n", mimetype="text/plain")
