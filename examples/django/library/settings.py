"""Settings of the server. What differs from one machine to the next is in two environment variables."""

import os
from pathlib import Path

from . import data

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = data.folder(os.environ.get("RECORDS_DATA", ""))

DEBUG = False
SECRET_KEY = data.secret_key(DATA / "secret-key.txt")
# The names by which a monitor on the server itself asks are always among them.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *filter(None, os.environ.get("RECORDS_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "records",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "library.urls"
WSGI_APPLICATION = "library.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Several processes write to the one file; whoever finds it locked waits so many seconds.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "records.sqlite3",
        "OPTIONS": {"timeout": 20},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Without a slash in front, so that Django puts the path of the application before it.
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "collected"

# The host is shared: another application's cookies have the usual names.
SESSION_COOKIE_NAME = "records-session"
CSRF_COOKIE_NAME = "records-csrf"

USE_TZ = True
TIME_ZONE = "UTC"

# To standard error, which the gateway writes into its log. Django's own default is an e-mail to nobody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"log": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["log"], "level": "WARNING", "propagate": False}},
}
