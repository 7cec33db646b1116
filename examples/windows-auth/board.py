"""The board at the door: who is in today. Nobody types a name, since Windows has told IIS already.

A name is only as good as whoever set it. IIS does: it overwrites nothing that a client sent, because `REMOTE_USER` is no
header and a client cannot send it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flask import Flask, Response, abort, redirect, render_template_string, request, url_for

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Who is in</title>
<h1>Who is in</h1>
<p>You are <b>{{ name }}</b>, by {{ method }}.
<form method="post">
<button formaction="{{ url_for('come') }}">I am in</button>
<button formaction="{{ url_for('go') }}">I am out</button>
{% if porter %}<button formaction="{{ url_for('close') }}">Everybody is out</button>{% endif %}
</form>
<ul>{% for name in present %}<li>{{ name }}</li>{% else %}<li>Nobody yet.</li>{% endfor %}</ul>
</html>
"""


def folder(wanted: str) -> Path:
    """Finds the folder of the board, with a file for each who is in. Another system's path becomes a temporary one."""
    path = Path(wanted)
    return path if path.is_absolute() else Path(tempfile.gettempdir(), "board")


app = Flask(__name__)
app.config["BOARD"] = folder(os.environ.get("BOARD_DATA", ""))
app.config["PORTERS"] = os.environ.get("BOARD_PORTERS", "").lower().split(",")


def visitor() -> str:
    """The name that IIS found out, in one spelling: Windows does not tell `Ada` from `ada`.

    Without a name the application was set up wrongly, and to go on would be to trust everybody.
    """
    name = (request.remote_user or "").lower()
    if not name:
        abort(Response("IIS has told no name. Is Windows authentication on, and anonymous off?\n", 500))
    return name


def peg(name: str) -> Path:
    """The file that stands for somebody who is in. A name may have letters that a file name may not."""
    return app.config["BOARD"] / f"{name.encode().hex()}.in"


def same_site() -> None:
    """Refuses forms of other sites: a browser would send the name along with those as well."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)


@app.get("/")
def board() -> str:
    name = visitor()
    present = sorted(bytes.fromhex(file.stem).decode() for file in app.config["BOARD"].glob("*.in"))
    return render_template_string(
        PAGE,
        name=name,
        method=request.environ.get("AUTH_TYPE") or "a way that IIS does not tell",
        present=present,
        porter=name in app.config["PORTERS"],
    )


@app.post("/in")
def come() -> Response:
    same_site()
    own = peg(visitor())
    own.parent.mkdir(parents=True, exist_ok=True)
    own.touch()
    return redirect(url_for("board"), 303)


@app.post("/out")
def go() -> Response:
    same_site()
    peg(visitor()).unlink(missing_ok=True)
    return redirect(url_for("board"), 303)


@app.post("/close")
def close() -> Response:
    """The porter's: who may do what is for the application to decide, IIS only says who somebody is."""
    same_site()
    if visitor() not in app.config["PORTERS"]:
        abort(403)
    for file in app.config["BOARD"].glob("*.in"):
        file.unlink(missing_ok=True)
    return redirect(url_for("board"), 303)
