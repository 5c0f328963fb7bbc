"""How much of a file is read at most, and the refusal of what is more. Knows no Django."""

from collections.abc import Sized
from dataclasses import dataclass

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_SHEETS = 60
MAX_LETTERS = 10_000_000
MAX_CELL_LETTERS = 5_000
MAX_TOLD = 50_000  # cells of a sheet of which more is said than their text


class Refused(Exception):
    """The file is not read. *code* says why; *row* is the line, where one is to blame."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


@dataclass
class Budget:
    """What may still be read of a file; every cell is paid for, also one that repeats."""

    cells: int = MAX_CELLS
    letters: int = MAX_LETTERS
    told: int = MAX_TOLD

    def pay(self, row: list[str]) -> None:
        self.cells -= len(row)
        self.letters -= sum(map(len, row))
        if self.cells < 0:
            raise Refused("cells")
        if self.letters < 0:
            raise Refused("letters")

    def check_told(self, *told: Sized) -> None:
        """Refuse a sheet of which there is more to say than to read."""
        if sum(map(len, told)) > self.told:
            raise Refused("cells")
