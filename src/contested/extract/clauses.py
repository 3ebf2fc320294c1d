"""Who does what to whom in a clause: a predicate with its subject, object and phrases.

Reads the dependency tree and falls back on the order of noun groups where the tree leaves a
role empty, so that one odd attachment does not lose a claim.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from contested.extract.coordination import coordinated
from contested.extract.reading import NOUNS, Group, Sentence, rel
from contested.extract.resolve import next_phrase

__all__ = ["Frame", "behind_preposition", "coordinated", "noun_frame", "verb_frame"]

ASIDES = {"including", "among", "mostly", "mainly", "all", "most", "some", "one", "two", "three",
          "both", "believed", "identified", "said", "who", "along", "many", "several"}  # fmt: skip
"""Words that open an aside between a subject and its verb."""


BEFORE_DEED = {"after", "during", "in", "following", "amid", "from", "of", "under", "heavy"}
"""Words before a participle that names a deed."""


ACCUSING = {"accuse", "blame", "suspect"}
"""Verbs whose object did what the gerund behind them tells."""


GET = {"get", "gets", "got", "getting", "gotten"}
"""Forms that make a passive: "two of them got injured"."""


SUBORDINATING = {"as", "while", "after", "before", "when", "because", "since", "that", "until"}


@dataclass(slots=True, eq=False)
class Frame:
    """A predicate and its roles. `phrases` maps a preposition to the groups behind it."""

    token: Token
    sentence: Sentence
    subject: Group | None = None
    object: Group | None = None
    agent: Group | None = None
    passive: bool = False
    phrases: dict[str, list[Group]] = field(default_factory=dict)

    @property
    def doer(self) -> Group | None:
        """Who acts: the subject of an active verb, the by-phrase of a passive one."""
        return self.agent if self.passive else self.subject

    @property
    def patient(self) -> Group | None:
        """Who is acted upon: the object of an active verb, the subject of a passive one."""
        return self.subject if self.passive else self.object

    def phrase(self, *prepositions: str) -> Group | None:
        """First group behind any of the prepositions."""
        for word in prepositions:
            if self.phrases.get(word):
                return self.phrases[word][0]
        return None


def verb_frame(sentence: Sentence, token: Token) -> Frame:
    """The frame of a verb."""
    frame = Frame(token, sentence)
    frame.passive = _passive(token)
    for child in token.children:
        name = rel(child)
        group = sentence.group(child)
        if name in ("nsubj", "csubj") and group:
            if frame.subject is None or _dateline(frame.subject):
                frame.subject = group
            frame.passive = frame.passive or child.dep_.endswith(":pass")
        elif name in ("obj", "iobj") and group:
            if frame.object is None or (name == "obj" and frame.object.head.dep_ == "iobj"):
                frame.object = group
        elif name in ("obl", "nmod"):
            _phrase(frame, child)
    for after in _groups_behind(sentence, token):
        frame.phrases.setdefault(after[0], [])
        if after[1] not in frame.phrases[after[0]]:
            frame.phrases[after[0]].append(after[1])
    struck = _struck_behind(sentence, token)
    if struck is not None and frame.phrase("by") is None:
        frame.passive, frame.object = False, struck
    if frame.passive:
        frame.agent = frame.phrase("by")
    near = _own_subject(sentence, token)
    if near is not None and (near.head.pos_ == "NUM" or near.head.lower_ == "others"):
        frame.subject = near
    if _names_deed(frame):
        frame.passive, frame.subject, frame.agent = True, None, frame.phrase("by")
        return frame
    _borrow(frame)
    frame.subject = _true_subject(frame)
    return frame


def _struck_behind(sentence: Sentence, token: Token) -> Group | None:
    """The number right behind a verb without "was": its object, however the tree has it."""
    if token.tag_ not in ("VBD", "VBN") or token.i + 1 >= sentence.span.end:
        return None
    at = token.i - 1
    while at > sentence.span.start and token.doc[at].pos_ == "ADV":
        at -= 1
    group = sentence.by_token.get(token.i + 1)
    before = token.doc[at] if at >= sentence.span.start else None
    if before is None or group is None or group.count is None or group.start != token.i + 1:
        return None
    helped = before.lemma_.lower() == "be" or before.lower_ in GET
    return group if before.pos_ in ("NOUN", "PROPN", "PRON") and not helped else None


def _dateline(group: Group) -> bool:
    """Whether a subject is only the place in front of the dash that a report opens with."""
    doc, span = group.head.doc, group.sentence.span
    if group.start > span.start or group.end >= span.end or group.head.pos_ != "PROPN":
        return False
    return doc[group.end].text in ("—", "–", "-", "--")


def _names_deed(frame: Frame) -> bool:
    """Whether a participle behind a preposition names a deed: "after shelling by the rebels"."""
    token = frame.token
    if token.tag_ != "VBG" or frame.subject is not None or frame.object is not None:
        return False
    before = token.nbor(-1) if token.i > frame.sentence.span.start else None
    after = token.nbor(1) if token.i + 1 < frame.sentence.span.end else None
    led = before is not None and before.lower_ in BEFORE_DEED
    return led and after is not None and after.lower_ == "by" and frame.phrase("by") is not None


def _true_subject(frame: Frame) -> Group | None:
    """Undo a subject that stands behind a preposition: "rebels, said to be from X, were killed".

    The nearest noun group further left that follows no preposition is meant. A subject that
    ends a list is taken from its first member.
    """
    group, sentence = frame.subject, frame.sentence
    if group is None or group.end > frame.token.i:
        return group
    if behind_preposition(group):
        for other in reversed(sentence.groups):
            if other.end <= group.start and not behind_preposition(other):
                following = group.head.doc[other.end]
                if following.text == "," or following.tag_ in ("VBN", "VBG"):
                    return other
        return group
    for _ in range(6):
        before = group.start - 1
        if before <= sentence.span.start or group.head.doc[before].lower_ not in ("and", "or"):
            break
        listed = sentence.by_token.get(before - 1)
        if listed is not None and group.head.doc[listed.start - 1].lower_ == "of":
            return sentence.by_token.get(listed.start - 2) or group
        if listed is None or behind_preposition(listed) or group not in coordinated(listed):
            break
        group = listed
    return group


def behind_preposition(group: Group) -> bool:
    """Whether a noun group follows a preposition, and so is no subject."""
    if group.start <= group.sentence.span.start:
        return False
    before = group.head.doc[group.start - 1]
    led = before.pos_ == "ADP" or (rel(before) == "case" and before.pos_ == "VERB")
    return led and before.lower_ not in SUBORDINATING


def _passive(token: Token) -> bool:
    if any(child.dep_ in ("nsubj:pass", "aux:pass", "csubj:pass") for child in token.children):
        return True
    if any(rel(child) == "obj" for child in token.children):
        return False
    if token.i > 0 and token.nbor(-1).lower_ in GET:
        return True
    bare_conj = token.tag_ == "VBN" and rel(token) == "conj" and token.head.pos_ == "VERB"
    if bare_conj and not any(rel(c) in ("aux", "nsubj", "obj") for c in token.children):
        return _passive(token.head)
    bare = token.tag_ == "VBN" and not any(
        rel(child) == "aux" or child.dep_ == "nsubj" for child in token.children
    )
    return bare and (
        rel(token) in ("acl", "amod")
        or any(c.lower_ == "by" for o in token.children for c in o.children if rel(o) == "obl")
    )


def _phrase(frame: Frame, child: Token) -> None:
    group = frame.sentence.group(child)
    case = [c.lower_ for c in child.children if rel(c) in ("case", "mark")]
    if group is None or not case:
        return
    frame.phrases.setdefault(" ".join(case), []).append(group)
    if len(case) > 1:
        frame.phrases.setdefault(case[0], []).append(group)


def _groups_behind(sentence: Sentence, token: Token) -> list[tuple[str, Group]]:
    """Preposition and group pairs right of `token` before the next verb or clause end."""
    out: list[tuple[str, Group]] = []
    doc = token.doc
    i = token.i + 1
    while i < sentence.span.end:
        word = doc[i]
        if word.pos_ == "VERB" and rel(word) not in ("amod", "compound", "case"):
            break
        if word.text in (";", ":", "—") or (word.pos_ == "SCONJ" and rel(word) == "mark"):
            break
        if word.pos_ == "ADP" or (rel(word) == "case" and word.pos_ != "PART"):
            for j in range(i + 1, min(i + 4, sentence.span.end)):
                group = sentence.by_token.get(j)
                if group is not None and group.start >= i:
                    out.append((word.lower_, group))
                    i = group.end - 1
                    break
        i += 1
    return out


def _borrow(frame: Frame) -> None:
    """Fill an empty subject or object from the clause around the verb."""
    token, sentence = frame.token, frame.sentence
    head, name = token.head, token.dep_
    if name.startswith("acl") and head.pos_ in NOUNS | {"PRON"}:
        owner = sentence.group(head)
        beside = sentence.by_token.get(token.i - 1)
        if name == "acl" and owner is not None and beside is not None and beside is not owner:
            owner = beside if rel(beside.head) == "conj" and beside.head.head.i == head.i else owner
        if name == "acl:relcl":
            _relative(frame, owner)
        elif (token.tag_ == "VBG" and frame.subject is None) or (
            frame.subject is None and (frame.passive or token.tag_ in ("VBD", "VBZ", "VBP"))
        ):
            frame.subject = owner
    elif frame.subject is None and (own := _own_subject(sentence, token)) is not None:
        frame.subject = own
    elif frame.subject is None and _shares_subject(token):
        around = verb_frame(sentence, head) if head.pos_ == "VERB" else None
        if around is not None:
            accused = head.lemma_.lower() in ACCUSING and token.tag_ == "VBG"
            controlled = (rel(token) == "xcomp" or accused) and around.object is not None
            frame.subject = around.object if controlled else around.subject
    if frame.subject is None:
        frame.subject = _nearest_left(sentence, token) or _of_participle(sentence, token)
    if frame.object is None and not frame.passive:
        frame.object = _nearest_right(sentence, token)


def _shares_subject(token: Token) -> bool:
    """Whether a verb without a subject has that of the verb above it: "denied arming them"."""
    if token.head.i == token.i:
        return False
    gerund = rel(token) == "ccomp" and token.tag_ == "VBG"
    return gerund or rel(token) in ("conj", "xcomp", "advcl")


def _own_subject(sentence: Sentence, token: Token) -> Group | None:
    """The noun group right before a finite verb: "…, as the rebels were using drones"."""
    i = token.i - 1
    finite = token.tag_ in ("VBD", "VBZ", "VBP")
    while i >= sentence.span.start and (
        token.doc[i].pos_ in ("AUX", "ADV", "PART") or token.doc[i].lower_ in GET
    ):
        finite = finite or token.doc[i].pos_ == "AUX" or token.doc[i].lower_ in GET
        i -= 1
    if finite and token.doc[i].text == ",":
        return _before_aside(sentence, i)
    group = sentence.by_token.get(i) if finite else None
    if group is None or group.start <= sentence.span.start:
        return None
    before = token.doc[group.start - 1].lower_
    return group if before in SUBORDINATING or before in ("and", "but", ",") else None


def _before_aside(sentence: Sentence, comma: int) -> Group | None:
    """In "seven soldiers, including a captain, were killed": the soldiers."""
    doc = sentence.span.doc
    for group in reversed(sentence.groups):
        if group.end >= comma or doc[group.end].text != ",":
            continue
        if doc[group.end + 1].lower_ in ASIDES and not behind_preposition(group):
            return group
    return None


def _relative(frame: Frame, owner: Group | None) -> None:
    subject = frame.subject
    if subject is None or subject.head.tag_ in ("WDT", "WP"):
        frame.subject = owner
    elif frame.object is None or frame.object.head.tag_ in ("WDT", "WP"):
        frame.object = owner


def _nearest_left(sentence: Sentence, token: Token) -> Group | None:
    """The noun group that a finite verb follows, if only auxiliaries and adverbs lie between."""
    if token.tag_ in ("VBG", "VBN", "VB") and not any(
        rel(c) == "aux" and c.i < token.i for c in token.children
    ):
        return None
    i = token.i - 1
    while i >= sentence.span.start:
        word = token.doc[i]
        group = sentence.by_token.get(i)
        if group is not None:
            before = token.doc[group.start - 1] if group.start > sentence.span.start else None
            phrase = before is not None and before.pos_ == "ADP"
            if before is not None and phrase and before.lower_ not in SUBORDINATING:
                i = group.start - 2
                continue
            return group
        if word.pos_ not in ("AUX", "ADV", "PART", "ADP", "PUNCT", "ADJ"):
            return None
        i -= 1
    return None


def _of_participle(sentence: Sentence, token: Token) -> Group | None:
    """ "…, claiming that": the subject of the sentence, its first noun group."""
    if token.tag_ != "VBG" or token.i == sentence.span.start or token.nbor(-1).text != ",":
        return None
    first = sentence.groups[0] if sentence.groups else None
    before = token.doc[first.start - 1] if first and first.start > sentence.span.start else None
    return None if first is None or (before is not None and before.pos_ == "ADP") else first


def _nearest_right(sentence: Sentence, token: Token) -> Group | None:
    first = _past_time(sentence, token.i + 1)
    for i in range(first, min(first + 4, sentence.span.end)):
        group = sentence.by_token.get(i)
        if group is not None:
            return group
        if token.doc[i].pos_ not in ("ADV", "PUNCT", "DET", "ADJ", "PART", "NUM"):
            return None
    return None


def _past_time(sentence: Sentence, at: int) -> int:
    """The word behind a time that stands at `at`: "killed on 5 May two men"."""
    doc, end = sentence.span.doc, sentence.span.end
    first = at + 1 if at < end and doc[at].lower_ == "on" else at
    for mention in sentence.times:
        inside = sentence.tokens_in(mention.start, mention.end)
        if inside and inside[0].i in (at, first) and inside[-1].i + 1 < end:
            return inside[-1].i + 1
    return at


def noun_frame(sentence: Sentence, token: Token) -> Frame:
    """The frame of a noun that names a happening: phrases behind it and owners before it."""
    frame = Frame(token, sentence)
    group = sentence.group(token)
    if group is None:
        return frame
    at = group
    for _ in range(5):
        found = next_phrase(at)
        if found is None:
            follow = _after_conjunction(at)
            if follow is None:
                break
            found = follow
        word, other = found
        frame.phrases.setdefault(word, []).append(other)
        at = other
    frame.agent = frame.phrase("by")
    frame.object = frame.phrase("on", "against", "of", "targeting")
    for child in token.children:
        if frame.agent is None and rel(child) == "nmod":
            led = any(c.lower_ == "by" for c in child.children if rel(c) == "case")
            frame.agent = sentence.group(child) if led else None
        if rel(child) == "acl" and child.tag_ in ("VBN", "VBG"):
            inner = verb_frame(sentence, child)
            if inner.passive and inner.agent is not None:
                frame.agent = frame.agent or inner.agent
            if child.lemma_ == "target":
                frame.object = frame.object or inner.object
    return frame


def _after_conjunction(group: Group) -> tuple[str, Group] | None:
    """In "in Wana and in Peshawar": the second phrase."""
    doc, end = group.head.doc, group.sentence.span.end
    i = group.end
    while i < end and i < group.end + 2 and doc[i].text in (",", "and", "or"):
        i += 1
    if i > group.end and i + 1 < end and doc[i].pos_ == "ADP":
        for j in range(i + 1, min(i + 4, end)):
            other = group.sentence.by_token.get(j)
            if other is not None:
                return doc[i].lower_, other
    return None
