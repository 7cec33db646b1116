"""Sets Django up for pytest, with a data folder and a database of its own."""

import os
import tempfile

import django
import pytest

FOLDER = tempfile.TemporaryDirectory()
os.environ["RECORDS_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "library.settings"
django.setup()


@pytest.fixture(scope="session", autouse=True)
def database():
    """A database in memory, migrated."""
    from django.test import utils

    utils.setup_test_environment()
    databases = utils.setup_databases(verbosity=0, interactive=False)
    yield
    utils.teardown_databases(databases, verbosity=0)
    utils.teardown_test_environment()
    FOLDER.cleanup()
