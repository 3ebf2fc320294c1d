"""Stable ids: the same content gives the same id on every machine."""

from __future__ import annotations

import hashlib


def digest(*parts: object) -> str:
    """Full SHA-256, in hexadecimal, of the parts joined by an unprintable separator."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def short_id(prefix: str, *parts: object) -> str:
    """`prefix` and 12 hexadecimal digits (48 bits) of the parts' digest."""
    return f"{prefix}-{digest(*parts)[:12]}"
