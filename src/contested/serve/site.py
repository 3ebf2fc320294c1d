"""What every page of the app has in hand, and how a family of pages names what it serves.

A family of pages is one module with a `Family` called ``family``; `contested.serve.families` lists
the modules. Its pages read, its changes write, its operations are the JSON of the API.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from contested.serve.operations import Call, Operation, Parameter
from contested.serve.source import Source

if TYPE_CHECKING:
    from contested.pipeline import Record
    from contested.serve.assets import Assets
    from contested.serve.changing import Change, Changing
    from contested.serve.rendering import Templates
    from contested.serve.sides import Sides

FORM_BYTES = 256_000
"""The most that a form or a JSON body may hold where its family does not say otherwise."""

Page = Callable[["Site", Request], Response]
Changer = Callable[["Site", "Change"], Response]
Answer = Callable[["Site", Call], Any]


@dataclass(frozen=True, slots=True)
class Site:
    """One record as it is served. Made once by `create_app`; safe to use from several threads."""

    source: Source
    templates: Templates
    assets: Assets
    changing: Changing
    sides: Sides
    operations: tuple[Operation, ...]
    """Every route of the API."""

    @property
    def record(self) -> Record:
        """The record."""
        return self.source.record

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed."""
        return not self.changing.allowed


@dataclass(frozen=True, slots=True)
class Nav:
    """An entry of the navigation: entries stand by `place`, small numbers first."""

    address: str
    name: str
    place: int
    count: Callable[[Site], int] | None = None
    """A number to show beside the name; asked for on every page, so it must be quick."""
    changes: bool = False
    """Shown only where the record may be changed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A form's address, who takes it, and how many bytes it may send."""

    path: str
    take: Changer
    most: int


@dataclass(slots=True)
class Family:
    """Pages that belong together. Its decorators note what the app is to serve."""

    name: str
    nav: tuple[Nav, ...] = ()
    templates: Path | None = None
    """A folder of templates of its own, for a family from outside this package."""
    pages: dict[str, Page] = field(default_factory=dict)
    changes: list[Changed] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)

    def page(self, path: str) -> Callable[[Page], Page]:
        """What GET `path` shows: a function of the site and the request."""

        def note(take: Page) -> Page:
            self.pages[path] = take
            return take

        return note

    def change(self, path: str, most: int = FORM_BYTES) -> Callable[[Changer], Changer]:
        """What a form sent to `path` does; the token, author and size are checked before."""

        def note(take: Changer) -> Changer:
            self.changes.append(Changed(path, take, most))
            return take

        return note

    def get(
        self, path: str, returns: Any, *parameters: Parameter, many: bool = False
    ) -> Callable[[Answer], Answer]:
        """What GET `path` of the API answers: a `returns`, or with `many` a list of them.

        A handler of many gives a sequence, which is cut to ``limit`` and ``offset``, or `Found`,
        which is cut already. Its name names the operation, its docstring explains it.
        """

        def note(answer: Answer) -> Answer:
            self.operations.append(
                Operation("GET", path, answer, returns, parameters, many, self.name)
            )
            return answer

        return note

    def post(
        self, path: str, returns: Any, *parameters: Parameter, body: Any, most: int = FORM_BYTES
    ) -> Callable[[Answer], Answer]:
        """What POST `path` of the API does with a JSON `body`; refused where one only reads."""

        def note(answer: Answer) -> Answer:
            self.operations.append(
                Operation("POST", path, answer, returns, parameters, False, self.name, body, most)
            )
            return answer

        return note
