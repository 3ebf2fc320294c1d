"""Tables that fit: columns go before words break, and for pipes a line a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

GAP = 2
MOST_LINES, TALL = 3, 5
"""At most one row in `TALL` may take more than so many lines where a column can be spared."""
WIDEST = 80
"""A column of a pipe's table that has a longer cell stands at its end, where it moves no other."""


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column; `share`, `right`, `spare` and `stands_for` as in `Field`."""

    head: str
    share: int
    right: bool
    spare: int
    cells: Sequence[Text]
    stands_for: str = ""

    @property
    def empty(self) -> bool:
        """Whether no row has anything in it."""
        return not any(cell.plain for cell in self.cells)

    @property
    def longest(self) -> int:
        """The width at which nothing wraps."""
        return max(len(self.head), *(cell.cell_len for cell in self.cells))

    @property
    def least(self) -> int:
        """The width at which no word breaks."""
        if not self.share:
            return self.longest
        words = [Text(word).cell_len for cell in self.cells for word in cell.plain.split()]
        return max(len(self.head), *words) if words else len(self.head)


def print_table(screen: Console, columns: Sequence[Column]) -> None:
    """Print a table as wide as the screen; where even the needed columns do not fit, a block a
    thing."""
    full = [column for column in columns if not column.stands_for]
    shown = _short(fitting(full, screen.width), screen.width)
    heads = {column.head for column in shown}
    stand_ins = {c.head for c in columns if c.stands_for and c.stands_for not in heads}
    if stand_ins:
        rest = [column for column in columns if column.head in heads | stand_ins]
        shown = fitting(rest, screen.width)
    if needed(shown) > screen.width:
        _print_blocks(screen, [column for column in full if not column.empty])
        return
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for column, width in zip(shown, widths(shown, screen.width), strict=True):
        justify = "right" if column.right else "left"
        table.add_column(column.head, justify=justify, width=width)  # type: ignore[arg-type]
    for cells in zip(*(column.cells for column in shown), strict=True):
        table.add_row(*cells)
    screen.print(table)


def fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """Those that hold anything and, in order of need, fit without breaking a word."""
    shown = [column for column in columns if not column.empty]
    while needed(shown) > width and any(column.spare for column in shown):
        spared = max(column.spare for column in shown)
        shown = [column for column in shown if column.spare != spared]
    return shown


def _short(columns: list[Column], width: int) -> list[Column]:
    """Those in which few rows take more than `MOST_LINES`: the rest is in the wider table."""
    shown = columns
    while needed(shown) <= width and any(column.spare for column in shown):
        sizes = widths(shown, width)
        tall = sum(
            any(
                len(wrap(column.cells[row].plain, size)) > MOST_LINES
                for column, size in zip(shown, sizes, strict=True)
                if column.share
            )
            for row in range(len(shown[0].cells))
        )
        if tall * TALL <= len(shown[0].cells):
            break
        spared = max(column.spare for column in shown)
        shown = [column for column in shown if column.spare != spared]
    return shown


def needed(columns: Sequence[Column]) -> int:
    """The least width of all columns together."""
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """The width of each: the least, and of what is left over as its share is, to its longest."""
    found = [column.least for column in columns]
    left = width - needed(columns)
    while left > 0:
        growing = [n for n, column in enumerate(columns) if found[n] < column.longest]
        if not growing:
            break
        together = sum(columns[n].share for n in growing)
        before = left
        for n in growing:
            more = min(left, max(1, before * columns[n].share // together))
            more = min(more, columns[n].longest - found[n])
            found[n] += more
            left -= more
    return found


def _print_blocks(screen: Console, columns: Sequence[Column]) -> None:
    for row in range(len(columns[0].cells)):
        for column in columns:
            cell = column.cells[row]
            if cell.plain:
                words = Text(f"{column.head}: ", style="bold").append_text(cell)
                screen.print(Padding(words, (0, 0, 0, 0 if column is columns[0] else 2)))


def plain_lines(columns: Sequence[Column]) -> Iterator[str]:
    """A line a thing, with whole words, however long: for pipes, where lines are looked for."""
    shown = [column for column in columns if not column.empty and not column.stands_for]
    shown.sort(key=lambda column: column.longest if column.longest > WIDEST else 0)
    sizes = [min(column.longest, WIDEST) for column in shown]
    rows = [[column.head for column in shown]]
    rows += [
        [cell.plain for cell in cells]
        for cells in zip(*(column.cells for column in shown), strict=True)
    ]
    for row in rows:
        parts = [
            text.rjust(size) if column.right else text.ljust(size)
            for text, size, column in zip(row, sizes, shown, strict=True)
        ]
        yield "  ".join(parts).rstrip()
