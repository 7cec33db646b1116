"""The postman's round: a generator that takes its time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from .card import Card

#: The doors of the village, in walking order.
DOORS = (
    "1 Mill Lane",
    "3 Mill Lane",
    "the bakery",
    "the old school",
    "Bridge House",
    "the lighthouse",
)

#: Seconds between two lines if nobody asks for another pace, and the slowest that may be asked for.
PACE = 0.6
SLOWEST = 5.0


def pace_of(text: str | None) -> float:
    """Reads a pace in seconds; whatever is no number from 0 to `SLOWEST` means the usual one."""
    try:
        pace = float(text or "")
    except ValueError:
        return PACE
    return pace if 0 <= pace <= SLOWEST else PACE


def walk(cards: Iterable[Card], pace: float) -> Iterator[str]:
    """Walks the round and tells each stop the moment it is reached."""
    for number, line in enumerate(tell(list(cards))):
        if number and pace:
            time.sleep(pace)
        yield line


def tell(cards: list[Card]) -> Iterator[str]:
    """Tells the whole round; the same cards always give the same lines."""
    yield f"Leaves the post office with {counted(len(cards), 'card')} in the bag."
    for door, name in enumerate(DOORS):
        dropped = cards[door :: len(DOORS)]
        yield f"{name[0].upper()}{name[1:]}: {dropping(dropped)}"
    yield "Back at the post office. The round is done."


def dropping(cards: list[Card]) -> str:
    """Says what goes through one letterbox."""
    if not cards:
        return "nothing today, but the dog gets a biscuit."
    return "; ".join(f"a card for {card.to} from {card.sender}" for card in cards) + "."


def counted(count: int, noun: str) -> str:
    """Counts in words: no cards, 1 card, 2 cards."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
