"""How well one fill of a MUC-4 slot answers another: 1 for right, 0.5 for in part, 0 for wrong.

After N. Chinchor, *MUC-4 Evaluation Metrics*, Proceedings of the Fourth Message Understanding
Conference (1992), and the guidelines for scoring in its appendix. What a person decided there is
decided by rule here, and more strictly where in doubt: a string that shares its last word with
the key's, or holds it whole, is right in part; words of a list that are wider than the key's
(``GUN`` for ``RIFLE``, ``ATTACK`` for ``BOMBING``) are right in part; so is a date that overlaps
the key's, a place that lies in or around it, a number within its bounds, and a right word that is
said of the wrong string.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Sequence

from evaluation.ceaf import normal
from evaluation.muc_corpus import MONTHS
from evaluation.muc_templates import DATE, NUMBERS, PLACE, STRINGS, Fill

RIGHT, PART, WRONG = 1.0, 0.5, 0.0
WIDER = {
    "ATTACK": {"BOMBING", "ARSON"},
    "EXPLOSIVE": {"BOMB", "VEHICLE BOMB", "LETTER BOMB", "AERIAL BOMB", "DYNAMITE", "GRENADE",
                  "MINE", "MORTAR", "ROCKET", "MISSILE", "MOLOTOV COCKTAIL"},
    "BOMB": {"VEHICLE BOMB", "LETTER BOMB", "AERIAL BOMB"},
    "PROJECTILE": {"MORTAR", "ROCKET", "MISSILE", "GRENADE"},
    "GUN": {"MACHINE GUN", "RIFLE", "HANDGUN", "SHOTGUN", "SUBMACHINE GUN", "PISTOL"},
    "SUSPECTED OR ACCUSED": {"SUSPECTED OR ACCUSED BY AUTHORITIES"},
    "NO INJURY OR DEATH": {"NO INJURY", "NO DEATH"},
}  # fmt: skip
"""Words of the lists that stand over others, as the task's lists have them."""
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})\w* (\d{{2}})")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\w* (\d{{2}})")
_YEAR = re.compile(r"^\D*(\d{2})$")
_NUMBER = re.compile(r"^(~?)(-?)(\d+)(?:\s*(-)\s*(\d*))?$")


def fit(slot: str, key: Fill, mine: Fill) -> float:
    """How well `mine` answers the key's fill."""
    best = max(
        (_value(slot, wanted, given) for wanted in key.values for given in mine.values),
        default=WRONG,
    )
    if best and key.refs and mine.refs:
        same = max(strings(k, m) for k in key.refs for m in mine.refs)
        return best if same else min(best, PART)
    return best


def _value(slot: str, key: str, mine: str) -> float:
    if slot in STRINGS:
        return strings(key, mine)
    if slot in NUMBERS:
        return numbers(key, mine)
    if slot == DATE:
        return dates(key, mine)
    if slot == PLACE:
        return places(key, mine)
    if key == mine:
        return RIGHT
    return PART if key in WIDER.get(mine, ()) else WRONG


def strings(key: str, mine: str) -> float:
    """Strings of the text, without case, articles and marks.

    >>> strings("THE GUERRILLAS", "guerrillas"), strings("SIX PRIESTS", "the priests")
    (1.0, 0.5)
    """
    one, other = normal(key).split(), normal(mine).split()
    if not one or not other:
        return WRONG
    if one == other:
        return RIGHT
    short, long = sorted((one, other), key=len)
    held = any(long[i : i + len(short)] == short for i in range(len(long)))
    return PART if held or one[-1] == other[-1] else WRONG


def numbers(key: str, mine: str) -> float:
    """Numbers, of which a key may give bounds ("10-": ten or more, "~500": about).

    >>> numbers("10-", "12"), numbers("6", "6"), numbers("PLURAL", "3")
    (0.5, 1.0, 0.0)
    """
    if key == mine:
        return RIGHT
    wide, narrow = _bounds(key), _bounds(mine)
    if wide is None or narrow is None:
        return WRONG
    if wide == narrow:
        return RIGHT
    return PART if wide[0] <= narrow[1] and narrow[0] <= wide[1] else WRONG


def _bounds(words: str) -> tuple[float, float] | None:
    found = _NUMBER.match(words.strip())
    if found is None:
        return None
    about, least, number, dash, to = found.groups()
    value = float(number)
    if about:
        return value * 0.9, value * 1.1
    if least:
        return 0.0, value
    if dash:
        return value, float(to) if to else float("inf")
    return value, value


def dates(key: str, mine: str) -> float:
    """Dates: a day, a stretch of days, or a day that was the last possible ("- 04 MAR 90").

    >>> dates("02 FEB 90", "02 FEB 90"), dates("- 04 MAR 90", "04 MAR 90")
    (1.0, 0.5)
    """
    wide, narrow = _days(key), _days(mine)
    if wide is None or narrow is None:
        return RIGHT if key == mine else WRONG
    if wide == narrow:
        return RIGHT
    return PART if wide[0] <= narrow[1] and narrow[0] <= wide[1] else WRONG


def _days(words: str) -> tuple[dt.date, dt.date] | None:
    found = [_day(int(y), MONTHS.index(m) + 1, int(d)) for d, m, y in _DAY.findall(words)]
    if not found:
        return _months(words)
    first, last = found[0], found[-1]
    if words.strip().startswith("-"):
        return dt.date.min, last
    if words.strip().endswith("-"):
        return first, dt.date.max
    return first, last


def _day(year: int, month: int, day: int) -> dt.date:
    """That day of 19xx; the last of its month where a key gives a day that there is none of."""
    return dt.date(1900 + year, month, min(day, monthrange(1900 + year, month)[1]))


def _months(words: str) -> tuple[dt.date, dt.date] | None:
    month = _MONTH.search(words)
    if month:
        year, number = 1900 + int(month[2]), MONTHS.index(month[1]) + 1
        after = dt.date(year + number // 12, number % 12 + 1, 1)
        return dt.date(year, number, 1), after - dt.timedelta(days=1)
    found = _YEAR.match(words.strip())
    if found is None:
        return None
    return dt.date(1900 + int(found[1]), 1, 1), dt.date(1900 + int(found[1]), 12, 31)


def places(key: str, mine: str) -> float:
    """Places, the widest first: right if the narrowest is the same, in part in the same country.

    >>> places("PERU: LIMA (CITY)", "PERU: LIMA"), places("PERU: LIMA (CITY)", "PERU")
    (1.0, 0.5)
    """
    one, other = _levels(key), _levels(mine)
    if one[-1] == other[-1] and one[0] == other[0]:
        return RIGHT
    return PART if one[0] == other[0] else WRONG


def _levels(words: str) -> Sequence[str]:
    bare = re.sub(r"\([^)]*\)", "", words)
    return [" ".join(level.split()) for level in re.split(r":| - ", bare) if level.strip()] or [""]
