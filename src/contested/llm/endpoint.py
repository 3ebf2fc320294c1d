"""Where a language model is asked: its address, its name, and the key, which is shown nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from contested.errors import UsageError
from contested.settings import Settings, variable

LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
NO_KEY = "none"
"""Sent as the key where none is set: servers at home ask for none, but the client wants one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible endpoint and a model that it serves. `seconds` is for one answer."""

    address: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: int = 120

    @classmethod
    def of(cls, settings: Settings) -> Endpoint:
        """The endpoint of the settings. Raises UsageError, which says what is missing or wrong."""
        if not settings.llm_endpoint or not settings.llm_model:
            missing = "llm_endpoint" if not settings.llm_endpoint else "llm_model"
            raise UsageError(
                f"No language model is named: {variable(missing)} is not set. Set "
                f"{variable('llm_endpoint')} to the base address of an OpenAI-compatible endpoint "
                "(https://HOST/v1, http://localhost:11434/v1), "
                f"{variable('llm_model')} to the model, and {variable('llm_key')} to the key if it "
                "asks for one."
            )
        return cls(
            address=_checked(settings.llm_endpoint),
            model=settings.llm_model.strip(),
            key=_sendable(settings.llm_key),
            seconds=settings.llm_seconds or 120,
        )

    @property
    def host(self) -> str:
        """To which host reports go."""
        return urlsplit(self.address).netloc

    @property
    def bare(self) -> bool:
        """Whether reports and key cross a network unencrypted."""
        parts = urlsplit(self.address)
        return parts.scheme == "http" and (parts.hostname or "") not in LOCAL

    def clean(self, words: str) -> str:
        """`words` without the key, wherever they came from."""
        return words.replace(self.key, "[key]") if self.key and len(self.key) > 3 else words


def _sendable(key: str | None) -> str | None:
    """The key as it can be sent. Raises UsageError, which does not hold it."""
    key = (key or "").strip()
    if not all(32 < ord(sign) < 127 for sign in key):
        raise UsageError(
            f"{variable('llm_key')} is no key: it holds white space or a sign that no key has. "
            "Copy it anew."
        )
    return key or None


def _checked(address: str) -> str:
    """The base address. Raises UsageError for what is none, or holds a name or password."""
    address = address.strip().rstrip("/").removesuffix("/chat/completions")
    mend = "Write the endpoint's base address, as https://HOST/v1 or http://localhost:11434/v1."
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise UsageError(f"The endpoint's address cannot be understood. {mend}") from error
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            f"The endpoint's address holds a name or a password. Put the key into "
            f"{variable('llm_key')} and leave out what stands before the @."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"{address[:100]!r} is no endpoint's address. {mend}")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in address):
        raise UsageError(f"{address[:100]!r} is no endpoint's address. {mend}")
    return address
