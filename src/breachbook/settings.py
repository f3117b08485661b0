"""The settings: one tuple, each with its name, default and help; every one can be given by environment variable."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from breachbook.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `BREACHBOOK_<NAME>` in the environment; `default` None means derived (see its help). A `secret` is never
    shown."""

    name: str
    default: str | None
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"BREACHBOOK_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("home", None, "Folder of database, documents and search index (default: a folder per user, $XDG_DATA_HOME/breachbook)."),
    Setting("database", None, "Database URL, such as postgresql://user@host/book (default: SQLite, book.sqlite in the home folder)."),
    Setting("host", "127.0.0.1", "Address that `breachbook serve` listens on."),
    Setting("port", "8000", "Port that `breachbook serve` listens on."),
    Setting("fetch_timeout", "20", "Seconds one fetch of a URL may take in all."),
    Setting("fetch_limit", "20000000", "Bytes a fetched answer may have at most, after decompression."),
    Setting("document_limit", "20000000", "Bytes a single document may have at most."),
    Setting("feed_check", "on", "Whether a file of a structured source is held against what the book has of it: on or off."),
    Setting("contact", "", "A contact (URL or address) put into the user agent of fetches, as polite crawlers do."),
    Setting("reader", "offline", "The reader of documents where a command names none: offline or llm."),
    Setting("llm_url", "", "Base URL of an OpenAI-compatible endpoint for the reader llm, such as http://127.0.0.1:11434/v1 (Ollama)."),
    Setting("llm_model", "", "Name of the model that the endpoint is to use."),
    Setting("llm_key", "", "Key of the endpoint, where it wants one.", secret=True),
    Setting("llm_timeout", "120", "Seconds that one answer of the endpoint may take."),
    Setting("llm_retries", "2", "How often the endpoint is asked again after an error that may pass."),
    Setting("llm_characters", "24000", "Characters of a document that are sent at most; the rest is not read by the model."),
)


def default_home(environment: Mapping[str, str]) -> Path:
    """The per-user data folder, by the platform's custom (XDG, macOS Application Support, Windows LOCALAPPDATA)."""
    if environment.get("XDG_DATA_HOME"):
        return Path(environment["XDG_DATA_HOME"]) / "breachbook"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "breachbook"
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "breachbook"
    return Path.home() / ".local" / "share" / "breachbook"


def default_cache(environment: Mapping[str, str]) -> Path:
    """The per-user folder of what can be made again: $XDG_CACHE_HOME/breachbook, else by the platform's custom."""
    if environment.get("XDG_CACHE_HOME"):
        return Path(environment["XDG_CACHE_HOME"]) / "breachbook"
    if sys.platform in ("darwin", "win32"):
        return default_home(environment) / "cache"
    return Path.home() / ".cache" / "breachbook"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. Make one with `load`."""

    home: Path
    database: str
    host: str
    port: int
    fetch_timeout: float
    fetch_limit: int
    document_limit: int
    feed_check: bool
    contact: str
    reader: str
    llm_url: str
    llm_model: str
    llm_key: str = field(repr=False)
    llm_timeout: float
    llm_retries: int
    llm_characters: int


def _number(name: str, value: str, low: float, high: float) -> float:
    try:
        number = float(value)
    except ValueError:
        raise SettingsError(f"{value!r} is not a number", subject=f"BREACHBOOK_{name.upper()}") from None
    if not low <= number <= high:
        raise SettingsError(f"{value} is outside {low:g} to {high:g}", subject=f"BREACHBOOK_{name.upper()}")
    return number


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise SettingsError(f"{value!r} is neither on nor off", subject=f"BREACHBOOK_{name.upper()}")
    return value == "on"


def load(environment: Mapping[str, str] | None = None, **given: str | None) -> Settings:
    """The settings from `given` (command-line options), else the environment, else the defaults.

    Raises:
        SettingsError: a value is not of its form.
    """
    env = os.environ if environment is None else environment
    raw = {s.name: given.get(s.name) or env.get(s.variable) or s.default for s in SETTINGS}
    home = Path(raw["home"]).expanduser() if raw["home"] else default_home(env)
    return Settings(
        home=home,
        database=raw["database"] or f"sqlite:///{home / 'book.sqlite'}",
        host=raw["host"] or "127.0.0.1",
        port=int(_number("port", raw["port"] or "", 1, 65535)),
        fetch_timeout=_number("fetch_timeout", raw["fetch_timeout"] or "", 0.1, 3600),
        fetch_limit=int(_number("fetch_limit", raw["fetch_limit"] or "", 1000, 10**10)),
        document_limit=int(_number("document_limit", raw["document_limit"] or "", 1000, 10**10)),
        feed_check=_switch("feed_check", raw["feed_check"] or "on"),
        contact=raw["contact"] or "",
        reader=raw["reader"] or "offline",
        llm_url=raw["llm_url"] or "",
        llm_model=raw["llm_model"] or "",
        llm_key=raw["llm_key"] or "",
        llm_timeout=_number("llm_timeout", raw["llm_timeout"] or "", 0.1, 3600),
        llm_retries=int(_number("llm_retries", raw["llm_retries"] or "", 0, 10)),
        llm_characters=int(_number("llm_characters", raw["llm_characters"] or "", 1000, 1_000_000)),
    )
