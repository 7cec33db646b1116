"""The app alone, without a server: run `python -m pytest` in the folder above."""

from __future__ import annotations

import io
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.urls import set_script_prefix

from library import data
from library.wsgi import application
from records.models import Loan, Record


class Pages(TestCase):
    """What everybody sees."""

    def setUp(self):
        self.blue = Record.objects.create(artist="Joni Mitchell", title="Blue", year=1971, shelf="M2")
        self.pink = Record.objects.create(artist="Nick Drake", title="Pink Moon", year=1972, shelf="D1")

    def page(self, path, **options):
        return self.client.get(path, **options).content.decode()

    def test_the_shelf_is_in_order_and_tells_what_is_out(self):
        Loan.objects.create(record=self.pink, borrower="Ada")
        Loan.objects.create(record=self.blue, borrower="Ada", returned="2026-01-02")
        page = self.page("/")
        assert page.index("Blue (1971)") < page.index("Pink Moon (1972)")
        assert page.count("<em>out</em>") == 1
        assert "Ada" not in page

    def test_a_search_looks_at_artist_and_title(self):
        for words, there, not_there in [
            ("mitch", "Blue", "Pink"),
            ("MOON", "Pink", "Blue"),
            ("zither", "Nothing by that name", "Blue"),
        ]:
            page = self.page("/", data={"q": words})
            assert there in page
            assert not_there not in page

    def test_a_record_tells_where_it_is(self):
        assert "on shelf M2" in self.page(f"/{self.blue.pk}/")
        Loan.objects.create(record=self.blue, borrower="Ada", since="2026-03-01")
        page = self.page(f"/{self.blue.pk}/")
        assert "Out since 1 March 2026" in page
        assert "M2" not in page

    def test_what_is_not_there_is_not_found(self):
        for path in ("/999/", "/nowhere", "/static/nothing.css"):
            assert self.client.get(path).status_code == 404
        assert self.client.get("/static/../library/settings.py").status_code == 400

    def test_a_foreign_host_is_refused(self):
        assert Client(headers={"host": "evil.example"}).get("/").status_code == 400

    def test_links_stay_below_the_path_of_the_application(self):
        self.addCleanup(set_script_prefix, "/")
        set_script_prefix("/music/")
        page = self.page("/")
        for link in ('href="/music/"', 'href="/music/admin/"', f'href="/music/{self.blue.pk}/"'):
            assert link in page

    def test_the_server_finds_the_application(self):
        assert callable(application)


class Desk(TestCase):
    """What those at the desk do."""

    def setUp(self):
        self.client.force_login(User.objects.create_superuser("ada", password="engine"))

    def test_a_record_is_added_and_lent(self):
        fields = {"artist": "Can", "title": "Future Days", "year": "1973", "shelf": "C1"}
        inline = {"loans-TOTAL_FORMS": "1", "loans-INITIAL_FORMS": "0", "loans-0-borrower": "Grace"}
        lent = {"loans-0-since": "2026-01-01"}
        answer = self.client.post("/admin/records/record/add/", {**fields, **inline, **lent})
        assert answer.status_code == 302, answer.content.decode()
        assert str(Loan.objects.get()) == "Can: Future Days (1973) to Grace"

    def test_strangers_are_asked_to_sign_in(self):
        answer = Client().get("/admin/records/record/")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")

    def test_a_record_is_out_once(self):
        record = Record.objects.create(artist="Can", title="Ege Bamyasi", year=1972, shelf="C1")
        Loan.objects.create(record=record, borrower="Ada")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Loan.objects.create(record=record, borrower="Grace")

    def test_no_record_is_older_than_records(self):
        with self.assertRaises(ValidationError):
            Record(artist="Nero", title="Fire", year=64, shelf="N1").full_clean()


class Project(TestCase):
    """The project around the app."""

    def test_the_migrations_are_those_of_the_models(self):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    def test_only_https_is_left_to_whoever_sets_up_the_site(self):
        found = io.StringIO()
        call_command("check", deploy=True, stdout=found, stderr=found)
        told = {line.split("(")[1].split(")")[0] for line in found.getvalue().splitlines() if "(security." in line}
        assert told == {"security.W004", "security.W008", "security.W012", "security.W016"}

    def test_all_processes_share_one_key(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "key")
            with ThreadPoolExecutor(8) as pool:
                keys = set(pool.map(lambda _: data.secret_key(file), range(8)))
            assert keys == {file.read_text()}
            assert len(keys.pop()) == 50
            assert list(Path(folder).iterdir()) == [file]

    def test_a_path_of_another_system_is_no_folder_name(self):
        assert data.folder(tempfile.gettempdir()) == Path(tempfile.gettempdir())
        for foreign in ("", "records", "./data"):
            assert data.folder(foreign).name == "records"
            assert data.folder(foreign).is_absolute()
