"""Every error as a page of our own."""

from __future__ import annotations

from flask import render_template
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

#: Heading and explanation where we have better words than the standard's.
WORDS = {
    404: ("Return to sender", "There is no such address in this village."),
    413: ("Too heavy for the bag", "A picture may weigh 2 MiB. Please send a smaller one."),
    500: (
        "Lost in the mail",
        "Something broke at our end. The postmaster has been told; other cards still arrive.",
    ),
}


def show(error: HTTPException) -> Response:
    """Answers with the error's own status and headers, and a page like all others.

    An exception that nobody caught arrives here as status 500, after Flask has logged its traceback.
    """
    response = error.get_response()
    heading, text = WORDS.get(error.code or 500, (error.name, error.description))
    response.set_data(
        render_template("problem.html", heading=heading, text=text, status=error.code)
    )
    response.content_type = "text/html; charset=utf-8"
    return response
