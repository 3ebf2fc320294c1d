"""Asking a language model: the options, what is told before and after, and the question."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

import typer

from contested.cli.options import expanded
from contested.cli.output import note
from contested.errors import UsageError
from contested.llm.costs import Prices, Tokens
from contested.llm.endpoint import Endpoint
from contested.pipeline.modelled import ModelPlan, ModelReading
from contested.publish.words import numbered
from contested.settings import Settings

PANEL = "Language model"


def _option(*names: str, **options: Any) -> Any:
    return typer.Option(*names, show_default=False, rich_help_panel=PANEL, **options)


class ReadWith(StrEnum):
    """What reads reports."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which language model is asked, and how far that may go."""

    model: Annotated[
        str | None,
        _option(
            "--model", metavar="NAME", help="The language model.  [default: CONTESTED_LLM_MODEL]"
        ),
    ] = None
    endpoint: Annotated[
        str | None,
        _option(
            "--endpoint",
            metavar="URL",
            help="The base address of an OpenAI-compatible endpoint.  "
            "[default: CONTESTED_LLM_ENDPOINT]",
        ),
    ] = None
    most_tokens: Annotated[
        int | None,
        _option(
            "--most-tokens",
            metavar="N",
            min=1,
            help="Use no more tokens, sent and answered.  [default: twice the estimate]",
        ),
    ] = None
    yes: Annotated[bool, _option("--yes", "-y", help="Send them without asking first.")] = False

    def named(self) -> list[str]:
        """The options given that say which model to ask, and how."""
        given = {
            "--model": self.model,
            "--endpoint": self.endpoint,
            "--most-tokens": self.most_tokens,
        }
        return [name for name, value in given.items() if value is not None]

    def reading(self, settings: Settings, *, with_rules: bool = True) -> ModelReading:
        """How to read. Raises UsageError where no endpoint is named or the prices are none."""
        Prices.of(settings.llm_prices)
        named = replace(
            settings,
            llm_model=self.model or settings.llm_model,
            llm_endpoint=self.endpoint or settings.llm_endpoint,
        )
        endpoint = Endpoint.of(named)
        return ModelReading(endpoint=endpoint, with_rules=with_rules, most=self.most_tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Asked):
    """Whether a language model reads as well, and which."""

    read_with: Annotated[
        ReadWith,
        typer.Option(
            "--read-with",
            help="rules: nothing leaves this machine. model, both: the reports are sent to the "
            "language model named here, once you agree.",
            rich_help_panel=PANEL,
        ),
    ] = ReadWith.RULES

    def reading_of(self, settings: Settings) -> ModelReading | None:
        """How to read; None by the rules alone.

        Raises UsageError as `reading` does, and for a model that would not be asked.
        """
        if self.read_with is not ReadWith.RULES:
            return self.reading(settings, with_rules=self.read_with is ReadWith.BOTH)
        if idle := self.named():
            raise UsageError(
                f"{', '.join(idle)}: no language model is asked. Add --read-with both (or model)."
            )
        return None


asking = expanded(Asked, "asked")
"""Gives a command that takes `asked` the options of `Asked`."""
reading = expanded(Wanted, "wanted")
"""Gives a command that takes `wanted` the options of `Wanted`."""


@contextmanager
def agreed(plan: ModelPlan, asked: Asked, settings: Settings) -> Iterator[ModelPlan]:
    """The plan, once the user agrees to it; what was used is told at the end.

    Raises UsageError where nobody can be asked and --yes is not given; exits where one says no.
    """
    prices = Prices.of(settings.llm_prices)
    try:
        if plan.fresh:
            tell_before(plan, prices)
            _ask(asked)
        yield plan
    finally:
        if plan.fresh and (plan.spent.tokens.requests or plan.tally.proposed):
            tell_after(plan, prices)
        plan.close()


def tell_before(plan: ModelPlan, prices: Prices | None) -> None:
    """Say what will be sent to whom, and what that will cost, about."""
    endpoint, tokens = plan.stages.how.endpoint, plan.estimate
    note(
        f"model      {endpoint.model} at {endpoint.host}: the text of "
        f"{numbered(plan.fresh, 'report')} ({plan.characters:,} characters) is sent there"
    )
    if endpoint.bare:
        note("warning    the address begins with http: text and key are sent unencrypted")
    note(
        f"estimate   about {tokens.sent:,} tokens sent and {tokens.answered:,} answered, in "
        f"{numbered(tokens.requests, 'request')}{_money(prices, tokens)}"
    )
    note(f"limit      {plan.most:,} tokens; the work stops there")


def tell_after(plan: ModelPlan, prices: Prices | None) -> None:
    """Say what was used, as the server counts, and what came of it."""
    spent, tally = plan.spent, plan.tally
    how = "as the server counts"
    if spent.uncounted:
        how = f"estimated: the server counted nothing for {spent.uncounted} of them"
    note(
        f"used       {spent.tokens.sent:,} tokens sent and {spent.tokens.answered:,} answered, in "
        f"{numbered(spent.tokens.requests, 'request')} ({how}){_money(prices, spent.tokens)}"
    )
    note(
        f"gate       {numbered(tally.proposed, 'proposal')}, {tally.dropped} dropped; "
        f"{numbered(tally.claims, 'claim')} of the model"
    )


def _money(prices: Prices | None, tokens: Tokens) -> str:
    if prices is None:
        return "; no price is set (CONTESTED_LLM_PRICES)"
    return f"; {prices.cost(tokens):,.4f} {prices.currency}"


def _ask(asked: Asked) -> None:
    if asked.yes:
        return
    if not _somebody():
        raise UsageError("Nothing was sent: nobody is there to be asked. Add --yes to agree.")
    if not typer.confirm("Send them?", default=False, err=True):
        note("Nothing was sent.")
        raise typer.Exit(1)


def _somebody() -> bool:
    """Whether anybody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
