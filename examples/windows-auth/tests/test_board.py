"""The app alone, without a server: run `python -m pytest` in the folder above."""

from __future__ import annotations

import pytest

import board


@pytest.fixture
def door(tmp_path):
    """Sends a request as IIS hands over that of a user."""
    board.app.config.update(BOARD=tmp_path, PORTERS=["hilda"])
    client = board.app.test_client()

    def send(name, path="/", method="GET", **headers):
        environ = {"REMOTE_USER": name, "AUTH_TYPE": "Negotiate"} if name is not None else {}
        return client.open(path, method=method, environ_overrides=environ, headers=headers)

    return send


def test_the_page_greets_whoever_windows_says(door):
    page = door("Ada").text
    assert "You are <b>ada</b>, by Negotiate" in page
    assert "Nobody yet" in page
    assert "Everybody is out" not in page


def test_people_come_and_go(door):
    assert door("Ada", "/in", "POST").location == "/"
    door("GRACE", "/in", "POST")
    assert "<li>ada</li><li>grace</li>" in door("hilda").text
    door("ada", "/out", "POST")
    door("ada", "/out", "POST")
    assert "<li>grace</li>" in door("hilda").text
    assert "<li>ada</li>" not in door("hilda").text


def test_only_a_porter_closes_the_house(door):
    door("ada", "/in", "POST")
    assert door("ada", "/close", "POST").status_code == 403
    assert "Everybody is out" in door("Hilda").text
    assert door("Hilda", "/close", "POST").status_code == 303
    assert "Nobody yet" in door("ada").text


@pytest.mark.parametrize("name", [None, ""])
def test_without_a_name_nobody_gets_in(door, name):
    answer = door(name)
    assert answer.status_code == 500
    assert "Is Windows authentication on" in answer.text
    assert door(name, "/in", "POST").status_code == 500


def test_a_header_is_no_name(door):
    assert door(None, **{"Remote-User": "hilda", "X-Remote-User": "hilda"}).status_code == 500


def test_a_form_of_another_site_is_refused(door):
    assert door("ada", "/in", "POST", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert "Nobody yet" in door("ada").text


@pytest.mark.parametrize("name", ["../up", "o'hara", "žofie", "<b>", "con"])
def test_any_name_has_its_peg(door, name, tmp_path):
    door(name, "/in", "POST")
    assert [file.parent for file in tmp_path.iterdir()] == [tmp_path]
    assert "<li><b>" not in door(name).text
    assert "Nobody yet" not in door(name).text
