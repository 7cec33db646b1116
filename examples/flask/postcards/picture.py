"""An uploaded picture, known by its content: name and type that a browser sends may be anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

#: Bytes that a picture may have.
LARGEST = 2 * 1024 * 1024

#: The only types that are kept and sent.
SUFFIXES = (".png", ".jpg", ".gif", ".webp")


@dataclass(frozen=True)
class Picture:
    """A whole picture of a type that browsers show and that cannot carry a script."""

    content: bytes
    suffix: str


def read(stream: BinaryIO) -> Picture | None:
    """Reads an upload; `None` if it is no picture of a known type or too large."""
    content = stream.read(LARGEST + 1)
    suffix = suffix_of(content[:12])
    return Picture(content, suffix) if suffix and len(content) <= LARGEST else None


def suffix_of(head: bytes) -> str | None:
    """Tells the type from the first twelve bytes."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if head.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    return None
