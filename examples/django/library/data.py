"""The data folder: the database and the secret key. The app may write there, and nowhere else."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def folder(wanted: str) -> Path:
    """Finds the data folder, and makes it if it is not there yet.

    A path that is not absolute here is a server's path on somebody's laptop (`D:\\data\\records` on Linux);
    taken literally it would become an oddly named folder inside the project.
    """
    path = Path(wanted)
    path = path if path.is_absolute() else Path(tempfile.gettempdir(), "records")
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(file: Path) -> str:
    """Reads the key that sessions are signed with; the first to ask makes it up.

    So no key is in version control, in `Web.config` or in the server's configuration, and all processes share one.
    """
    if not file.exists():
        number, own = tempfile.mkstemp(dir=file.parent)
        with open(number, "w", encoding="ascii") as key:
            key.write(get_random_secret_key())
        # Unlike a rename, a link fails if another process came first, and nobody ever reads half a key.
        with suppress(FileExistsError):
            os.link(own, file)
        os.unlink(own)
    return file.read_text(encoding="ascii")
