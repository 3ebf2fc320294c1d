"""Statistic and agreement claims in a line."""

from __future__ import annotations

from typing import Any

from contested.analyse.told import About
from contested.model import (
    ActorRef,
    AgreementClaim,
    Count,
    Speaker,
    StatisticClaim,
    Where,
)
from contested.model.edtf import when

PK = Where("Pakistan", "Pakistan", None, "PK")
BALOCHISTAN = Where("Balochistan", "Balochistan", "Balochistan", "PK")
INSTITUTE = Speaker("PICSS", "picss", "independent")
OTHER = Speaker("PIPS", "pips", "independent")
GROUP = Speaker("the TTP", "ttp", "party")
REPORTS = {f"r-{n}": About(f"{n}.txt", "Desk", 738_000 + n, 738_000 + n) for n in range(9)}


def statistic(id: str, low: int | None, period: str | None, **values: Any) -> StatisticClaim:
    """`low` attacks in Pakistan by PICSS, unless told otherwise."""
    quote = values.get("quote") or f"{id}: {low} in {period}."
    report = values.get("report", "r-1")
    high = values.get("high", low)
    return StatisticClaim(
        id=id,
        report=report,
        name=REPORTS[report].name,
        start=values.get("start", 0),
        end=values.get("start", 0) + len(quote),
        quote=quote,
        method="test",
        confidence=1.0,
        measure=values.get("measure", "attacks"),
        count=None
        if low is None
        else Count(low, high, values.get("qualifier", "exactly"), str(low)),
        change_percent=values.get("change"),
        direction=values.get("direction"),
        period=when(period) if period else None,
        where=values.get("where", PK),
        actor=values.get("actor"),
        victims=values.get("victims"),
        speakers=values.get("speakers", (INSTITUTE,)),
        stance=values.get("stance", "asserts"),
    )


def agreement(id: str, act: str, day: str | None, **values: Any) -> AgreementClaim:
    """A ceasefire of the TTP and Pakistan, unless told otherwise."""
    quote = f"{id} {act}."
    report = values.get("report", "r-1")
    parties = values.get("parties", ("ttp", "pakistan"))
    return AgreementClaim(
        id=id,
        report=report,
        name=REPORTS[report].name,
        start=0,
        end=len(quote),
        quote=quote,
        method="test",
        confidence=1.0,
        type=values.get("type", "ceasefire"),
        act=act,  # type: ignore[arg-type]
        parties=tuple(ActorRef(party, party) for party in parties),
        mediators=tuple(ActorRef(one, one) for one in values.get("mediators", ())),
        when=when(day) if day else None,
        duration_days=values.get("days"),
        where=values.get("where"),
        speakers=values.get("speakers", ()),
        stance=values.get("stance", "asserts"),
        status=values.get("status", "occurred"),
    )
