"""Where a happening that a noun names takes its time and place from the words of its harm."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import Found
from contested.extract.kinds.losses import by_verb
from contested.extract.reading import rel


def harm_told(ctx: Context, one: Found) -> Token | None:
    """The verb of harm whose doer is the happening: "an attack … killed thirteen in the north".

    Also in a relative clause ("an attack which left 60 dead in May"), and where the tree hangs
    the verb on what stands between. Only one that stands behind the noun in its own sentence.
    """
    if not one.how.startswith("noun"):
        return None
    span = one.frame.sentence.span
    for token in span:
        if token.i <= one.token.i or token.pos_ != "VERB" or token.tag_ not in ("VBD", "VBN"):
            continue
        if not by_verb(ctx, one.frame.sentence, token):
            continue
        subject = next((c for c in token.children if rel(c) == "nsubj"), None)
        if subject is None:
            behind = token.nbor(-1).pos_ in ("NOUN", "PROPN", "PUNCT", "ADV")
            below = one.token.is_ancestor(token.head) or _over(one, token)
            return token if behind and below else None
        relative = subject.tag_ in ("WDT", "WP") and token.head.i == one.token.i
        return token if relative or subject.i == one.token.i else None
    return None


def _over(one: Found, token: Token) -> bool:
    """Whether a verb and the noun hang on one verb, as subject and what goes on behind it."""
    return one.token.head.is_ancestor(token) and rel(one.token) == "nsubj"
