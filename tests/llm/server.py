"""A server of recorded answers in the form of OpenAI's chat completions, on this machine alone."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer: a status, headers and a body, sent after `pause` seconds."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0


def said(
    text: str | None, *, reason: str = "stop", refusal: str | None = None, usage: bool = True
) -> Recorded:
    """A completion that says `text`."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_760_000_000,
        "model": "recorded-model",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 1200, "completion_tokens": 80, "total_tokens": 1280}
    return Recorded(body)


def claims(*found: dict[str, Any]) -> Recorded:
    """A completion with these claims."""
    return said(json.dumps({"claims": list(found)}))


def failed(status: int, message: str, code: str | None = None, **headers: str) -> Recorded:
    """An error in the form of that API."""
    body = {"error": {"message": message, "type": "error", "code": code}}
    return Recorded(
        body, status, {name.replace("_", "-"): value for name, value in headers.items()}
    )


@dataclass(slots=True)
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def report(self) -> str:
        """What the user's message holds."""
        return str(self.body["messages"][-1]["content"])


Answering = Callable[[Asked], Recorded]


class Server:
    """Answers with what is recorded, in order; the last answer again for all that follow."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: list[Recorded | Answering] = [claims()]
        self.address = ""

    def answer(self, *answers: Recorded | Answering | dict[str, Any]) -> None:
        """Answer so from now on; a dict is what a completion says."""
        self.asked.clear()
        self.answers = [said(json.dumps(a)) if isinstance(a, dict) else a for a in answers]

    def reply(self, asked: Asked) -> Recorded:
        """The answer to this request."""
        self.asked.append(asked)
        one = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return one if isinstance(one, Recorded) else one(asked)


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs, and is gone at the end."""
    recorded = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = recorded.reply(Asked(self.path, dict(self.headers.items()), body))
            time.sleep(reply.pause)
            data = (
                reply.body.encode()
                if isinstance(reply.body, str)
                else json.dumps(reply.body).encode()
            )
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that has gone away is no fault."""

    with Quiet(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        recorded.address = f"http://127.0.0.1:{httpd.server_port}/v1"
        thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield recorded
        finally:
            httpd.shutdown()
            thread.join()
