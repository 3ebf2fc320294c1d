"""Asking a recorded server: what is sent, what may go wrong, and that no key is shown."""

from __future__ import annotations

import asyncio
import json
import logging
from itertools import pairwise
from typing import Any

import pytest

from contested.errors import (
    AnswerUnusable,
    ContestedError,
    EndpointBusy,
    EndpointRefused,
    EndpointUnreachable,
    TooManyTokens,
    UsageError,
)
from contested.llm.asker import Asker, AskOptions
from contested.llm.client import Client
from contested.llm.costs import Prices, Tokens
from contested.llm.endpoint import Endpoint
from contested.llm.prompt import Piece, halves, mark_of, pieces
from contested.settings import Settings
from tests.llm.conftest import KEY, TEXT, killed
from tests.llm.server import Asked, Recorded, Server, failed, said

OK: dict[str, Any] = {"claims": []}
OK_BODY: dict[str, Any] = said('{"claims": []}').body


def test_the_report_is_enclosed_no_tool_is_given_and_the_answer_is_bound(
    asker: Asker, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "not-for-others")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    answers = asker.ask(TEXT)
    (sent,) = server.asked
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert "not-for-others" not in json.dumps([sent.headers, sent.body])
    assert sent.body["model"] == "acme/tiny"
    assert "tools" not in sent.body
    form = sent.body["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["properties"].keys() == {"claims"}
    mark = mark_of(TEXT)
    lines = sent.report.splitlines()
    assert mark in lines[0]
    assert mark in lines[-1]
    assert mark not in TEXT
    assert "\n".join(lines[1:-1]).strip() == TEXT.strip()
    assert mark in sent.body["messages"][0]["content"]
    assert answers.missing == []
    assert asker.spent.tokens == Tokens(1200, 80, 1)


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        ([failed(401, f"Incorrect API key: {KEY}")], EndpointRefused, "CONTESTED_LLM_KEY"),
        ([failed(403, "no")], EndpointRefused, "may not"),
        ([failed(404, "no such model", "model_not_found")], EndpointRefused, "'acme/tiny'"),
        ([failed(429, "pay", "insufficient_quota")], EndpointRefused, "quota"),
        ([Recorded("", 307, {"Location": "http://127.0.0.1:9/"})], EndpointRefused, "another"),
    ],
)
def test_what_will_not_mend_itself_ends_the_work(
    asker: Asker, server: Server, answers: list[Any], error: type[ContestedError], words: str
) -> None:
    server.answer(*answers)
    with pytest.raises(error, match=words) as caught:
        asker.ask(TEXT)
    assert KEY not in str(caught.value)
    assert len(server.asked) == 1


def test_it_can_be_asked_from_a_notebook(asker: Asker, server: Server) -> None:
    async def cell() -> int:
        found = asker.ask(TEXT)
        asker.client.close()
        return len(found.found)

    assert asyncio.run(cell()) == 1
    assert len(server.asked) == 1


@pytest.mark.usefixtures("installed")
def test_nobody_there() -> None:
    client = Client(Endpoint(address="http://127.0.0.1:9/v1", model="tiny", key=KEY))
    with pytest.raises(EndpointUnreachable, match=r"127\.0\.0\.1:9 cannot be reached"):
        Asker(client, {}).ask(TEXT)
    client.close()


@pytest.mark.parametrize(
    ("answers", "waited"),
    [
        ([failed(429, "slow down", retry_after="7"), OK], [7.0]),
        ([failed(503, "busy"), failed(500, "worse"), OK], [2.0, 4.0]),
        ([said("no JSON"), OK], []),
        ([failed(400, "response_format is not supported"), OK], []),
        ([said('Here it is:\n```json\n{"claims": []}\n```')], []),
        ([said('<think>{"a": 1}</think>{"claims": []}')], []),
    ],
)
def test_what_mends_itself_is_tried_again(
    asker: Asker, server: Server, waits: list[float], answers: list[Any], waited: list[float]
) -> None:
    server.answer(*answers)
    found = asker.ask(TEXT)
    assert len(found.found) == 1
    assert found.missing == []
    assert waits == waited
    assert len(server.asked) == len(answers)


def test_a_server_without_schemas_gets_the_schema_in_words(asker: Asker, server: Server) -> None:
    server.answer(failed(400, "unknown field response_format"), OK)
    asker.ask(TEXT)
    asker.ask(TEXT)
    assert len(server.asked) == 3
    for sent in server.asked[1:]:
        assert "response_format" not in sent.body
        assert "victims_as_written" in sent.body["messages"][0]["content"].split("JSON Schema")[1]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (failed(429, "later", retry_after="3600"), EndpointBusy, "wait 3600 s"),
        (failed(503, "busy"), EndpointBusy, "nothing was lost"),
        (failed(422, "no such field"), AnswerUnusable, "does not take"),
        (said("I will not", refusal="I can't help with that"), AnswerUnusable, "refuses"),
        (said(None), AnswerUnusable, "no JSON"),
        (said("nonsense"), AnswerUnusable, "no JSON"),
        (said("[1, 2]"), AnswerUnusable, "no JSON"),
        (said('{"claims": "none"}'), AnswerUnusable, "no JSON"),
        (Recorded("<html>", 200), AnswerUnusable, "no chat completion"),
        (Recorded("{}", 200), AnswerUnusable, "form"),
        (Recorded({**OK_BODY, "choices": []}), AnswerUnusable, "no chat completion"),
        (Recorded({**OK_BODY, "usage": {"prompt_tokens": "x"}}), AnswerUnusable, "form"),
        (said('{"claims":' + "[" * 5000), AnswerUnusable, "no JSON"),
        (said('{"claims": [{"quote": "\\ud800"}]}'), AnswerUnusable, "no JSON"),
        (failed(400, "long", "context_length_exceeded"), AnswerUnusable, "longer than"),
        (failed(413, "long"), AnswerUnusable, "longer than"),
    ],
)
def test_what_one_piece_lacks_is_told(
    asker: Asker, server: Server, answer: Recorded, error: type[ContestedError], words: str
) -> None:
    server.answer(answer)
    found = asker.ask(TEXT)
    assert found.found == []
    ((piece, why),) = found.missing
    assert isinstance(why, error)
    assert words in str(why)
    assert piece == Piece(0, len(TEXT))


def test_no_answer_in_time(server: Server, waits: list[float]) -> None:
    server.answer(Recorded("{}", pause=1.5))
    client = Client(Endpoint(address=server.address, model="tiny", seconds=1))
    asker = Asker(client, {}, AskOptions(wait=waits.append, attempts=1))
    ((_, why),) = asker.ask(TEXT).missing
    assert "no answer in 1 s" in str(why)
    client.close()


def test_a_server_that_stays_busy_is_left_alone(asker: Asker, server: Server) -> None:
    server.answer(failed(503, "busy"))
    asker.options = AskOptions(wait=asker.options.wait, piece=100, overlap=10)
    with pytest.raises(EndpointUnreachable, match="busy"):
        asker.ask(TEXT)
    assert len(server.asked) == 12


def test_a_long_report_goes_in_pieces_that_overlap(asker: Asker, server: Server) -> None:
    text = "".join(f"Paragraph {n} tells of an attack in a town.\n\n" for n in range(100))
    asker.options = AskOptions(piece=1000, overlap=200)
    found = asker.ask(text)
    spans = [answer.piece for answer in found.found]
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    for one, other in pairwise(spans):
        assert one.start < other.start < one.end
        assert one.end - one.start <= 1000
        assert text[one.end - 2 : one.end] == "\n\n"
    for paragraph in text.split("\n\n")[:-1]:
        assert any(paragraph in sent.report for sent in server.asked)
    assert len({mark_of(text) in sent.report for sent in server.asked}) == 1


@pytest.mark.parametrize("text", ["", "a", "\n" * 50, "x" * 5000, "a b " * 900, "é\n\n" * 700])
def test_pieces_cover_any_text_and_end(text: str) -> None:
    found = pieces(text, 100, 20)
    held = {i for one in found for i in range(one.start, one.end)}
    assert {i for i, sign in enumerate(text) if not sign.isspace()} <= held
    for one in found:
        assert 0 < one.end - one.start <= 100
        for part in halves(text, one, 20):
            assert one.start <= part.start < part.end <= one.end


def test_an_answer_that_breaks_off_is_asked_for_by_halves(asker: Asker, server: Server) -> None:
    text = "One line of a report.\n\n" * 100

    def answer(asked: Asked) -> Recorded:
        long = len(asked.report) > 1500
        return said('{"claims": [{"kind": "ev', reason="length") if long else said('{"claims": []}')

    server.answer(answer)
    found = asker.ask(text)
    assert found.missing == []
    assert len(found.found) > 1
    assert found.found[-1].piece.end == len(text)


def test_of_an_answer_that_always_breaks_off_the_whole_claims_are_kept(
    asker: Asker, server: Server
) -> None:
    whole = json.dumps(killed())
    server.answer(said('{"claims": [' + whole + ", " + whole[:80], reason="length"))
    found = asker.ask(TEXT)
    assert [len(answer.proposals) for answer in found.found] == [1]
    assert "breaks off" in str(found.missing[0][1])


def test_the_limit_holds(asker: Asker, server: Server) -> None:
    asker.options = AskOptions(most=1000)
    with pytest.raises(TooManyTokens, match="--most-tokens"):
        asker.ask(TEXT)
    assert server.asked == []
    asker.options = AskOptions(most=6000)
    asker.ask(TEXT)
    assert 0 < server.asked[0].body["max_completion_tokens"] < 6000


def test_a_server_that_counts_nothing(asker: Asker, server: Server) -> None:
    server.answer(said('{"claims": []}', usage=False))
    asker.ask(TEXT)
    assert asker.spent.uncounted == 1
    assert asker.spent.tokens.sent > 1000


def test_the_key_is_shown_nowhere(
    asker: Asker, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert KEY not in repr(asker.client.endpoint)
    assert KEY not in repr(Settings(llm_key=KEY))
    server.answer({"claims": [killed(quote=f"the key is {KEY}")]})
    assert KEY not in repr(asker.ask(TEXT))
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "address",
    ["", "ftp://host/v1", "host", "https://", "http://u:p@host/v1", "http://a b/v1", "http://[x"],
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError):
        Endpoint.of(Settings(llm_endpoint=address, llm_model="tiny"))


def test_an_endpoint_of_the_settings() -> None:
    given = Settings(llm_endpoint="http://box:8000/v1/chat/completions/", llm_model=" tiny ")
    endpoint = Endpoint.of(given)
    assert (endpoint.address, endpoint.model) == ("http://box:8000/v1", "tiny")
    assert (endpoint.host, endpoint.bare) == ("box:8000", True)


def test_prices_are_the_users() -> None:
    prices = Prices.of("0.15 0.60 usd")
    assert prices is not None
    assert prices.cost(Tokens(1_000_000, 500_000, 3)) == pytest.approx(0.45)
    assert Prices.of(None) is None
    with pytest.raises(UsageError, match="USD"):
        Prices.of("cheap")
