"""The desk: a page on a ledger for the people who verify it, alone or together."""

from allegedly.web.app.application import application
from allegedly.web.app.desk import Desk
from allegedly.web.app.settings import Settings, alone

__all__ = ["Desk", "Settings", "alone", "application"]
