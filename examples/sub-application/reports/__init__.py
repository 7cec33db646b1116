"""Reports: tables that another department drops into a folder as CSV files.

All links are made by `url_for`, which puts the path of the application in front. So the application does not know that
it is called `/reports` here, and needs no change to be called something else.
"""

from __future__ import annotations

import csv
import os
import tempfile
from pathlib import Path

from flask import Flask, abort, render_template
from werkzeug.utils import secure_filename


def folder(wanted: str) -> Path:
    """Finds the folder of the tables. A path of another system stands for a folder that is not there."""
    path = Path(wanted)
    return path if path.is_absolute() else Path(tempfile.gettempdir(), "reports")


app = Flask(__name__)
app.config["FIGURES"] = folder(os.environ.get("REPORTS_FIGURES", ""))


@app.get("/")
def overview() -> str:
    """Lists the tables by name."""
    names = sorted(file.stem for file in app.config["FIGURES"].glob("*.csv"))
    return render_template("overview.html", names=names)


@app.get("/<name>")
def table(name: str) -> str:
    """Shows one table; its first line has the headings."""
    file = app.config["FIGURES"] / f"{name}.csv"
    if secure_filename(name) != name or not file.is_file():
        abort(404)
    # Spreadsheets put a mark in front of UTF-8.
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = list(csv.reader(lines)) or [[]]
    return render_template("table.html", name=name, head=head, rows=rows)
