"""Agreements: what is said of them, how long they hold, and the violence around them."""

from contested.analyse.ceasefires.agreements import Act, Agreement, Span
from contested.analyse.ceasefires.answer import AgreementRow, Ceasefires, ceasefires
from contested.analyse.ceasefires.gather import gathered
from contested.analyse.ceasefires.survive import Point, Survival
from contested.analyse.ceasefires.violence import Violence, Window

__all__ = [
    "Act",
    "Agreement",
    "AgreementRow",
    "Ceasefires",
    "Point",
    "Span",
    "Survival",
    "Violence",
    "Window",
    "ceasefires",
    "gathered",
]
