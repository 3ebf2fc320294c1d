"""What the suites put into every store."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from contested.model import (
    ActorRef,
    Claim,
    Count,
    Figure,
    Incident,
    Report,
    Responsibility,
    Speaker,
    Toll,
    Voice,
    Where,
    make,
    report_id,
)
from contested.model.edtf import when
from contested.record import Added, Store

TEXT = (
    "Gunmen attacked a checkpoint near Kabul on Monday, killing three soldiers, the ministry "
    "said. The Élite guard denied any loss. Bombings in North Waziristan rose last year."
)
EDITED = TEXT.replace("three soldiers", "four soldiers") + " This report was updated."
MONDAY = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
TUESDAY = MONDAY + dt.timedelta(days=1)
KABUL = Where("Kabul", "near Kabul", "Kabul Province", "AF", 34.5, 69.2, 20.0, 1138958)
MINISTRY = Speaker("the ministry", "afghan-government", "official")


def draft(text: str = TEXT, **values: Any) -> tuple[Report, bytes]:
    data: bytes = values.pop("data", text.encode())
    values.setdefault("id", report_id(values.get("url"), text))
    values.setdefault("name", "report.txt")
    return Report(text=text, sha256=hashlib.sha256(data).hexdigest(), **values), data


def claims_of(report: Report) -> list[Claim]:
    end = report.text.index(".") + 1
    first, last = report.passage(0, end), report.passage(end + 1, len(report.text))
    how: dict[str, Any] = {"method": "rule", "confidence": 0.75}
    attack = make(
        "event",
        first,
        **how,
        type="armed_attack",
        initiators=(ActorRef(None, "Gunmen"),),
        targets=(ActorRef("afghan-military", "a checkpoint"),),
        where=KABUL,
        when=when("2026-02", "on Monday"),
        speakers=(MINISTRY,),
    )
    return [
        attack,
        make(
            "casualties",
            first,
            **how,
            effect="killed",
            count=Count(3, 3, "exactly", "three"),
            victims="security_forces",
            event_ref=attack.id,
        ),
        make(
            "statistic",
            last,
            **how,
            measure="attacks",
            actor="ttp",
            period=when("2025/..", "last year"),
            where=Where("North Waziristan", "North Waziristan", "Khyber Pakhtunkhwa", "PK"),
        ),
    ]


def put(store: Store, text: str = TEXT, method: str = "m1", at: Any = None, **values: Any) -> Added:
    report, data = draft(text, **values)
    return store.add(report, data, claims_of(report), method=method, at=at)


def incident(number: int, claims: list[Claim], **values: Any) -> Incident:
    figure = Figure(
        count=Count(3, 3, "exactly", "three"),
        speakers=(MINISTRY,),
        stance="asserts",
        said="afghan-government",
        origin="o-1",
        claims=(claims[0].id,),
    )
    toll = Toll(
        effect="killed",
        victims="security_forces",
        low=3,
        best=3,
        high=3,
        rule="median",
        disputed=False,
        according_to=(figure,),
    )
    voice = Voice(act="claims", actor="ttp", speakers=(), stance="asserts", claims=())
    fixed: dict[str, Any] = {
        "id": f"i-00000000000{number}",
        "type": "armed_attack",
        "where": KABUL,
        "when": when(f"2026-02-0{number}"),
        "initiators": (),
        "targets": (ActorRef("afghan-military", "a checkpoint"),),
        "status": "single_source",
        "casualties": (toll,),
        "responsibility": Responsibility(state="claimed", actors=("ttp",), according_to=(voice,)),
        "reports": (claims[0].report,),
        "origins": (),
        "claims": tuple(claim.id for claim in claims),
        "why": (),
        "as_of": "2026-03-02",
    }
    return Incident(**{**fixed, **values})
