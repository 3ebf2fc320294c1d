"""Turn the ClearNLP-style trees of spaCy's own English pipelines into Universal Dependencies.

Covers what the extraction reads: prepositions become case markers of their objects, copulas
and auxiliaries hang on the content word, and labels get their universal names. See the UD
guidelines, https://universaldependencies.org/guidelines.html.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

RENAMED = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "quantmod": "advmod",
    "nmod": "compound",
    "intj": "discourse",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "meta": "dep",
}


def to_universal(doc: Doc) -> Doc:
    """Rewrite heads and labels of `doc` in place and return it."""
    heads = [token.head.i for token in doc]
    deps = [token.dep_ for token in doc]
    for token in doc:
        if token.dep_ in ("prep", "agent"):
            _lift_object(token, heads, deps)
    for token in doc:
        if token.dep_ in ("attr", "acomp") and token.head.lemma_ == "be":
            _lift_predicate(token, heads, deps)
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    out = Doc(
        doc.vocab,
        words=words,
        spaces=spaces,
        lemmas=[token.lemma_ for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        heads=_without_cycles(heads),
        deps=[RENAMED.get(dep, dep) for dep in deps],
    )
    names = (out.char_span(e.start_char, e.end_char, _label(e.label_)) for e in doc.ents)
    out.ents = [name for name in names if name is not None]
    return out


def _lift_object(prep: Token, heads: list[int], deps: list[str]) -> None:
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            verbal = prep.head.pos_ in ("VERB", "AUX", "ADJ", "ADV")
            heads[child.i] = heads[prep.i]
            deps[child.i] = "obl" if verbal else "nmod"
            if child.dep_ == "pcomp":
                deps[child.i] = "advcl" if verbal else "acl"
            heads[prep.i], deps[prep.i] = child.i, "case" if child.dep_ == "pobj" else "mark"
            return


def _lift_predicate(predicate: Token, heads: list[int], deps: list[str]) -> None:
    be = predicate.head
    heads[predicate.i], deps[predicate.i] = heads[be.i], deps[be.i]
    if heads[predicate.i] == be.i:
        heads[predicate.i] = predicate.i
        deps[predicate.i] = "ROOT"
    for i, head in enumerate(heads):
        if head == be.i and i not in (be.i, predicate.i):
            heads[i] = predicate.i
    heads[be.i], deps[be.i] = predicate.i, "cop"


def _without_cycles(heads: list[int]) -> list[int]:
    for start in range(len(heads)):
        seen, at = set(), start
        while heads[at] != at:
            if at in seen:
                heads[at] = at
                break
            seen.add(at)
            at = heads[at]
    return heads


def _label(label: str) -> str:
    return {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "ORG"}.get(label, label)
