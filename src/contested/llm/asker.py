"""Asks a language model for the claims of reports, within a limit, and says what went wrong."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import from_json

from contested.errors import (
    AnswerUnusable,
    EndpointBusy,
    EndpointUnreachable,
    LanguageModelError,
    TooManyTokens,
)
from contested.llm.client import Client, NotInForm, Refused, Reply, Request, Throttled, TooLong
from contested.llm.costs import Spent, Tokens, answer_of, tokens_of
from contested.llm.prompt import Piece, enclosed, halves, mark_of, pieces, task
from contested.model.proposal import Dropped, Proposal, Vocabulary, answer_schema, read_answer

LONGEST_WAIT = 60.0
"""Seconds: a server that asks to wait longer is not waited for."""
HALVINGS = 3
SHORTEST = 1_000
"""Characters: a piece that is no longer is not cut."""
IN_VAIN = 3
"""So many pieces in a row that a busy server gave no answer to are the last that it is sent."""
ROOM = 8_000
"""Tokens that an answer may have at least, where the limit leaves them."""
_FENCED = re.compile(r"```(?:json)?\s*\n?(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOptions:
    """How reports are put before the model. `most` tokens are used in all; None is no limit.

    `piece` and `overlap` are characters of the report sent at a time, and how many of them twice.
    A busy server is asked `attempts` times, with a `wait` of so many seconds in between.
    """

    piece: int = 8_000
    overlap: int = 800
    most: int | None = None
    attempts: int = 4
    wait: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model proposes for one piece of a report."""

    piece: Piece
    proposals: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...] = ()


@dataclass(slots=True)
class Answers:
    """What it proposes for a report; `missing` says of each piece without an answer why."""

    found: list[Answer] = field(default_factory=list)
    missing: list[tuple[Piece, LanguageModelError]] = field(default_factory=list)


class Asker:
    """Asks for proposals, report by report, and keeps count of the tokens."""

    def __init__(
        self, client: Client, vocabulary: Vocabulary, options: AskOptions | None = None
    ) -> None:
        self.client = client
        self.options = options or AskOptions()
        self.spent = Spent()
        self._vocabulary = vocabulary
        self._in_vain = 0
        self._schema: dict[str, Any] | None = answer_schema(vocabulary)

    def estimate(self, text: str) -> Tokens:
        """What a report will use, about."""
        schema = tokens_of(json.dumps(answer_schema(self._vocabulary), separators=(",", ":")))
        told = tokens_of(task(mark_of(text), self._vocabulary, with_schema=False)) + schema
        out = Tokens()
        for piece in pieces(text, self.options.piece, self.options.overlap):
            own = tokens_of(text[piece.start : piece.end])
            out += Tokens(told + own, answer_of(own), 1)
        return out

    def ask(self, text: str) -> Answers:
        """Proposals for a report. What one piece lacks spoils no other.

        Raises EndpointError where there is no use in asking again, and TooManyTokens where the
        limit left room for no piece at all.
        """
        out = Answers()
        for piece in pieces(text, self.options.piece, self.options.overlap):
            self._piece(text, piece, HALVINGS, out)
        if not out.found:
            for _, error in out.missing:
                if isinstance(error, TooManyTokens):
                    raise error
        return out

    def _piece(self, text: str, piece: Piece, cuts: int, out: Answers) -> None:
        """Ask for a piece; where it, or its answer, is too long, for its halves."""
        try:
            reply = self._asked(text, piece)
        except TooLong as error:
            self._smaller(text, piece, cuts, out, error)
            return
        except EndpointBusy as error:
            self._in_vain += 1
            if self._in_vain >= IN_VAIN:
                raise EndpointUnreachable(str(error)) from error
            out.missing.append((piece, error))
            return
        except (AnswerUnusable, TooManyTokens) as error:
            out.missing.append((piece, error))
            return
        if reply.broken:
            self._smaller(text, piece, cuts, out, AnswerUnusable("the answer breaks off"))
            if piece not in (missing for missing, _ in out.missing):
                return
        proposals, dropped = read_answer(_data(reply))
        out.found.append(Answer(piece, tuple(proposals), tuple(dropped)))

    def _smaller(
        self, text: str, piece: Piece, cuts: int, out: Answers, error: LanguageModelError
    ) -> None:
        parts = halves(text, piece, self.options.overlap)
        if not cuts or len(parts) == 1 or piece.end - piece.start <= SHORTEST:
            out.missing.append((piece, error))
            return
        for part in parts:
            self._piece(text, part, cuts - 1, out)

    def _asked(self, text: str, piece: Piece) -> Reply:
        """A reply that holds JSON, if need be at the second try, and in the plainer form."""
        for last in (False, True):
            try:
                reply = self._patient(text, piece)
            except NotInForm as error:
                if self._schema is None:
                    raise AnswerUnusable(str(error)) from error
                self._schema = None
                reply = self._plain(text, piece)
            if reply.broken or _data(reply) is not None:
                return reply
            if last:
                break
        raise AnswerUnusable("the answer is no JSON of the form asked for, twice")

    def _plain(self, text: str, piece: Piece) -> Reply:
        try:
            return self._patient(text, piece)
        except NotInForm as error:
            raise AnswerUnusable(str(error)) from error

    def _patient(self, text: str, piece: Piece) -> Reply:
        """A reply, from a server that may be busy at first."""
        for attempt in range(1, self.options.attempts + 1):
            request = self._request(text, piece)
            try:
                reply = self.client.ask(request)
            except Throttled as error:
                wait = 2.0**attempt if error.wait is None else error.wait
                if attempt == self.options.attempts or wait > LONGEST_WAIT:
                    asked = f" It asks to wait {wait:.0f} s." if error.wait else ""
                    again = "Try again later; nothing was lost."
                    raise EndpointBusy(f"{error}{asked} {again}") from error
                self.options.wait(wait)
            except Refused as error:
                self._count(request, error.tokens, "")
                raise
            else:
                self._in_vain = 0
                self._count(request, reply.tokens, reply.text)
                return reply
        raise AssertionError("the last attempt returns or raises")

    def _request(self, text: str, piece: Piece) -> Request:
        """What to send. Raises TooManyTokens where the limit leaves no room for an answer."""
        mark, part = mark_of(text), text[piece.start : piece.end]
        request = Request(
            task=task(mark, self._vocabulary, with_schema=self._schema is None),
            report=enclosed(part, mark),
            schema=self._schema,
            most=max(ROOM, 2 * answer_of(tokens_of(part))),
        )
        most = self.options.most
        if most is None:
            return request
        left = most - self.spent.tokens.total - self._sent(request)
        if left < min(answer_of(tokens_of(part)), request.most):
            raise TooManyTokens(
                f"the limit of {most:,} tokens is reached; {self.spent.tokens.total:,} are used. "
                "Allow more with --most-tokens."
            )
        return Request(
            task=request.task,
            report=request.report,
            schema=request.schema,
            most=min(request.most, left),
        )

    def _sent(self, request: Request) -> int:
        schema = json.dumps(request.schema) if request.schema else ""
        return tokens_of(request.task) + tokens_of(request.report) + tokens_of(schema)

    def _count(self, request: Request, tokens: Tokens | None, text: str) -> None:
        told = tokens or Tokens(self._sent(request), tokens_of(text), 1)
        self.spent.add(told, counted=tokens is not None)


def _data(reply: Reply) -> Any:
    """The JSON of a reply, also between fences or behind words; None where there is none.

    Of a reply that breaks off, the claims before the one in which it does.
    """
    text = _THOUGHT.sub("", reply.text).strip()
    fenced = _FENCED.search(text)
    for part in (text, fenced[1] if fenced else "", text[text.find("{") :]):
        try:
            data = from_json(part, allow_partial=reply.broken)
        except ValueError:
            continue
        if isinstance(data, dict) and isinstance(data.get("claims"), list):
            return {"claims": data["claims"][:-1]} if reply.broken else data
    return None
