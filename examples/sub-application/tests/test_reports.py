"""The app alone, without a server: run `python -m pytest` in the folder above."""

from __future__ import annotations

import re

import pytest

import reports

#: As a request comes from IIS: the path of the application and the rest are told apart.
MOUNTED = {"base_url": "http://localhost/reports"}


@pytest.fixture
def client(tmp_path):
    figures = tmp_path / "figures"
    figures.mkdir()
    (figures / "2026-05.csv").write_text("\ufeffcity,sales\nKraków,17\n\"a, <b>\",4\n", encoding="utf-8")
    (tmp_path / "salaries.csv").write_text("name,salary\n", encoding="utf-8")
    (figures / "notes.txt").write_text("not a table")
    reports.app.config["FIGURES"] = figures
    return reports.app.test_client()


def test_the_overview_lists_tables_and_nothing_else(client):
    page = client.get("/", **MOUNTED).text
    assert '<a href="/reports/2026-05">2026-05</a>' in page
    assert "notes" not in page


def test_a_folder_that_is_not_there_yet_has_no_tables(client, tmp_path):
    reports.app.config["FIGURES"] = tmp_path / "none"
    assert "None yet" in client.get("/").text


def test_a_table_is_shown_as_text(client):
    page = client.get("/2026-05", **MOUNTED).text
    assert "<th>city</th><th>sales</th>" in page
    assert "<td>Kraków</td><td>17</td>" in page
    assert "<td>a, &lt;b&gt;</td>" in page


def test_an_empty_table_is_a_table(client):
    (reports.app.config["FIGURES"] / "empty.csv").touch()
    assert client.get("/empty").status_code == 200


@pytest.mark.parametrize("name", ["none", "notes", "..%2Fsalaries", "..%5Csalaries", "2026-05.csv"])
def test_nothing_else_leaves_the_folder(client, name):
    assert client.get(f"/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/2026-05"])
def test_every_link_but_one_stays_below_the_application(client, path):
    links = re.findall(r'(?:href|src)="([^"]*)"', client.get(path, **MOUNTED).text)
    assert links.pop(links.index("/")) == "/"
    assert len(links) >= 2
    assert all(link.startswith("/reports/") for link in links)


def test_a_path_of_another_system_is_no_folder_name(tmp_path):
    assert reports.folder(str(tmp_path)) == tmp_path
    assert reports.folder("figures").is_absolute()
