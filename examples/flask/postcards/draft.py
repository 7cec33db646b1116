"""A filled-in form: what was written, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .card import SCENES

#: The form's text fields and how many characters each may hold; the page shows the same numbers.
LENGTHS = {"to": 40, "sender": 40, "place": 40, "message": 280, "alt": 120}

#: What to say when one of these is empty.
REQUIRED = {
    "to": "Who is the card for?",
    "sender": "Who sends it?",
    "message": "A card wants at least one word",
}


@dataclass
class Draft:
    """A card that is still being written."""

    values: dict[str, str] = field(default_factory=lambda: {"scene": SCENES[0]})
    problems: dict[str, str] = field(default_factory=dict)
    """One sentence for each field that has to be corrected, in the order of the form."""


def read(form: Mapping[str, str]) -> Draft:
    """Reads a submitted form, all problems at once."""
    values = {name: tidy(form.get(name, "")) for name in LENGTHS}
    scene = form.get("scene", "")
    values["scene"] = scene if scene in SCENES else SCENES[0]
    problems = {name: text for name, text in REQUIRED.items() if not values[name]}
    for name, longest in LENGTHS.items():
        if len(values[name]) > longest:
            problems[name] = f"{len(values[name])} characters do not fit, {longest} do"
    return Draft(values, problems)


def tidy(text: str) -> str:
    """Strips the ends; browsers count a line break as one character but send two."""
    return text.replace("\r\n", "\n").strip()
