"""Up to where a visitor has looked, so that what is new can be counted; kept in a cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.web.app.routing import Call

COOKIE: Final = "allegedly-looked"
A_YEAR: Final = 365 * 24 * 3600
MOST: Final = 2**53
DIGITS: Final = 16


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which entry somebody has looked."""

    seq: int


def look(call: Call) -> Response:
    """Count what is new from here on."""
    seq = max(0, min(call.body(Looked).seq, MOST))
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE,
        str(seq),
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=call.desk.settings.secure,
    )
    return answer


def looked(call: Call) -> int:
    """The entry up to which the visitor has looked, 0 where they never said."""
    told = call.request.cookies.get(COOKIE, "0")
    fine = told.isascii() and told.isdigit() and len(told) <= DIGITS
    return min(int(told), MOST) if fine else 0
