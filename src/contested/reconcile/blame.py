"""Responsibility for an incident, as exactly who said what, when and through which channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contested.model import (
    EventClaim,
    Front,
    Responsibility,
    ResponsibilityClaim,
    Voice,
)
from contested.model.terms import ResponsibilityState
from contested.reconcile.channels import channel, person_and_role
from contested.reconcile.scene import Scene


@dataclass(frozen=True, slots=True)
class _Found:
    """What is said about one actor by itself, and the state that this makes."""

    claimed: frozenset[str]
    denied: frozenset[str]
    competing: tuple[str, ...]
    withdrawn: dict[str, str]
    changed: tuple[str, ...]


def responsibility(
    claims: Sequence[ResponsibilityClaim], events: Sequence[EventClaim], scene: Scene
) -> Responsibility:
    """The state of responsibility and every voice on it.

    ``claimed``: one group says it did it and nobody of it denies; ``competing``: two groups
    claim it, or one voice of a group claims and another of it denies; ``denied``: blamed or
    claimed, and denied or withdrawn; ``attributed``: others say who did it; ``unclaimed``: a
    report says that nobody has claimed. What somebody else says of a group's responsibility is
    no claim and no denial of the group.
    """
    ordered = sorted(claims, key=lambda c: (scene.said(c) or "", c.report, c.start, c.id))
    voices = _merged(ordered, scene)
    found = _own(voices, scene)
    blamed = {c.actor for c in ordered if c.act == "is_blamed" and c.actor}
    told = {r.actor for e in events for r in e.initiators if r.actor}
    claimed_by = {v.actor for v in voices if v.act == "claims" and v.own and v.actor}
    accounts = (*found.competing, *found.changed, *_fronts_in_words(voices, scene))
    denied_by = {v.actor for v in voices if v.act == "denies" and v.actor}
    actors = claimed_by or blamed or told or denied_by
    unclaimed = any(c.act == "unclaimed" for c in ordered)
    return Responsibility(
        state=_state(found, bool(blamed or told), unclaimed),
        actors=tuple(sorted(actors)),
        according_to=tuple(voices),
        accounts=tuple(dict.fromkeys(accounts)),
        retracted=tuple(sorted(a for a, last in found.withdrawn.items() if last)),
        fronts=tuple(dict.fromkeys(f for v in voices if (f := _front(v.actor, scene)))),
    )


def _state(found: _Found, attributed: bool, unclaimed: bool) -> ResponsibilityState:
    standing = found.claimed - {a for a, last in found.withdrawn.items() if last == "denies"}
    if found.competing or len(standing) > 1:
        return "competing"
    if standing:
        return "claimed"
    if found.denied or found.claimed:
        return "denied"
    if attributed:
        return "attributed"
    return "unclaimed" if unclaimed else "unknown"


def _merged(claims: Sequence[ResponsibilityClaim], scene: Scene) -> list[Voice]:
    """One voice for all reports that carry it: the same origin, person and act."""
    out: dict[tuple[str | None, ...], Voice] = {}
    for claim in claims:
        one = _voice(claim, scene)
        name = one.person or (claim.voice.name.casefold() if claim.voice is not None else "")
        key = (one.act, one.actor, one.stance, scene.origins.key(claim), name)
        held = out.get(key)
        if held is None:
            out[key] = one
            continue
        better = one if held.channel == "unknown" else held
        out[key] = replace(
            held,
            claims=tuple(sorted({*held.claims, *one.claims})),
            role=held.role or one.role,
            channel=better.channel,
            channel_as_written=better.channel_as_written,
        )
    return list(out.values())


def _voice(claim: ResponsibilityClaim, scene: Scene) -> Voice:
    speaker = claim.voice
    person, role = person_and_role(claim, speaker, scene.world)
    through, words = channel(claim.quote)
    return Voice(
        act=claim.act,
        actor=claim.actor,
        speakers=claim.speakers,
        stance=claim.stance,
        claims=(claim.id,),
        said=scene.said(claim),
        channel=through,
        channel_as_written=words,
        person=person,
        role=role,
        speaks_for=speaker.actor if speaker is not None else None,
        own=_is_own(claim, scene),
    )


def _is_own(claim: ResponsibilityClaim, scene: Scene) -> bool:
    """Whether the actor, or somebody for it, speaks of its own deed.

    A claim or denial without a named voice ("the TTP has claimed it") is the actor's own.
    """
    if claim.act not in ("claims", "denies") or not claim.actor:
        return False
    voice = claim.voice
    if voice is None or not voice.actor or voice.kind == "outlet":
        return True
    return scene.root(voice.actor) == scene.root(claim.actor)


def _own(voices: Sequence[Voice], scene: Scene) -> _Found:
    """What actors say of their own deeds: standing, contradicted within, or taken back."""
    by_group: dict[str, list[Voice]] = {}
    for voice in voices:
        if voice.own and voice.actor:
            by_group.setdefault(scene.root(voice.actor), []).append(voice)
    competing: list[str] = []
    changed: list[str] = []
    withdrawn: dict[str, str] = {}
    for group, said in by_group.items():
        yes = [v for v in said if v.act == "claims"]
        no = [v for v in said if v.act == "denies"]
        if not yes or not no:
            continue
        back = _taken_back(yes, no)
        if back is None:
            competing.append(_against(max(yes, key=_known), max(no, key=_known), group, scene))
        else:
            first, then = back
            withdrawn[group] = then.act
            changed.append(_in_words(first, then, group, scene))
    claimed = frozenset(g for g, said in by_group.items() if any(v.act == "claims" for v in said))
    standing = sorted(claimed - {g for g, last in withdrawn.items() if last == "denies"})
    if len(standing) > 1:
        names = " and ".join(scene_name(g, scene) for g in standing)
        competing.append(f"claimed by {names}, each for itself")
    denied = frozenset(g for g, said in by_group.items() if any(v.act == "denies" for v in said))
    return _Found(claimed, denied, tuple(competing), withdrawn, tuple(changed))


def _taken_back(yes: Sequence[Voice], no: Sequence[Voice]) -> tuple[Voice, Voice] | None:
    """The first word and the one that takes it back, if one voice said both on different days.

    Where the reports name two people, neither takes back what the other said: they contradict.
    """
    people = {v.person for v in (*yes, *no) if v.person}
    days = {v.said for v in yes}, {v.said for v in no}
    if len(people) > 1 or None in days[0] | days[1]:
        return None
    if max(v.said or "" for v in yes) < min(v.said or "" for v in no):
        return yes[0], no[0]
    if max(v.said or "" for v in no) < min(v.said or "" for v in yes):
        return no[0], yes[0]
    return None


def _known(voice: Voice) -> tuple[bool, bool, str]:
    """The voice of which most is known: its person, its role; then the later one."""
    return bool(voice.person), bool(voice.role), voice.said or ""


def _in_words(first: Voice, then: Voice, group: str, scene: Scene) -> str:
    verbs = {"claims": "claimed", "denies": "denied"}
    back = "withdrawn" if then.act == "denies" else "claimed after all"
    return (
        f"first {verbs[first.act]} by {_who(first, group, scene)} ({first.said}), "
        f"then {back} by {_who(then, group, scene)} ({then.said})"
    )


def _against(yes: Voice, no: Voice, group: str, scene: Scene) -> str:
    """ "claimed by N, a commander; denied by M, the spokesman, of the same group"."""
    return (
        f"claimed by {_who(yes, group, scene)}; "
        f"denied by {_who(no, group, scene)}, of the same group, {scene_name(group, scene)}"
    )


def _who(voice: Voice, group: str, scene: Scene) -> str:
    role = {"spokesperson": "the spokesman", "leader": "the leader"}.get(
        voice.role, f"a {voice.role.replace('-', ' ')}" if voice.role else ""
    )
    if voice.person:
        return f"{voice.person}, {role}" if role else voice.person
    if voice.speakers and voice.speakers[-1].kind != "outlet":
        name = voice.speakers[-1].name
        return f"{role} ({name})" if role and role.split()[-1] not in name else name
    return scene_name(voice.actor or group, scene)


def scene_name(actor: str, scene: Scene) -> str:
    """The name of an actor; its id where the tables have none."""
    known = scene.world.actors.get(actor)
    return known.name if known else actor


def _front(actor: str | None, scene: Scene) -> Front | None:
    known = scene.world.actors.get(actor or "")
    if known is None or known.kind != "front" or not known.parent:
        return None
    source = scene.world.sources.get(known.source)
    return Front(actor=known.id, of=known.parent, source=source.title if source else known.source)


def _fronts_in_words(voices: Sequence[Voice], scene: Scene) -> list[str]:
    out = []
    for voice in voices:
        front = _front(voice.actor, scene)
        if front is not None and voice.act == "claims":
            out.append(
                f"claimed by {scene_name(front.actor, scene)}, a front name of "
                f"{scene_name(front.of, scene)} according to the table of actors ({front.source})"
            )
    return out
