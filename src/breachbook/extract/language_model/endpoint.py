"""An OpenAI-compatible endpoint: one question, one answer in JSON, tried again where that may help."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import urlsplit

import openai
import stamina

from breachbook.errors import SettingsError
from breachbook.extract.language_model.bounds import TooMuchError, bounded_client
from breachbook.extract.language_model.failures import FailureError, clean
from breachbook.extract.language_model.schema import Schema
from breachbook.settings import Settings

TRIED_AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504))
"""Answers that may be another one a moment later."""

NOT_SUPPORTED = frozenset((400, 404, 415, 422, 501))
"""Answers to a parameter that the endpoint does not know."""

LONGEST_WAIT = 60.0
"""Seconds that an endpoint's Retry-After is waited for at most."""

LONGEST_ANSWER = 8_000
"""Tokens of an answer; a record of five incidents with all its quotes has about as many."""

FORMATS = ("json_schema", "json_object", "plain")
"""How an endpoint is held to the form of the answer, the strictest first."""

# It reports every new attempt; what became of a document is said once, by its reading.
logging.getLogger("stamina").addHandler(logging.NullHandler())

Result = TypeVar("Result")
Messages = Callable[[bool], Sequence[dict[str, str]]]
"""The messages of a question; True: with the form of the answer in words."""


@dataclass(frozen=True, slots=True)
class Form:
    """With which parameters an endpoint is asked: the format, and those that it has not refused."""

    format: str = FORMATS[0]
    extras: tuple[tuple[str, int], ...] = (("temperature", 0), ("seed", 0), ("max_tokens", LONGEST_ANSWER))

    def parameters(self, schema: Schema) -> dict[str, Any]:
        """As the request has them."""
        given: dict[str, Any] = dict(self.extras)
        if self.format == "json_schema":
            given["response_format"] = {"type": "json_schema", "json_schema": {"name": "report_record", "strict": True, "schema": schema}}
        elif self.format == "json_object":
            given["response_format"] = {"type": "json_object"}
        return given

    def without(self, message: str) -> Form | None:
        """The next one to try after a refusal, by what its message names; None when nothing is left to leave out."""
        if named := {name for name, _ in self.extras if name in message}:
            return replace(self, extras=tuple(e for e in self.extras if e[0] not in named))
        if self.format != FORMATS[-1]:
            return replace(self, format=FORMATS[FORMATS.index(self.format) + 1])
        return replace(self, extras=()) if self.extras else None


class _RefusedParameterError(Exception):
    """The endpoint does not take a parameter."""


class Endpoint:
    """One endpoint, as it is set up.

    Args:
        settings: its base URL, model, key, time-out and retries.
        back_off: seconds before the second attempt, doubled for each further one.

    Raises:
        SettingsError: URL or model is missing or cannot be used.
    """

    def __init__(self, settings: Settings, *, back_off: float = 1.0) -> None:
        self._url, self.model, self._key = _url(settings.llm_url), _model(settings.llm_model), settings.llm_key
        self._seconds, self._attempts, self._back_off = settings.llm_timeout, 1 + settings.llm_retries, back_off
        self._form = Form()
        left_out = ("OpenAI-Organization", "OpenAI-Project", *(() if self._key else ("Authorization",)))  # of the environment
        self._headers: dict[str, Any] = {name: openai.Omit() for name in left_out}
        self._client = openai.OpenAI(
            base_url=self._url, api_key=self._key or "none", timeout=self._seconds, max_retries=0,
            http_client=cast(Any, bounded_client(self._seconds)),
        )  # fmt: skip

    def ask(self, messages: Messages, schema: Schema, read: Callable[[str], Result]) -> Result:
        """What `read` makes of the answer to some messages; asked again after failures that may pass.

        Raises:
            FailureError: there is none that can be used.
            SettingsError: key, URL or model is wrong: no question will have an answer.
        """
        for attempt in stamina.retry_context(
            on=_wait, attempts=self._attempts, timeout=None, wait_initial=self._back_off, wait_max=LONGEST_WAIT, wait_jitter=0
        ):
            with attempt:
                return read(self._answer(messages, schema))
        raise FailureError("it gave no answer")  # pragma: no cover - the last attempt raises

    def _answer(self, messages: Messages, schema: Schema) -> str:
        """The content of one answer, with the strictest form that the endpoint takes; that form is kept for the next ones."""
        form: Form | None = self._form
        while form is not None:
            try:
                content = self._content(messages(form.format != FORMATS[0]), form.parameters(schema))
            except _RefusedParameterError as refused:
                last, form = str(refused), form.without(str(refused))
                continue
            self._form = form
            return content
        raise FailureError(f"it refuses the request: {last}")

    def _content(self, messages: Sequence[dict[str, str]], parameters: dict[str, Any]) -> str:
        try:
            raw = self._client.chat.completions.with_raw_response.create(
                model=self.model, messages=cast(Any, list(messages)), extra_headers=self._headers, **parameters
            )
            body = raw.http_response.content
        except openai.APITimeoutError:
            raise FailureError(f"it did not answer within {self._seconds:g} seconds", again=True, down=True) from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, TooMuchError):
                raise FailureError("its answer is too long", down=True) from None
            raise FailureError(f"it cannot be reached at {self._url}", again=True, down=True) from None
        except openai.APIStatusError as error:
            self._refused(error)
        return _content(body)

    def _refused(self, error: openai.APIStatusError) -> NoReturn:
        """What a status other than 2xx means."""
        status, message = error.status_code, clean(error.message, (self._key,)).removeprefix(f"Error code: {error.status_code} - ")
        if status in (401, 403):
            raise SettingsError(f"the endpoint refuses the key ({status})", subject="BREACHBOOK_LLM_KEY") from None
        if status == 404 and not _names_parameter(message):
            reason = f"the endpoint has no such model, or no chat completions under {self._url} (404)"
            raise SettingsError(reason, subject=f"BREACHBOOK_LLM_MODEL={self.model}") from None
        if status in TRIED_AGAIN:
            after = _retry_after(error.response.headers)
            spent = status == 429 and "insufficient_quota" in str(error.code or error.message)
            passes = not spent and (after is None or after <= LONGEST_WAIT)
            raise FailureError(f"it answers {status}: {message}", again=passes, after=after, down=True) from None
        if status in NOT_SUPPORTED and "context" not in message.lower():
            raise _RefusedParameterError(message) from None
        raise FailureError(f"it answers {status}: {message}", down=300 <= status < 400) from None


def _names_parameter(message: str) -> bool:
    return any(word in message for word in ("response_format", "json_schema", "json_object", "temperature", "max_tokens", "seed"))


def _wait(error: Exception) -> bool | float:
    """Whether to ask again, and after how many seconds where the endpoint says so."""
    if not isinstance(error, FailureError) or not error.again:
        return False
    return True if error.after is None else error.after


def _retry_after(headers: Any) -> float | None:
    """Seconds, as `Retry-After` has them (RFC 9110, 10.2.3: a number or a date)."""
    value = str(headers.get("retry-after") or "")[:40]
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None


def _content(body: bytes) -> str:
    """The words of the model in an answer of the chat completions API.

    Raises:
        FailureError: it has none: it is not of that form, was cut off or refused.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise FailureError("it answers in no form of the chat completions API", again=True) from None
    choice = next(_choices(answer), None)
    message = choice.get("message") if choice else None
    if choice is None or not isinstance(message, dict):
        raise FailureError("it answers in no form of the chat completions API", again=True)
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise FailureError("the model refuses to answer")
    if choice.get("finish_reason") == "length":
        raise FailureError("its answer is cut off at the longest that the model gives")
    content = message.get("content")
    if not isinstance(content, str):
        raise FailureError("its answer is empty", again=True)
    return content


def _choices(answer: object) -> Iterator[dict[str, Any]]:
    choices = answer.get("choices") if isinstance(answer, dict) else None
    yield from (choice for choice in (choices if isinstance(choices, list) else ()) if isinstance(choice, dict))


def _url(value: str) -> str:
    """A base URL that can be used.

    Raises:
        SettingsError: it is missing, not http(s), or holds a name and password.
    """
    out = "set BREACHBOOK_LLM_URL and BREACHBOOK_LLM_MODEL (docs/language-model.md), or read with --reader offline"
    if not value:
        raise SettingsError(f"the reader llm has no endpoint: {out}", subject="BREACHBOOK_LLM_URL")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 0) >= 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError("not an http or https address without a name and password", subject="BREACHBOOK_LLM_URL")
    return value.rstrip("/")


LONGEST_MODEL_NAME = 120


def _model(value: str) -> str:
    """A model's name that can stand in a reader's name.

    Raises:
        SettingsError: it is missing, too long, or holds what is not printed.
    """
    if not value:
        raise SettingsError("the reader llm has no model: name one that the endpoint has", subject="BREACHBOOK_LLM_MODEL")
    if len(value) > LONGEST_MODEL_NAME or not value.isprintable() or value != value.strip():
        raise SettingsError("no name of a model", subject="BREACHBOOK_LLM_MODEL")
    return value
