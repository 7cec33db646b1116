"""The phone list of an office: `module.application`, as the tutorial calls it.

It runs on Python 3.3 with the packages of its time, and on today's.
"""

import configparser
import os
import sqlite3
from contextlib import closing

from flask import Flask, abort, url_for

ROOT = os.path.dirname(os.path.abspath(__file__))

application = Flask(__name__)
application.config["LOCAL"] = os.path.join(ROOT, "local.cnf")


def database():
    """Opens the database that `local.cnf` names, for reading and writing."""
    # A `%` in a path stands for itself.
    local = configparser.ConfigParser(interpolation=None)
    with open(application.config["LOCAL"], encoding="utf-8") as file:
        local.read_file(file)
    connection = sqlite3.connect(local["database"]["file"])
    connection.execute("CREATE TABLE IF NOT EXISTS phones (name TEXT PRIMARY KEY, number TEXT NOT NULL)")
    return connection


def plain(text, status=200):
    """Answers with text, which needs no escaping."""
    return text, status, {"Content-Type": "text/plain; charset=utf-8"}


@application.route("/")
def everybody():
    """Lists all, with the address of each."""
    with closing(database()) as phones:
        found = phones.execute("SELECT name, number FROM phones ORDER BY name").fetchall()
    lines = ["{}  {}  {}".format(name, number, url_for("one", name=name)) for name, number in found]
    return plain("\n".join(lines) + "\n" if lines else "Nobody has a phone yet.\n")


@application.route("/<name>")
def one(name):
    """Tells the number of one."""
    with closing(database()) as phones:
        found = phones.execute("SELECT number FROM phones WHERE name = ?", [name]).fetchone()
    if found is None:
        abort(404)
    return plain(found[0] + "\n")


@application.route("/<name>/<number>", methods=["PUT"])
def write(name, number):
    """Writes a number down, in place of an earlier one."""
    with closing(database()) as phones, phones:
        phones.execute("REPLACE INTO phones VALUES (?, ?)", [name, number])
    return plain("ok\n", 201)
