"""One postcard, as it is kept and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: The printed pictures to choose from, each the name of a group in `static/scenes.svg`.
SCENES = ("sea", "hills", "town", "night")


@dataclass(frozen=True)
class Card:
    """A card on the wall; every field is ready to be written to JSON."""

    number: str
    """Unique, safe in a file name and a link, and greater than the numbers of older cards."""
    to: str
    sender: str
    place: str
    message: str
    scene: str
    picture: str | None
    """File name of the uploaded picture, made by us; without one the scene is shown."""
    alt: str
    """What the uploaded picture shows, for people who do not see it."""
    posted: str
    """Moment in UTC, ISO 8601."""

    @property
    def postmark(self) -> str:
        """Gives the day as a post office stamps it."""
        return datetime.fromisoformat(self.posted).strftime("%d.%m.%Y")


def greeting(number: str, sender: str, place: str, scene: str, message: str) -> Card:
    """Makes one of the cards that hang on every wall from the first day."""
    return Card(number, "you", sender, place, message, scene, None, "", "1904-05-01T09:00:00+00:00")


#: Shown below all others, so that a new wall is not bare.
GREETINGS = (
    greeting(
        "greeting-3",
        "the lighthouse",
        "Far Point",
        "night",
        "Quiet here. Saw four ships and one whale. The whale waved.",
    ),
    greeting(
        "greeting-2",
        "Aunt Ottilie",
        "Upper Meadow",
        "hills",
        "The path is steep, the cake is not to be missed. Bring boots!",
    ),
    greeting(
        "greeting-1",
        "the postmaster",
        "Post Office",
        "sea",
        "Welcome! Every wall starts with a first card. Why not yours?",
    ),
)
