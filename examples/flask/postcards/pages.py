"""The addresses and what answers them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from markupsafe import escape
from werkzeug.wrappers import Response as AnyResponse

from . import draft, picture, postman
from .album import Album
from .card import GREETINGS, SCENES, Card

pages = Blueprint("pages", __name__)

#: Cards on the wall; older ones stay in the album.
WALL = 60

#: Where `round.html` wants the postman's lines.
LINES = "<!-- the postman's lines -->"


class LostCard(Exception):
    """A card that fell out of the bag; nobody catches it, on purpose."""


def album() -> Album:
    """Gives the album of the running app."""
    return current_app.config["ALBUM"]


def cards() -> list[Card]:
    """Lists what hangs on the wall."""
    return [*album().newest(WALL), *GREETINGS]


@pages.get("/")
def wall() -> str:
    return render_template("wall.html", cards=cards())


@pages.get("/write")
def write() -> str:
    return form(draft.Draft())


@pages.post("/write")
def post() -> AnyResponse | tuple[str, int]:
    """Posts a card and shows it on the wall, or shows the form again with everything that is wrong."""
    written = draft.read(request.form)
    upload = request.files.get("picture")
    accepted = picture.read(upload.stream) if upload and upload.filename else None
    if upload and upload.filename and not accepted:
        written.problems["picture"] = (
            "Please choose a PNG, JPEG, GIF or WebP picture of at most 2 MiB"
        )
    if written.problems:
        return form(written), 422
    card = album().post(written, accepted)
    # 303, so that reloading the wall does not post the card again.
    return redirect(url_for(".wall", _anchor=f"card-{card.number}"), 303)


def form(written: draft.Draft) -> str:
    """Renders the form with what was written so far."""
    return render_template("write.html", draft=written, lengths=draft.LENGTHS, scenes=SCENES)


@pages.get("/pictures/<name>")
def uploaded(name: str) -> Response:
    """Sends an uploaded picture, and nothing else that lies in the album's folder."""
    if not name.endswith(picture.SUFFIXES):
        abort(404)
    return send_from_directory(album().folder, name, max_age=31_536_000)


@pages.get("/round")
def round_() -> Response:
    """Streams the postman's round, one piece for each line.

    The page around the lines is rendered before the first byte leaves: a mistake in it is still a 500 page.
    """
    on_the_way = cards()
    pace = postman.pace_of(request.args.get("pace"))
    before, after = render_template("round.html", pace=pace).split(LINES)

    def stream() -> Iterator[str]:
        yield before
        for line in postman.walk(on_the_way, pace):
            yield f"<li>{escape(line)}</li>\n"
        yield after

    # Proxies that would collect the pieces are asked not to.
    return Response(stream(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@pages.get("/lost")
def lost() -> NoReturn:
    raise LostCard("the card for 7 Mill Lane fell out of the bag; there is no 7 Mill Lane")


@pages.get("/health")
def health() -> Response:
    return Response("ok\n", mimetype="text/plain")
