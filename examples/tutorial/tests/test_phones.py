"""The app alone, without a server: run `python -m pytest` in the folder above."""

from pathlib import Path

import pytest

import module

EXAMPLE = Path(__file__).parent.parent / "local.cnf.example"


@pytest.fixture
def client(tmp_path):
    local = tmp_path / "local.cnf"
    text = EXAMPLE.read_text(encoding="utf-8")
    local.write_text(text.replace(r"C:\Inetpub\data\phones", str(tmp_path / "100%")), encoding="utf-8")
    (tmp_path / "100%").mkdir()
    module.application.config["LOCAL"] = str(local)
    return module.application.test_client()


def test_a_number_that_was_written_down_is_found(client):
    assert client.get("/").get_data(as_text=True) == "Nobody has a phone yet.\n"
    assert client.put("/Žofie/17").status_code == 201
    assert client.put("/Ada/4").status_code == 201
    assert client.put("/Ada/5").status_code == 201
    assert client.get("/Ada").get_data(as_text=True) == "5\n"
    lines = client.get("/").get_data(as_text=True).splitlines()
    assert lines == ["Ada  5  /Ada", "Žofie  17  /%C5%BDofie"]


def test_who_has_no_phone_is_not_found(client):
    assert client.get("/Grace").status_code == 404


def test_addresses_are_those_below_the_virtual_directory(client):
    client.put("/Ada/5")
    mounted = client.get("/", base_url="http://localhost/phones")
    assert "/phones/Ada" in mounted.get_data(as_text=True)


def test_without_local_configuration_it_says_so(client, tmp_path):
    (tmp_path / "local.cnf").unlink()
    module.application.testing = True
    with pytest.raises(FileNotFoundError, match="local.cnf"):
        client.get("/")
