"""The apps alone, without a server: run `python -m pytest` in the folder above."""

from __future__ import annotations

import pytest

import canteen
import parking


@pytest.fixture
def menu(monkeypatch):
    monkeypatch.setenv("CANTEEN_PRICE", "6.20")
    return canteen.app.test_client()


@pytest.fixture
def gate(monkeypatch):
    monkeypatch.setenv("PARKING_LOTS", "river,hill,roof")
    return parking.app.test_client()


def test_a_day_has_its_dish(menu):
    assert menu.get("/friday").text == "pizza, 6.20\n"
    assert menu.get("/sunday").status_code == 404


@pytest.mark.parametrize(("day", "text"), [(0, "lentil soup, 6.20\n"), (4, "pizza, 6.20\n"), (6, "closed\n")])
def test_today_is_a_day_as_well(menu, monkeypatch, day, text):
    class Calendar:
        class date:
            @staticmethod
            def today():
                return canteen_date

    canteen_date = canteen.datetime.date(2026, 6, 1 + day)
    monkeypatch.setattr(canteen, "datetime", Calendar)
    assert menu.get("/").text == text


def test_a_car_always_goes_to_the_same_lot(gate):
    assert gate.get("/").text == "river\nhill\nroof\n"
    assert gate.get("/AB-1").text == gate.get("/xy-1").text == "hill\n"
    assert gate.get("/AB-1z").text == "roof\n"
    assert {gate.get(f"/{number}").text for number in range(9)} == {"river\n", "hill\n", "roof\n"}
    assert gate.get("/AB-é").status_code == 404
