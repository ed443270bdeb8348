"""What leaves the desk as a file."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from allegedly.exports.page import to_html
from allegedly.exports.wording import title
from allegedly.web.api import shapes
from allegedly.web.pages.records import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.store import StoredClaim
    from allegedly.web.app.routing import Call

COLUMNS: Final = (
    *("id", "document", "title", "publisher", "published", "chain", "source", "act", "content"),
    *("cue", "form", "polarity", "modality", "happened", "probability"),
    *("decided_status", "decided_corrected", "decided_credibility"),
)
# Spreadsheets run a cell that begins so as a formula; a quotation mark before it stops them.
FORMULA: Final = re.compile(r"^[=+\-@\t\r]")


def claims_csv(call: Call) -> Response:
    """A list of claims as CSV; what people decided is in columns of its own."""
    asked = call.asked(shapes.Window)
    found = call.view.claims(asked.filter(), limit=asked.limit, offset=asked.offset)
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(claim) for claim in found)
    return download(sheet.getvalue().encode(), "text/csv", "claims.csv")


def page(call: Call) -> Response:
    """A document's reading as a page that stands alone."""
    reading = call.view.reading(named(call, "document"))
    return download(to_html(reading).encode(), "text/html", f"{safe_name(title(reading))}.html")


def download(content: bytes, media: str, name: str) -> Response:
    """A file to be kept and not shown; `name` is safe in a header and on a disk."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


def safe_name(words: str) -> str:
    """Words as the name of a file: letters, digits and dashes, never hidden, never empty."""
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")[:60].strip("-").lower() or "story"


def _cells(claim: StoredClaim) -> Iterator[str]:
    stands = claim.stands
    decided = {
        "decided_status": None if stands.status == "suggested" else stands.status,
        "decided_corrected": stands.corrected and str(dict(stands.corrected)),
        "decided_credibility": stands.credibility,
    }
    for name in COLUMNS:
        value = decided[name] if name in decided else getattr(claim, name)
        cell = "" if value is None else str(value)
        yield f"'{cell}" if FORMULA.match(cell) else cell
