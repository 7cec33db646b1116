"""What there is to eat: a dish for each day of the week, over and over."""

from __future__ import annotations

import datetime
import os

from flask import Flask, Response, abort

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
DISHES = ("lentil soup", "pancakes", "fish and potatoes", "dumplings", "pizza")

app = Flask(__name__)


def price() -> str:
    """The price of a dish."""
    return os.environ.get("CANTEEN_PRICE", "5.50")


@app.get("/")
def today() -> Response:
    return dish(datetime.date.today().weekday())


@app.get("/<day>")
def on(day: str) -> Response:
    if day not in DAYS:
        abort(404)
    return dish(DAYS.index(day))


def dish(day: int) -> Response:
    """Tells the dish of a day, counted from Monday."""
    text = f"{DISHES[day]}, {price()}\n" if day < len(DISHES) else "closed\n"
    return Response(text, mimetype="text/plain")
