"""What every page has around it: who is here, which moment is shown, how its links are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from allegedly.exports import wording
from allegedly.exports.formats import available
from allegedly.exports.page.families import FAMILIES
from allegedly.store import NotInLedgerError
from allegedly.web.assets_served import address
from allegedly.web.pages import say
from allegedly.web.security import forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.store import Head
    from allegedly.web.app.routing import Call

SECTIONS: Final = (
    ("/", "Desk"),
    ("/review", "Review"),
    ("/cases", "Cases"),
    ("/documents", "Documents"),
    ("/claims", "Claims"),
    ("/sources", "Sources"),
    ("/log", "Log"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds a page.

    `moment` is the moment as it was asked for, None for now; `head` the last entry that can be
    seen. `stable` is this page's address with the moment in it.
    """

    title: str
    section: str
    visitor: str | None
    role: str | None
    shared: bool
    decides: bool
    csrf: str
    moment: str | None
    moment_said: str
    head: Head | None
    here: str
    stable: str
    query: Mapping[str, str]
    notice: str | None

    def to(self, path: str, **asked: object) -> str:
        """The address of a page, at the moment that this one shows."""
        return to(path, self.moment, **asked)

    def again(self, **changed: object) -> str:
        """This page with other fields in its query; None takes one out."""
        fields = {**self.query, **changed}
        return to(self.here, self.moment, **fields)

    def elsewhere(self, path: str, **asked: object) -> str:
        """Another address with the query of this one."""
        return to(path, self.moment, **{**self.query, **asked})

    @property
    def now(self) -> str:
        """This page as of now."""
        return to(self.here, None, **self.query)


def to(path: str, moment: str | None, **asked: object) -> str:
    """An address with a query: fields that are None or empty are left out."""
    fields = {name: value for name, value in asked.items() if value not in {None, ""}}
    if moment is not None:
        fields["as_of"] = moment
    return f"{path}?{urlencode(fields)}" if fields else path


def path_and_anchor(address: str) -> tuple[str, str]:
    """An address without the place on its page, and that place with its sign."""
    path, sign, place = address.partition("#")
    return path, sign + place


def path_part(name: str) -> str:
    """A name as one part of an address."""
    return quote(name, safe="")


def frame(call: Call, title: str, section: str, notice: str | None = None) -> Frame:
    """The frame of a page that answers a call."""
    visitor, head = call.visitor, _head(call)
    here = quote(call.request.url.path, safe="/%:@")
    query = {k: str(v) for k, v in call.query.items() if k not in {"as_of", "done"}}
    stable = call.moment or (str(head.seq) if head else None)
    return Frame(
        title=title,
        section=section,
        visitor=visitor.name if visitor else None,
        role=visitor.role if visitor else None,
        shared=call.desk.settings.shared,
        decides=bool(visitor and visitor.may("reviewer") and call.moment is None),
        csrf=forms.word(visitor.key) if visitor else "",
        moment=call.moment,
        moment_said=say.moment(call.view.moment, head),
        head=head,
        here=here,
        stable=to(here, stable, **query),
        query=query,
        notice=notice,
    )


def show(  # noqa: PLR0913  # a page's own parts
    call: Call,
    template: str,
    page: object,
    *,
    title: str,
    section: str = "",
    status: int = 200,
    notice: str | None = None,
) -> HTMLResponse:
    """A page as an answer: `page` is the record that the template calls so."""
    around = frame(call, title, section, notice)
    html = templates().get_template(template).render(page=page, frame=around)
    return HTMLResponse(html, status)


@cache
def templates() -> Environment:
    """The templates; everything that they show is escaped."""
    environment = Environment(
        loader=PackageLoader("allegedly.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        sections=SECTIONS,
        families=FAMILIES,
        acts=wording.ACTS,
        asset=address,
        part=path_part,
        formats=available,
    )
    environment.filters.update(_FILTERS)
    return environment


_FILTERS: Final[dict[str, Any]] = {
    "day": say.day,
    "clock": say.clock,
    "percent": say.percent,
    "counted": wording.counted,
    "number": say.number,
}


def _head(call: Call) -> Head | None:
    try:
        return call.view.head()
    except NotInLedgerError:
        return None
