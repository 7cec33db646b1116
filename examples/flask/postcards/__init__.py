"""Postcards: write a card, send a picture with it, and see it on the wall.

A request goes through few rooms, one module each:

    pages    the addresses and what answers them
    draft    a filled-in form, with what is wrong in it
    picture  an upload, accepted by its content and never by its name
    album    cards and pictures on disk, shared by all processes
    postman  the round through the village, one line at a time
    problems every error as a page of our own

The app keeps nothing in memory between requests, so any number of processes can serve it side by side,
and it builds every link with `url_for`, so it works wherever it is mounted.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from .album import Album
from .pages import pages
from .picture import LARGEST
from .problems import show

#: Room for the fields of the form beside the largest picture.
FIELDS = 64 * 1024


def create_app(data: str | os.PathLike[str] | None = None) -> Flask:
    """Makes the app; its cards live in `data`, or else where `POSTCARDS_DATA` says."""
    app = Flask(__name__)
    app.config["ALBUM"] = Album(
        Path(data) if data else data_folder(os.environ.get("POSTCARDS_DATA", ""))
    )
    app.config["MAX_CONTENT_LENGTH"] = LARGEST + FIELDS
    app.register_blueprint(pages)
    app.register_error_handler(HTTPException, show)
    app.after_request(guard)
    return app


def data_folder(wanted: str) -> Path:
    """Finds the folder for cards: the wanted one, or one in the system's temporary directory.

    A path that is not absolute here is a server's path on somebody's laptop (`D:\\data\\postcards` on Linux);
    taken literally it would become an oddly named folder inside the project.
    """
    folder = Path(wanted)
    return folder if folder.is_absolute() else Path(tempfile.gettempdir(), "postcards")


def guard(response: Response) -> Response:
    """Forbids browsers to guess types, and pages to load or send anything elsewhere."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        policy = "default-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
        response.headers["Content-Security-Policy"] = policy
    return response


app = create_app()
