"""Cards and pictures on disk, safe for many processes at once.

Each card is one JSON file and at most one picture beside it. Files appear under their final name whole, by a
rename, and are never changed afterwards; so readers need no lock and writers cannot meet.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import time
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

from .card import Card
from .draft import Draft
from .picture import Picture


class Album:
    """A folder of cards; it is made when the first card is posted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self, count: int) -> list[Card]:
        """Lists the newest cards, newest first."""
        files = sorted(self.folder.glob("*.json"), reverse=True)[:count]
        return [Card(**json.loads(file.read_text(encoding="utf-8"))) for file in files]

    def post(self, draft: Draft, picture: Picture | None) -> Card:
        """Keeps a card. The picture comes first: a card on the wall never waits for its picture."""
        number = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        picture_name = number + picture.suffix if picture else None
        posted = datetime.now(timezone.utc).isoformat(timespec="seconds")
        card = Card(number=number, picture=picture_name, posted=posted, **draft.values)
        self.folder.mkdir(parents=True, exist_ok=True)
        if picture and picture_name:
            self._keep(picture_name, picture.content)
        self._keep(number + ".json", json.dumps(asdict(card), ensure_ascii=False).encode("utf-8"))
        return card

    def _keep(self, name: str, content: bytes) -> None:
        """Writes under a name that nobody looks for, then renames."""
        descriptor, unfinished = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.replace(unfinished, self.folder / name)
        except BaseException:
            os.unlink(unfinished)
            raise
