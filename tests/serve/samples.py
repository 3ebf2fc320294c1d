"""A small record made by hand: one disputed incident with every mark, hostile words, a truce."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contested import Record
from contested.model import (
    ActorRef,
    Claim,
    Count,
    Figure,
    Incident,
    MatchReason,
    Origin,
    Report,
    Responsibility,
    Sourced,
    Speaker,
    Toll,
    Voice,
    Where,
    make,
)
from contested.model.edtf import when
from contested.settings import Settings

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"
HOSTILE_NAME = '../../<b>x</b>"\r\nX-Evil: 1.html'
KURRAM = Where("Kurram", "Kurram district", "Khyber Pakhtunkhwa", "PK", 33.82, 70.11, 40.0, 1332792)
TTP = ActorRef("ttp", "Pakistani Taliban")
ARMY = ActorRef("pakistan-military", "soldiers")
ISPR = Speaker("the army's media wing", "pakistan-ispr", "official")
GROUP = Speaker("the group's spokesman", "ttp", "party")
OFFICIALS = Speaker("two officials", None, "anonymous")
MONITOR = Speaker("a monitor in Islamabad", None, "independent")
VILLAGER = Speaker("a villager", None, "witness")
DAILY = Speaker("the Daily Mirror of Kohat", None, "outlet")
AT = dt.datetime(2025, 10, 9, 12, tzinfo=dt.UTC)

SENTENCES = (
    ("The army's media wing said 11 soldiers were killed in an ambush in Kurram.", ISPR),
    ("Two officials put the number of dead soldiers at 9 to 12.", OFFICIALS),
    ("A monitor in Islamabad counted at least 15 dead soldiers.", MONITOR),
    ("A villager saw dozens of bodies of soldiers.", VILLAGER),
    ("The Daily Mirror of Kohat reported 30 dead, which could not be confirmed.", DAILY),
    ("The group's spokesman said 22 soldiers were killed and that its men had done it.", GROUP),
)
COUNTS = (
    Count(11, 11, "exactly", "11"),
    Count(9, 12, "range", "9 to 12"),
    Count(15, None, "at_least", "at least 15"),
    Count(24, None, "dozens", "dozens"),
    Count(30, 30, "exactly", "30"),
    Count(22, 22, "exactly", "22"),
)
TRUCE = "Kabul and Islamabad agreed on a ceasefire of 48 hours on 15 October 2025."
TOTAL = "Militant attacks killed 355 people in October 2025, an institute counted."


def build(path: Path) -> None:
    """Fill a record at `path`."""
    with Record.open(path, settings=Settings(record=path)) as record:
        report, claims = _ambush()
        hostile, hostile_claims = _hostile()
        for one, found in ((report, claims), (hostile, hostile_claims), _politics()):
            record.store.add(one, one.text.encode(), found, method="by hand", at=AT)
        first = _incident(report, claims, COUNTS[:1], "single_source")
        record.store.put_incidents([first], at=AT)
        incidents = [_incident(report, claims, COUNTS, "disputed"), _other(hostile, hostile_claims)]
        record.store.put_incidents(incidents, at=AT + dt.timedelta(days=1))


def _report(text: str, name: str, **values: Any) -> Report:
    data = text.encode()
    return Report(
        id="r-" + hashlib.sha256(data).hexdigest()[:12],
        name=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        **values,
    )


def _made(report: Report, kind: str, quote: str, **values: Any) -> Claim:
    start = report.text.index(quote)
    passage = report.passage(start, start + len(quote))
    confidence = values.pop("confidence", 0.9)
    return make(kind, passage, method="by hand", confidence=confidence, **values)


def _ambush() -> tuple[Report, list[Claim]]:
    text = "KURRAM\n\n" + "\n\n".join(sentence for sentence, _ in SENTENCES)
    report = _report(
        text,
        "ambush.txt",
        title=Sourced("Soldiers killed in Kurram ambush", "metadata"),
        outlet=Sourced("Sample Wire", "manifest"),
        published=when("2025-10-09"),
        published_source="manifest",
        url="https://news.example/ambush",
        language="en",
    )
    common: dict[str, Any] = {"where": KURRAM, "when": when("2025-10-08", "Wednesday")}
    quotes = [sentence for sentence, _ in SENTENCES]
    event = _made(
        report, "event", quotes[0], type="ambush", initiators=(TTP,), targets=(ARMY,),
        speakers=(ISPR,), **common,
    )  # fmt: skip
    tolls = [
        _made(
            report, "casualties", sentence, effect="killed", count=count, speakers=(speaker,),
            victims="security_forces", victims_as_written="soldiers", event_ref=event.id,
            stance="unconfirmed" if speaker is DAILY else "asserts", **common,
        )
        for (sentence, speaker), count in zip(SENTENCES, COUNTS, strict=True)
    ]  # fmt: skip
    claimed = _made(
        report, "responsibility", quotes[5], act="claims", actor="ttp", actor_as_written="its men",
        speakers=(GROUP,), event_ref=event.id, **common,
    )  # fmt: skip
    return report, [event, *tolls, claimed]


def _hostile() -> tuple[Report, list[Claim]]:
    text = f"A report of {HOSTILE} said 3 civilians were hurt in a blast near [[{HOSTILE}]]."
    report = _report(
        text,
        HOSTILE_NAME,
        title=Sourced(f"Title {HOSTILE}", "metadata"),
        outlet=Sourced(HOSTILE, "metadata"),
        url="javascript:alert(3)",
        notes=(f"note {HOSTILE}",),
    )
    place = Where(HOSTILE, HOSTILE, HOSTILE, "XX")
    speaker = Speaker(HOSTILE, None, "anonymous")
    told: dict[str, Any] = {"where": place, "speakers": (speaker,)}
    event = _made(
        report, "event", text, type="bombing", initiators=(ActorRef(None, HOSTILE),), **told
    )
    hurt = _made(
        report, "casualties", text, effect="wounded", count=Count(3, 3, "exactly", HOSTILE),
        victims="civilians", victims_as_written=HOSTILE, **told,
    )  # fmt: skip
    return report, [event, hurt]


def _politics() -> tuple[Report, list[Claim]]:
    report = _report(f"{TRUCE}\n\n{TOTAL}", "politics.md", published=when("2025-11"))
    truce = _made(
        report, "agreement", TRUCE, type="ceasefire", act="agreed", duration_days=2.0,
        parties=(ActorRef("pakistan", "Islamabad"), ActorRef("afghan-taliban", "Kabul")),
        mediators=(ActorRef("qatar", "Qatar"),), when=when("2025-10-15"),
    )  # fmt: skip
    total = _made(
        report, "statistic", TOTAL, measure="killed", count=Count(355, 355, "exactly", "355"),
        period=when("2025-10"), speakers=(MONITOR,), confidence=0.6,
    )  # fmt: skip
    return report, [truce, total]


def _incident(
    report: Report, claims: Sequence[Claim], counts: Sequence[Count], status: Any
) -> Incident:
    event, *rest = claims
    tolls = rest[: len(counts)]
    return Incident(
        id="i-000000000001",
        type="ambush",
        where=KURRAM,
        when=when("2025-10-07/2025-10-08", "the night to Wednesday"),
        initiators=(TTP,),
        targets=(ARMY,),
        status=status,
        casualties=(_killed(tolls, counts),),
        responsibility=_claimed(rest[-1]),
        reports=(report.id,),
        origins=(
            Origin(id="o-1", name="Pakistan", why="its statement", reports=(report.id,)),
            Origin(id="o-2", name="TTP", why="its statement", reports=(report.id,)),
        ),
        claims=tuple(claim.id for claim in claims),
        why=(
            MatchReason(
                claim=event.id,
                with_claim=rest[0].id,
                evidence=(("prior", -8.0), ("same day", 6.0), ("both in Kurram", 6.0)),
                weight=4.0,
            ),
        ),
        as_of="2025-10-10",
        accounts=("placed in Kurram by one account, in Orakzai by another",),
    )


def _killed(tolls: Sequence[Claim], counts: Sequence[Count]) -> Toll:
    disputed = len(counts) > 1
    return Toll(
        effect="killed",
        victims="security_forces",
        low=9 if disputed else 11,
        best=11,
        high=30 if disputed else 11,
        rule="lowest_credible",
        disputed=disputed,
        because="the lowest of two origins",
        disagreement="disputed" if disputed else "none",
        moves="11 (ISPR) against 22 (the TTP)" if disputed else "",
        notes=("ISPR: 14 in all − 3 of the attacking side = 11",),
        according_to=tuple(
            Figure(
                count=count,
                speakers=claim.speakers,
                stance=claim.stance,
                said="2025-10-09",
                origin=f"o-{n}",
                claims=(claim.id,),
            )
            for n, (claim, count) in enumerate(zip(tolls, counts, strict=True))
        ),
    )


def _claimed(claim: Claim) -> Responsibility:
    return Responsibility(
        state="claimed",
        actors=("ttp",),
        according_to=(
            Voice(
                act="claims",
                actor="ttp",
                speakers=(GROUP,),
                stance="asserts",
                claims=(claim.id,),
                channel="social_media",
                channel_as_written="Telegram",
                role="spokesperson",
                own=True,
            ),
        ),
    )


def _other(report: Report, claims: Sequence[Claim]) -> Incident:
    event, hurt = claims
    speaker = Speaker(HOSTILE, None, "anonymous")
    return Incident(
        id="i-000000000002",
        type="bombing",
        where=Where(HOSTILE, HOSTILE, HOSTILE, "XX"),
        when=None,
        initiators=(ActorRef(None, HOSTILE),),
        targets=(),
        status="unconfirmed",
        casualties=(
            Toll(
                effect="wounded",
                victims="civilians",
                low=3,
                best=None,
                high=3,
                rule="lowest_credible",
                disputed=False,
                because=HOSTILE,
                moves=HOSTILE,
                notes=(HOSTILE,),
                according_to=(
                    Figure(
                        count=Count(3, 3, "exactly", HOSTILE),
                        speakers=(speaker,),
                        stance="denies",
                        said=None,
                        origin="o-x",
                        arithmetic=HOSTILE,
                        claims=(hurt.id,),
                        victims_as_written=HOSTILE,
                    ),
                ),
            ),
        ),
        responsibility=Responsibility(state="unknown"),
        reports=(report.id,),
        origins=(Origin(id="o-x", name=HOSTILE, why=HOSTILE, reports=(report.id,)),),
        claims=(event.id, hurt.id),
        why=(),
        as_of="2025-10-10",
        accounts=(HOSTILE,),
    )
