"""A web page becomes text, with what is no running text of its article marked."""

from allegedly.documents.html.described import Described, web_address
from allegedly.documents.html.page import Page, read_fragment, read_page
from allegedly.documents.html.parsing import characters

__all__ = ["Described", "Page", "characters", "read_fragment", "read_page", "web_address"]
