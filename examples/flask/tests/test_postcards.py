"""The app alone, without a server: run `python -m pytest` in the folder above."""

from __future__ import annotations

import io
import itertools
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import postcards
from postcards import draft, picture, postman
from postcards.album import Album
from postcards.card import GREETINGS

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
CARD = {
    "to": "Ada",
    "sender": "Grace",
    "place": "Lisbon",
    "message": "Found a moth!",
    "scene": "town",
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "not" / "made" / "yet"


@pytest.fixture
def client(folder):
    return postcards.create_app(folder).test_client()


def post(client, *, upload=None, **changes):
    fields = {**CARD, **changes}
    if upload is not None:
        fields["picture"] = (io.BytesIO(upload[1]), upload[0])
    return client.post("/write", data=fields, content_type="multipart/form-data")


def test_a_new_wall_shows_the_greetings_and_writes_nothing(client, folder):
    page = client.get("/")
    assert page.status_code == 200
    assert page.text.count('class="card"') == len(GREETINGS)
    assert not folder.exists()


def test_a_posted_card_hangs_first_on_the_wall(client):
    answer = post(client)
    assert answer.status_code == 303
    wall = client.get(answer.location).text
    assert wall.index("Found a moth!") < wall.index(GREETINGS[0].sender)
    assert f'id="{answer.location.partition("#")[2]}"' in wall


def test_text_is_shown_as_text(client):
    post(client, message="<script>alert(1)</script>", to='"><b>')
    wall = client.get("/").text
    assert "<script>" not in wall
    assert '"><b>' not in wall


def test_letters_of_all_alphabets_survive(client):
    post(client, sender="Žofie", message="Grüße aus Kraków, 東京 🌊")
    assert "Grüße aus Kraków, 東京 🌊" in client.get("/").text


def test_all_mistakes_of_a_form_are_shown_at_once(client, folder):
    page = post(client, to=" ", message="x" * 281, upload=("notes.txt", b"no picture"))
    assert page.status_code == 422
    for name in ("to", "message", "picture"):
        assert f'id="{name}-problem"' in page.text
        assert f'href="#{name}"' in page.text
    assert 'value="Grace"' in page.text, "what was right is kept"
    assert not folder.exists()


def test_an_empty_form_shows_no_mistakes(client):
    assert "problem" not in client.get("/write").text


def test_a_line_break_counts_as_the_browser_counts_it():
    assert not draft.read({**CARD, "message": "\r\n".join("x" * 140)[:-1]}).problems


def test_an_uploaded_picture_comes_back_byte_for_byte(client):
    post(client, upload=("C:\\me\\..\\..\\holiday.png", PIXEL), alt="one dot")
    source = re.search(r'src="(/pictures/[^"]+)" alt="one dot"', client.get("/").text).group(1)
    sent = client.get(source)
    assert sent.data == PIXEL
    assert sent.mimetype == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "holiday" not in source


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        (PIXEL, ".png"),
        (b"\xff\xd8\xff\xe0 JFIF", ".jpg"),
        (b"GIF89a......", ".gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", ".webp"),
        (b"<svg onload=''/>", None),
        (b"<html>", None),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"", None),
    ],
)
def test_content_decides_the_type(head, suffix):
    found = picture.read(io.BytesIO(head))
    assert (found.suffix if found else None) == suffix


def test_a_picture_may_have_two_mebibytes_and_not_one_byte_more():
    room = picture.LARGEST - len(PIXEL)
    assert picture.read(io.BytesIO(PIXEL + bytes(room)))
    assert not picture.read(io.BytesIO(PIXEL + bytes(room + 1)))


def test_a_body_that_is_far_too_large_gets_the_apps_own_413(client):
    page = post(client, upload=("huge.png", PIXEL + bytes(3 * 1024 * 1024)))
    assert page.status_code == 413
    assert "Too heavy for the bag" in page.text


def test_only_pictures_leave_the_album(client, folder):
    answer = post(client)
    number = answer.location.partition("#card-")[2]
    assert (folder / f"{number}.json").exists()
    (folder.parent / "secret.png").write_bytes(PIXEL)
    for name in (
        f"{number}.json",
        "..%2Fsecret.png",
        "%2e%2e/secret.png",
        "..%5Csecret.png",
        "missing.png",
    ):
        assert client.get(f"/pictures/{name}").status_code == 404, name


def test_the_round_visits_every_door_and_always_the_same_way(client):
    post(client)
    first, second = (client.get("/round?pace=0").text for _ in range(2))
    assert first == second
    assert first.count("<li>") == len(postman.DOORS) + 2
    assert "1 Mill Lane: a card for Ada from Grace" in first
    assert first.rstrip().endswith("</html>")


def test_each_line_of_the_round_is_a_piece_of_its_own(client):
    answer = client.get("/round?pace=0", buffered=False)
    pieces = [piece.decode() for piece in answer.response]
    assert len(pieces) == len(postman.DOORS) + 4
    assert all(piece.startswith("<li>") and piece.endswith("</li>\n") for piece in pieces[1:-1])


def test_the_postman_pauses_between_lines_only(monkeypatch):
    pauses = []
    monkeypatch.setattr(postman.time, "sleep", pauses.append)
    lines = list(postman.walk(GREETINGS, 0.25))
    assert pauses == [0.25] * (len(lines) - 1)


@pytest.mark.parametrize("text", [None, "", "fast", "nan", "inf", "-1", "5.01"])
def test_a_strange_pace_is_the_usual_pace(text):
    assert postman.pace_of(text) == postman.PACE


def test_names_cannot_smuggle_markup_into_the_round(client):
    post(client, to="<img src=x>")
    assert "<img src=x>" not in client.get("/round?pace=0").text


def test_an_unknown_address_gets_the_apps_own_404(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "no such address in this village" in page.text


def test_a_lost_card_is_a_logged_exception_and_a_friendly_page(client, caplog):
    page = client.get("/lost")
    assert page.status_code == 500
    assert "Lost in the mail" in page.text
    assert "7 Mill Lane" not in page.text, "the cause belongs in the log"
    assert caplog.records[0].exc_info[0].__name__ == "LostCard"
    assert client.get("/").status_code == 200


def test_a_refused_method_keeps_its_headers(client):
    page = client.post("/")
    assert page.status_code == 405
    assert "GET" in page.headers["Allow"]


def test_health_is_plain(client):
    answer = client.get("/health")
    assert (answer.text, answer.mimetype) == ("ok\n", "text/plain")


def test_every_link_stays_below_the_folder_it_is_mounted_in(client):
    mounted = {"base_url": "http://localhost/a/b"}
    answer = client.post("/write", data=CARD, **mounted)
    assert answer.location.startswith("/a/b/")
    for page in ("/", "/write", "/round?pace=0", "/nowhere"):
        text = client.get(page, **mounted).text
        links = re.findall(r'(?:href|src|action)="([^"#][^"]*)"', text)
        assert links
        for link in links:
            assert link.startswith("/a/b/"), (page, link)


def test_pages_load_nothing_from_elsewhere(client):
    page = client.get("/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for name in ("postcards.css", "scenes.svg"):
        text = client.get(f"/static/{name}").text
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_writers_side_by_side_lose_no_card(folder):
    albums = [Album(folder) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        written = pool.map(
            lambda n: albums[n % 4].post(draft.read(CARD), picture.Picture(PIXEL, ".png")),
            range(40),
        )
        numbers = {card.number for card in written}
    assert {card.number for card in albums[0].newest(99)} == numbers
    assert len(numbers) == 40
    assert not list(folder.glob("*.part"))
    assert len(list(folder.glob("*.png"))) == 40


def test_a_failed_write_leaves_nothing_behind(folder, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr("postcards.album.os.replace", full)
    with pytest.raises(OSError, match="disk full"):
        Album(folder).post(draft.read(CARD), None)
    assert list(folder.iterdir()) == []


def test_the_wall_shows_the_newest_cards_first(folder, monkeypatch):
    clock = itertools.count()
    monkeypatch.setattr("postcards.album.time.time_ns", lambda: next(clock))
    album = Album(folder)
    for name in "abc":
        album.post(draft.read({**CARD, "to": name}), None)
    assert [card.to for card in album.newest(2)] == ["c", "b"]


def test_a_card_on_disk_is_readable_json(folder):
    card = Album(folder).post(draft.read(CARD), None)
    kept = json.loads((folder / f"{card.number}.json").read_text(encoding="utf-8"))
    assert kept["message"] == "Found a moth!"


def test_a_path_of_another_system_is_no_folder_name(tmp_path):
    assert postcards.data_folder(str(tmp_path)) == tmp_path
    for foreign in ("", "cards", "./cards"):
        assert postcards.data_folder(foreign).name == "postcards"
        assert postcards.data_folder(foreign).is_absolute()
    assert postcards.data_folder(r"D:\data\postcards").is_absolute()


def test_the_package_offers_the_app_under_the_name_of_the_handler():
    assert callable(postcards.app)
    assert Path(postcards.app.root_path).name == "postcards"
