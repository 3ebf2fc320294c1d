"""The record's incidents, claims and reports as columns in memory: every list is a mask and a cut.

A filter over a hundred thousand rows takes a millisecond or two this way, and its count, its months
and its share of the map come from the same mask. Only what a page shows is read from the record.
"""

from contested.serve.board.board import Board, Chosen
from contested.serve.board.claims import Claims, Runs
from contested.serve.board.incidents import Incidents

__all__ = ["Board", "Chosen", "Claims", "Incidents", "Runs"]
