"""Make docs/assets/demo.svg: what `contested demo` really prints, as a picture.

    python tools/make_picture.py [RECORD]

RECORD is the record of `contested demo` (default: demo/contested.sqlite).
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from contested.cli.incidents import listing
from contested.cli.layout import print_table
from contested.cli.views import show_incident
from contested.pipeline import Record

ROOT = Path(__file__).resolve().parents[1]
WIDTH, ROWS = 132, 9


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo" / "contested.sqlite"
    screen = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    with Record.open(path, create=False) as record:
        found = record.incidents(order="disputed")
        chosen = max(found, key=lambda i: (i.disputed, len(i.origins), len(i.claims)))
        screen.print(Text("$ contested incidents", style="bold green"))
        print_table(screen, listing(record.actor_name).columns(found[:ROWS]))
        screen.print(f"… {len(found) - ROWS} more\n", style="dim")
        screen.print(Text(f"$ contested show {chosen.id}", style="bold green"))
        show_incident(screen, record, chosen)
    drawn = screen.export_svg(title="contested", unique_id="contested")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # no fonts from elsewhere
    target = ROOT / "docs" / "assets" / "demo.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(drawn, "utf-8")
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
