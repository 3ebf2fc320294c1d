"""What is no prose: hashtags, menus, captions of links, notes on the author."""

from __future__ import annotations

import re

from contested.extract.reading import Sentence

_HASHTAGS = re.compile(r"(?:#\w+\s*){2,}")
_BOILERPLATE = re.compile(
    r"^\s*(?:leave a (?:reply|comment)|your email address|related (?:news|articles|posts|stories)"
    r"|trending|advertisement|skip to content|share this|read more|subscribe|sign up|follow us"
    r"|click here|all rights reserved|copyright|photo(?:graph)?:|image:|tags?:|filed under"
    r"|most read|recommended|newsletter|comments?\b.{0,20}$)",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    r"\b(?:is|was) (?:an?|the)\b[^.]{0,80}\b(?:author|researcher|journalist|fellow|columnist"
    r"|academic|professor|analyst|lecturer|contributor|freelance|writer|correspondent based)\b"
    r"|\b(?:BA|BS|BSc|MA|MSc|MPhil|Ph\.?D)\b[^.]{0,40}\b(?:from|in|at)\b"
    r"|\bviews expressed (?:in|are)\b|\bspent \d+ years in\b"
    r"|\b(?:he|she) (?:tweets|writes) (?:at|for)\b"
    r"|\bteaches, writes\b|\bhas been featured on\b|\bregularly publishes\b",
    re.IGNORECASE,
)


def is_prose(sentence: Sentence) -> bool:
    """Whether a sentence can carry a claim at all.

    Link lists, hashtags, form fields and notes on the author say nothing of the conflict;
    neither do lines of a word or two, or of three without a full stop.
    """
    text = sentence.text.strip()
    words = len(text.split())
    if words < 3 or (words < 4 and text[-1:] not in ".!?"):
        return False
    if _HASHTAGS.search(text) or _BOILERPLATE.match(text):
        return False
    return not _BIOGRAPHY.search(text)
