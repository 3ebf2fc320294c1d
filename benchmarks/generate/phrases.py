"""The words that reports are made of: own wording, one table for each part of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """How a type of the codebook is told: what the one side did to the other, and its names."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


DEEDS: Mapping[str, Deed] = {
    "attack": Deed(("attacked", "struck"), ("an attack", "an attack on the area")),
    "armed_attack": Deed(
        ("attacked", "opened fire on", "stormed positions of"), ("an armed attack", "an assault")
    ),
    "ambush": Deed(("ambushed", "ambushed a convoy of"), ("an ambush", "an ambush on a convoy")),
    "raid": Deed(("raided positions of", "raided"), ("a raid", "a raid on a post")),
    "shooting": Deed(("shot at", "opened fire on"), ("a shooting", "gunfire")),
    "assassination": Deed(("assassinated", "shot and killed"), ("an assassination",)),
    "bombing": Deed(("bombed", "set off a bomb among"), ("a bombing", "a bomb attack")),
    "suicide_bombing": Deed(
        ("sent a suicide bomber against", "blew up an explosive belt among"),
        ("a suicide bombing", "a suicide attack"),
    ),
    "car_bombing": Deed(
        ("blew up a car bomb among", "detonated a vehicle bomb near"),
        ("a car bombing", "a car bomb explosion"),
    ),
    "ied": Deed(
        ("set off a roadside bomb against", "hit with an explosive device"),
        ("a roadside bomb", "an explosive device"),
    ),
    "landmine": Deed(("hit with a landmine",), ("a landmine explosion", "a mine blast")),
    "grenade_attack": Deed(("threw grenades at",), ("a grenade attack",)),
    "explosion": Deed(("caused a blast among",), ("an explosion", "a blast")),
    "shelling": Deed(
        ("shelled", "fired artillery at", "bombarded"), ("shelling", "artillery fire")
    ),
    "mortar_attack": Deed(("fired mortar rounds at",), ("mortar fire", "a mortar attack")),
    "rocket_attack": Deed(("fired rockets at", "launched missiles at"), ("rocket fire",)),
    "airstrike": Deed(("carried out air strikes on", "bombed from the air"), ("air strikes",)),
    "drone_strike": Deed(("hit with a drone",), ("a drone strike",)),
    "execution": Deed(("executed", "put to death"), ("an execution", "executions")),
    "beheading": Deed(("beheaded",), ("a beheading",)),
    "armed_clash": Deed(
        ("clashed with", "exchanged fire with", "fought with"), ("clashes", "an exchange of fire")
    ),
    "battle": Deed(("fought a battle with", "battled"), ("a battle", "heavy fighting")),
    "military_operation": Deed(
        ("launched an operation against",), ("a military operation", "an operation")
    ),
    "seizure": Deed(("seized positions from",), ("an advance", "the capture of a position")),
    "event": Deed(("were in an incident with",), ("an incident", "a security incident")),
}
NEAR: Mapping[str, tuple[str, ...]] = {
    "armed_clash": ("battle", "armed_attack", "military_operation", "attack"),
    "battle": ("armed_clash", "military_operation", "seizure"),
    "shelling": ("mortar_attack", "rocket_attack", "attack", "airstrike", "explosion"),
    "mortar_attack": ("shelling", "attack"),
    "rocket_attack": ("shelling", "airstrike", "attack"),
    "airstrike": ("shelling", "military_operation", "attack", "drone_strike"),
    "armed_attack": ("attack", "armed_clash", "ambush", "raid", "shooting"),
    "ambush": ("armed_attack", "attack", "armed_clash", "ied"),
    "ied": ("bombing", "explosion", "landmine", "attack"),
    "landmine": ("ied", "explosion"),
    "suicide_bombing": ("bombing", "car_bombing", "explosion", "attack"),
    "car_bombing": ("bombing", "suicide_bombing", "explosion", "ied"),
    "shooting": ("armed_attack", "assassination", "attack"),
    "assassination": ("shooting", "armed_attack", "bombing"),
    "execution": ("shooting", "beheading", "attack"),
}
"""What a report may take an incident for that is truly of the type before it."""
WEAPONS: Mapping[str, tuple[str, ...]] = {
    "shelling": ("artillery",),
    "mortar_attack": ("mortar",),
    "rocket_attack": ("rocket",),
    "airstrike": ("warplane",),
    "drone_strike": ("drone",),
    "ied": ("roadside bomb",),
    "landmine": ("landmine",),
    "suicide_bombing": ("explosive belt",),
    "car_bombing": ("car bomb",),
}

BY_PLACE = {
    "settlement": ("in {}", "near {}", "on the outskirts of {}", "at {}"),
    "neighbour": ("near {}", "in {}", "close to {}"),
    "wide": ("in {}", "in the countryside of {}", "in parts of {}"),
    "country": ("in {}", "in northern {}", "in eastern {}"),
}
BY_DETAIL = ("close to {}", "at {}", "by {}", "not far from {}", "around {}")
UNITS_HIT = ("hitting {}", "aimed at {}", "which was held by {}", "against {}")

LEADS = (
    "{figure} {were} killed when {clause}{where}{time}{detail}{said}.",
    "{figure} {were} killed after {clause}{where}{time}{detail}{said}.",
    "{Clause}{where}{time}{detail}, killing {figure}{said}.",
    "{Clause}{where}{time}{detail}; {figure} {were} killed{said}.",
    "{Clause}{where}{time}{detail}, leaving {figure} dead{said}.",
)
BARE_LEADS = (
    "{Clause}{where}{time}{detail}{said}.",
    "{Clause}{where}{time}{detail}{said}, and details were still coming in.",
)
PASSIVE = ("{whom} came under {noun}", "{whom} were hit in {noun}", "{noun} hit {whom}")
NEITHER = ("{noun} took place", "residents spoke of {noun}", "reports came in of {noun}")
NO_TARGET = ("{who} carried out {noun}", "{who} were behind {noun}")
SAID = (", {} said", ", according to {}", ", {} reported", ", {} told reporters")
ALSO_KILLED = (
    "{Figure} also died.",
    "{Figure} {were} killed as well.",
    "The dead also included {figure}.",
)
OWN_DEAD = (
    "{Figure} {were} killed in return fire.",
    "{Figure} on the attacking side {were} killed.",
    "{Figure} lost their lives on the side that struck first.",
)
WOUNDED = (
    "{Figure} {were} wounded.",
    "{Figure} {were} taken to hospital with wounds.",
    "At the same place {figure} {were} wounded.",
)
CLAIMED = (
    "{Who} said it was behind the attack.",
    "{Who} claimed the attack in a statement.",
    "The attack was claimed by {who}.",
)
BLAMED = (
    "Residents blamed {who} for the attack.",
    "Officials blamed {who}.",
    "{Who} were blamed for it.",
)
UNCLAIMED = ("No group claimed the attack.", "Nobody has said that they were behind it.")
DENIED = ("{Who} denied any part in it.", "{Who} denied responsibility for the attack.")
RECALLED = (
    "It comes after {clause}{where}{time}.",
    "The report recalled that {clause}{where}{time}.",
    "Earlier, {clause}{where}{time}.",
)
RECALLED_DEAD = (
    "It comes after {clause}{where}{time}, killing {figure}.",
    "Earlier, {clause}{where}{time}, and {figure} {were} killed.",
)
SEPARATELY = ("Separately, {clause}{where}{time}{detail}.", "Elsewhere, {clause}{where}{time}.")
SEPARATELY_DEAD = (
    "Separately, {clause}{where}{time}{detail}, killing {figure}.",
    "In another incident {clause}{where}{time}, and {figure} {were} killed.",
)
FILLER = (
    "The area has changed hands more than once.",
    "Roads into the area stayed closed for hours.",
    "Families have been leaving the area for weeks.",
    "Aid workers said that supplies were running low.",
    "The report could not be checked independently.",
    "Phone lines were down for much of the day.",
    "Ambulances were seen on the main road.",
    "Shops remained shut the next morning.",
    "Both sides have sent more men to the front.",
    "Bread was sold out by noon.",
    "Schools were told to stay closed.",
    "Smoke could be seen from a distance.",
)
HEADLINES = (
    "{Noun} {place}",
    "{Noun} reported {place}",
    "Deaths in {noun} {place}",
    "{place_cap}: {noun}",
    "What is known about {noun} {place}",
    "Latest: {noun} {place}",
)
WITNESSES = (
    ("residents", "witness"),
    ("witnesses", "witness"),
    ("local medics", "independent"),
    ("a monitoring group", "independent"),
    ("a local official", "official"),
    ("hospital staff", "independent"),
    ("activists", "independent"),
    ("a source in the area", "anonymous"),
)
OFFICIALS = ("an army spokesman", "the defence ministry", "a military official", "state media")
COMMANDERS = (
    "a spokesman for {}",
    "a commander of {}",
    "a statement by {}",
    "the media office of {}",
)
OUTLETS = (
    ("Levant Wire", "levant-wire.example"),
    ("Orontes News Agency", "orontes.example"),
    ("Euphrates Post", "euphrates-post.example"),
    ("Qalamoun Times", "qalamoun.example"),
    ("Steppe Courier", "steppe-courier.example"),
    ("Barada Gazette", "barada.example"),
    ("Jazira Monitor", "jazira-monitor.example"),
    ("Coast Daily", "coast-daily.example"),
    ("Hauran Bulletin", "hauran.example"),
    ("North Front Report", "north-front.example"),
    ("World Dispatch", "world-dispatch.example"),
    ("Morning Ledger", "morning-ledger.example"),
    ("The Evening Record", "evening-record.example"),
    ("Conflict Desk", "conflict-desk.example"),
)
"""Invented outlets under a domain that can belong to nobody."""
WORDS_FOR_FEW = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
NOUNS = {
    "security_forces": ("soldier", "soldiers"),
    "militants": ("fighter", "fighters"),
    "civilians": ("civilian", "civilians"),
    "unknown": ("person", "people"),
}
