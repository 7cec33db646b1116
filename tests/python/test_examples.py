"""The examples as their golden files make IIS serve them: site, handler, FastCGI, gateway, app."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

PASSWORD = "analytical engine"


@pytest.fixture(params=["iis6", "iis10"])
def target(request):
    """The oldest version of IIS, and the newest."""
    return request.param


def sender(answer):
    """Tells who has sent a file: for how long browsers keep it is known to IIS alone."""
    return "IIS" if "max-age" in answer.headers.get("Cache-Control", "") else "the application"


def manage(folder, data, *command):
    """Runs a command of the Django example as an administrator does on the server."""
    environment = {**os.environ, "RECORDS_DATA": str(data), "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    subprocess.run([sys.executable, "manage.py", *command], cwd=folder, env=environment, check=True)


@pytest.fixture
def records(copied, serve, target):
    """The Django example, set up as its README says."""
    folder = copied("django")
    data = folder / "expected" / "dev" / "D" / "data" / "records"
    manage(folder, data, "migrate", "--verbosity", "0")
    manage(folder, data, "collectstatic", "--no-input", "--verbosity", "0")
    manage(folder, data, "createsuperuser", "--no-input", "--username", "ada", "--email", "ada@example.com")
    return serve(folder, target)


def test_django_serves_its_pages_below_its_path(records, target):
    page = records.get("")
    assert page.status == 200
    assert page.headers["Server"] == {"iis6": "Microsoft-IIS/6.0", "iis10": "Microsoft-IIS/10.0"}[target]
    assert "The shelf is empty" in page.text
    for link in ("/records/", "/records/admin/", "/records/static/records/records.css"):
        assert f'href="{link}"' in page.text
    assert records.get("nowhere").status == 404


@pytest.mark.parametrize(
    ("file", "text"),
    [("records/records.css", "Paper, ink, and one groove"), ("admin/css/base.css", "DJANGO Admin styles")],
)
def test_the_static_files_of_django_are_served(records, file, text):
    answer = records.get(f"static/{file}")
    assert answer.status == 200
    assert answer.headers.get_content_type() == "text/css"
    assert text in answer.text
    assert sender(answer) == "IIS"
    assert records.get("static/nothing.css").status == 404


def test_the_admin_pages_of_django_work(records):
    asked = records.get("admin/")
    assert (asked.status, asked.headers["Location"]) == (302, "/records/admin/login/?next=/records/admin/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', records.get(asked.headers["Location"]).text)[1]
    sign_in = {"csrfmiddlewaretoken": token, "username": "ada", "password": PASSWORD}
    answer = records.get(asked.headers["Location"], sign_in)
    assert (answer.status, answer.headers["Location"]) == (302, "/records/admin/")
    page = records.get("admin/records/record/add/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    record = {"artist": "Björk", "title": "Vespertine", "year": "2001", "shelf": "B1"}
    loans = {"loans-TOTAL_FORMS": "0", "loans-INITIAL_FORMS": "0"}
    answer = records.get("admin/records/record/add/", {"csrfmiddlewaretoken": token, **record, **loans})
    assert (answer.status, answer.headers["Location"]) == (302, "/records/admin/records/record/")
    assert "Björk: Vespertine (2001)" in records.get("?q=bj%C3%B6rk").text


def test_flask_serves_its_pages_and_files(copied, serve, target):
    postcards = serve(copied("flask"), target)
    page = postcards.get("")
    assert page.status == 200
    assert 'href="/postcards/static/postcards.css"' in page.text
    assert "airmail" in postcards.get("static/postcards.css").text
    card = {"to": "Ada", "sender": "Grace", "place": "Lisbon", "message": "Found a moth!", "scene": "town"}
    answer = postcards.get("write", card)
    assert answer.status == 303
    assert "Found a moth!" in postcards.get(answer.headers["Location"]).text
    assert list((postcards.disks / "D/data/postcards").glob("*.json"))
    assert "no such address in this village" in postcards.get("nowhere").text


def test_an_application_below_a_site_reads_what_others_write(copied, serve, target):
    reports = serve(copied("sub-application"), target)
    figures = reports.disks / "D/shared/figures"
    figures.mkdir(parents=True, exist_ok=True)
    (figures / "may.csv").write_text("city,sales\nKraków,17\n", encoding="utf-8")
    assert '<a href="/reports/may">may</a>' in reports.get("").text
    assert "<td>Kraków</td><td>17</td>" in reports.get("may").text
    style = reports.get("static/reports.css")
    assert "Ledger paper" in style.text
    assert sender(style) == "IIS"
    assert reports.get("/").status == 404, "the root of the site is not ours"


def test_each_of_two_applications_answers_for_itself(copied, serve, target):
    office = serve(copied("two-apps"), target)
    for path, text in [
        ("/canteen/friday", "pizza, 5.50\n"),
        ("/parking/AB-1", "south\n"),
        ("/canteen/monday", "lentil soup, 5.50\n"),
    ]:
        assert office.get(path).text == text
    assert office.get("/canteen/AB-1").status == 404


def test_events_arrive_while_the_stream_goes_on(copied, serve, target):
    clock = serve(copied("streaming"), target)
    assert "EventSource" in clock.get("").text
    with clock.open("events") as stream:
        assert stream.headers.get_content_type() == "text/event-stream"
        lines = [stream.readline().decode() for _ in range(4)]
    assert lines[:2] == ["retry: 2000\n", "event: time\n"]
    assert re.fullmatch(r"data: [\dT:-]+\+00:00\n", lines[2])
    assert lines[3] == "\n"


def test_nobody_without_a_name_reaches_the_board(copied, serve):
    board = serve(copied("windows-auth"), "iis10")
    for path in ("", "nowhere"):
        answer = board.get(path)
        assert answer.status == 401
        assert "Who is in" not in answer.text
