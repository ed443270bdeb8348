"""The command line of a benchmark over one folder, and the least that its figures may be."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def run(usage: str | None, measure: Callable[[Path], Iterable[tuple[str, float, float]]]) -> None:
    """Measure a folder; with `--floor` leave with 1 where a figure is below its floor.

    `measure` prints, and gives each figure that has a floor: its name, the figure, the floor.
    """
    parser = argparse.ArgumentParser(
        description=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--floor", action="store_true", help="fail below the pinned floors")
    a = parser.parse_args()
    low = [
        f"{name} {figure:.3f} < {floor}"
        for name, figure, floor in measure(a.folder)
        if figure < floor
    ]
    if a.floor and low:
        sys.exit(f"below the floor: {', '.join(low)}")
