"""One request to a language model, through pydantic-ai: no tools, no redirects, bounded time."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from contested.errors import (
    AnswerUnusable,
    EndpointBusy,
    EndpointRefused,
    EndpointUnreachable,
    ExtraMissing,
    LanguageModelError,
)
from contested.llm.costs import Tokens
from contested.llm.endpoint import NO_KEY, Endpoint

NEEDED = "A language model is asked through pydantic-ai, which is not installed. Install it: pip install 'contested[llm]'."  # noqa: E501
T = TypeVar("T")
LONGEST_BODY = 200
"""Characters of what a server says of an error that are shown."""


class TooLong(AnswerUnusable):
    """What was sent, or the answer, is longer than the model takes: send less at a time."""


class NotInForm(LanguageModelError):
    """The server does not take the request in this form: a plainer one may do."""


class Throttled(EndpointBusy):
    """Not now. `wait` is for how many seconds the server asks, or None."""

    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent. With `schema` the server is asked to keep the answer to it."""

    task: str
    report: str
    schema: dict[str, Any] | None
    most: int
    """Tokens that the answer may have."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `broken` where it ends before its end. `tokens` is None if not counted."""

    text: str
    tokens: Tokens | None
    broken: bool


class Client:
    """Asks one endpoint, one request at a time. Close it, or use it in a ``with`` statement."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._exits = ExitStack()

    def close(self) -> None:
        """End its connections; a second call does nothing."""
        _apart(self._exits.close)
        for made in ("_runner", "_model"):
            self.__dict__.pop(made, None)

    @cached_property
    def _runner(self) -> asyncio.Runner:
        return self._exits.enter_context(asyncio.Runner())

    def _run(self, what: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run it to its end."""
        return _apart(lambda: self._runner.run(what()))

    @cached_property
    def _model(self) -> Any:
        """The model as pydantic-ai sees it. Raises ExtraMissing."""
        try:
            import httpx2
            from openai import AsyncOpenAI
            from pydantic_ai.models.openai import OpenAIChatModel
            from pydantic_ai.profiles import ModelProfile
            from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
        except ImportError as error:
            raise ExtraMissing(NEEDED) from error
        web = httpx2.AsyncClient(timeout=self.endpoint.seconds, follow_redirects=False)
        _ = self._runner
        self._exits.callback(lambda: self._run(web.aclose))
        client = AsyncOpenAI(
            base_url=self.endpoint.address,
            api_key=self.endpoint.key or NO_KEY,
            organization="",
            project="",
            max_retries=0,
            http_client=web,
        )
        client.organization = client.project = None
        profile = ModelProfile(supports_json_schema_output=True, supports_json_object_output=True)
        provider = OpenAICompatibleProvider("endpoint", openai_client=client, profile=profile)
        return OpenAIChatModel(self.endpoint.model, provider=provider)

    def ready(self) -> None:
        """Raise ExtraMissing if what is needed is not installed. Sends nothing."""
        _ = self._model

    def ask(self, request: Request) -> Reply:
        """Send a request and wait for the answer.

        Raises EndpointUnreachable, EndpointRefused, Throttled, NotInForm, TooLong or
        AnswerUnusable; no message holds the key.
        """
        self.ready()
        with _in_our_words(self.endpoint):
            answer = self._run(lambda: self._asked(request))
        text = "".join(part.content for part in answer.parts if part.part_kind == "text")
        usage, tokens = answer.usage, None
        if usage.input_tokens or usage.output_tokens:
            tokens = Tokens(max(0, usage.input_tokens), max(0, usage.output_tokens), 1)
        if answer.finish_reason == "content_filter":
            said = str((answer.provider_details or {}).get("refusal") or "")
            raise Refused(self.endpoint.clean(f"it refuses: {_line(said)}".rstrip(": ")), tokens)
        return Reply(self.endpoint.clean(text), tokens, answer.finish_reason == "length")

    async def _asked(self, request: Request) -> Any:
        from pydantic_ai.direct import model_request
        from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart
        from pydantic_ai.models import ModelRequestParameters
        from pydantic_ai.output import OutputObjectDefinition
        from pydantic_ai.settings import ModelSettings

        task, report = SystemPromptPart(request.task), UserPromptPart(request.report)
        settings = ModelSettings(max_tokens=request.most, timeout=self.endpoint.seconds)
        parameters = ModelRequestParameters(output_mode="text")
        if request.schema is not None:
            settings["temperature"] = 0.0
            form = OutputObjectDefinition(request.schema, name="claims", strict=True)
            parameters = ModelRequestParameters(
                output_mode="native", output_object=form, allow_text_output=True
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            async with asyncio.timeout(self.endpoint.seconds):
                return await model_request(
                    self._model,
                    [ModelRequest(parts=[task, report])],
                    model_settings=settings,
                    model_request_parameters=parameters,
                )


def _apart(what: Callable[[], T]) -> T:
    """Do it here, or, where this thread has a loop that runs (a notebook), in one of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return what()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(what).result()


class Refused(AnswerUnusable):
    """The model refuses to answer. `tokens` are what that cost, if the server tells."""

    def __init__(self, message: str, tokens: Tokens | None = None) -> None:
        super().__init__(message)
        self.tokens = tokens


@contextmanager
def _in_our_words(endpoint: Endpoint) -> Iterator[None]:
    """Errors of the libraries as those of our own tree."""
    from pydantic_ai import exceptions as theirs

    try:
        yield
    except theirs.ModelContextWindowExceededError as error:
        raise TooLong(f"it is longer than {endpoint.model} takes") from error
    except (theirs.ModelTimeoutError, TimeoutError) as error:
        raise Throttled(_told(endpoint, f"gave no answer in {endpoint.seconds} s"), None) from error
    except theirs.ModelConnectionError as error:
        if error.phase in ("read", "write"):
            raise Throttled(_told(endpoint, "broke the connection off"), None) from error
        raise EndpointUnreachable(
            _told(endpoint, "cannot be reached", error)
            + " Check the address and that the server runs; nothing was lost."
        ) from error
    except theirs.ModelHTTPError as error:
        raise _by_status(endpoint, error.status_code, error) from error
    except theirs.ModelAPIError as error:
        status = getattr(error.__cause__, "status_code", None)
        if isinstance(status, int):
            raise _by_status(endpoint, status, error) from error
        raise AnswerUnusable(_told(endpoint, "answers with what is no chat completion")) from error
    except (LookupError, TypeError, AttributeError) as error:
        raise AnswerUnusable(_told(endpoint, "answers with what is no chat completion")) from error
    except theirs.UnexpectedModelBehavior as error:
        message = f"no answer of the form asked for ({_line(str(error))})"
        raise AnswerUnusable(endpoint.clean(message)) from error


def _by_status(endpoint: Endpoint, status: int, error: Any) -> LanguageModelError:
    """What a status of HTTP means here."""
    from pydantic_ai.exceptions import ModelQuotaExceededError

    if isinstance(error, ModelQuotaExceededError) or status == 402:
        return EndpointRefused(
            _told(endpoint, "says that the quota is used up", error)
            + " Ask its operator for more, or name another."
        )
    if status in (401, 403):
        given = "the key is wrong or may not do this" if endpoint.key else "it asks for a key"
        return EndpointRefused(
            _told(endpoint, f"refuses: {given}", error) + " Set CONTESTED_LLM_KEY to a key for it."
        )
    if 300 <= status < 400:
        return EndpointRefused(
            _told(endpoint, "sends one on to another address, where nothing is sent")
            + " If that is the right one, set CONTESTED_LLM_ENDPOINT to it."
        )
    if status in (404, 405):
        return EndpointRefused(
            _told(endpoint, f"has no model {endpoint.model!r} at that address", error)
            + " Check CONTESTED_LLM_ENDPOINT and CONTESTED_LLM_MODEL."
        )
    if status in (408, 409, 425, 429) or status >= 500:
        return Throttled(_told(endpoint, f"is busy or failed ({status})", error), error.retry_after)
    if status == 413:
        return TooLong(f"it is longer than {endpoint.host} takes")
    return NotInForm(_told(endpoint, f"does not take the request ({status})", error))


def _told(endpoint: Endpoint, problem: str, error: Any = None) -> str:
    said = _said(error)
    return endpoint.clean(f"{endpoint.host} {problem}{f': {said}' if said else ''}.")


def _said(error: Any) -> str:
    """What the server says of it, on one line."""
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message", inner) if isinstance(inner, dict) else inner
    return _line(str(body)).rstrip(". ") if body else ""


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_BODY else line[: LONGEST_BODY - 1] + "…"
