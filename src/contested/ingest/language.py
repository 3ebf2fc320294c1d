"""Whether a text is English: by its script, then by its commonest words.

No model, and no judgement on a few words.
"""

from __future__ import annotations

import re

_ENGLISH_WORDS = (
    "the of and to that it with for from by was were is are be been has have had this which they "
    "their but not who after its his he she said as at would more when there about against "
    "killed wounded injured attack attacks police soldiers people security forces military "
    "government near district claimed according least two three four"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_OTHERS = {
    "Spanish": "el los las una que por con para como pero sus fue del este está más",
    "French": "les des une est dans qui pour pas sur avec par sont mais ont cette aux du",
    "German": "der die das und ist nicht mit den von ein eine auf für sich dem auch wurde",
    "Italian": "il che di gli per una con sono della nel dei anche più alla stato",
    "Portuguese": "os que uma não com para dos por mais foi são pelo ao em",
    "Dutch": "het een van en niet zijn dat voor ook aan naar werd",
    "Turkish": "ve bir bu için ile olan olarak da de çok daha sonra ise",
    "Indonesian": "yang dan di dengan untuk dari ini itu pada tidak dalam telah oleh",
    "Urdu in Latin letters": "hai ka ke ki mein aur ko ne se nahi yeh hain tha thay",
    "Pashto in Latin letters": "da pa kay aw chay sara ta na dai shwa wo",
    "Swahili": "ya na wa kwa ni katika za la kuwa cha hiyo",
    "Somali": "oo ka ku iyo ee uu ay waa soo",
}
_TABLES = {name: frozenset(words.split()) for name, words in _OTHERS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SHORT, _LONG = 20, 60
_SLICE = 20_000


def other_language(text: str) -> str | None:
    """The language of `text` if it is plainly not English, in words; None if it may be.

    Fewer than 20 words always pass, as does English that quotes another script.
    """
    words = _WORD.findall(_sample(text))
    if len(words) < _SHORT:
        return None
    latin = [word.lower() for word in words if _LATIN.match(word)]
    if len(latin) < 0.4 * len(words):
        return "a language in another script than Latin"
    english = _share(latin, _ENGLISH)
    name, share = max(
        ((name, _share(latin, table)) for name, table in _TABLES.items()), key=lambda row: row[1]
    )
    if share > max(english, 0.06):
        return name
    return "no English" if english < 0.03 and len(latin) >= _LONG else None


def is_english(text: str) -> bool:
    """Whether there are enough English words to say so."""
    words = [word.lower() for word in _WORD.findall(_sample(text))]
    return len(words) >= _SHORT and _share(words, _ENGLISH) >= 0.08


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _share(words: list[str], table: frozenset[str]) -> float:
    return sum(word in table for word in words) / len(words)
