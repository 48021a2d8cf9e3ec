"""What one run says: what each rule did, notices, findings to accept, faults that stop it."""

import unicodedata
from dataclasses import dataclass, field

from analysis.dataset import DataError

LISTED = 20  # faults of one kind; a wrong column would fill the screen


class Disagreement(DataError):
    """Findings that nobody has accepted, by their lines."""

    def __init__(self, message, findings):
        super().__init__(message)
        self.findings = findings


@dataclass
class Account:
    """Steps as (rule, rows, launched, what), and three lists of lines."""

    steps: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    findings: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def add(self, rule, what, rows):
        """Note what a rule did to some rows."""
        self.steps.append((rule, len(rows), int(rows["launched_count"].sum()), what))

    def require(self, fits, cells, expected):
        """Note each cell that does not fit as a fault of its line and column."""
        wrong = cells[~fits]
        for line, cell in wrong.head(LISTED).items():
            self.faults.append(
                f"line {line}, {cells.name}: found {cell[:80]!r}, expected {expected}"
            )
        if len(wrong) > LISTED:
            self.faults.append(f"{cells.name}: {len(wrong) - LISTED:,} more cells like these")

    def stop_at_faults(self):
        """Raise a DataError with every notice, fault and finding, if there is a fault."""
        if self.faults:
            said = f"the snapshot cannot be taken, nothing was written; {len(self.faults)} faults:"
            raise DataError(self._with_notices(said, self.faults + self.findings))

    def stop_at_findings(self, accepted):
        """Raise a Disagreement with every notice, and every finding that is not accepted."""
        findings = [line for line in self.findings if line not in accepted]
        if findings:
            said = (
                "the snapshot needs a decision, nothing was written. Look at each of the "
                f"{len(findings)} findings, then run again with --accept 'FINDING', or --reviewed "
                "FILE with those that are right:"
            )
            raise Disagreement(self._with_notices(said, findings), findings)

    def _with_notices(self, said, lines):
        return "\n".join([said, *(f"notice: {notice}" for notice in self.notices), *lines])


def spelled(name):
    """Return a name in quotes, and what its letters are that may only look like Latin ones."""
    odd = dict.fromkeys(letter for letter in name[:80] if not letter.isascii())
    letters = ", ".join(unicodedata.name(letter, repr(letter)) for letter in odd)
    return repr(name[:80]) + (f" with {letters}" if letters else "")
