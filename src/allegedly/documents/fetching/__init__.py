"""The one part that uses the network: feeds are fetched politely, and only those one asked for."""

from allegedly.documents.fetching.feed_lists import Feed, read_opml
from allegedly.documents.fetching.getting import Answered, Fetcher, FetchError, Manners
from allegedly.documents.fetching.robots import Robots
from allegedly.documents.fetching.schedule import Polled, after, load, save

__all__ = [
    "Answered",
    "Feed",
    "FetchError",
    "Fetcher",
    "Manners",
    "Polled",
    "Robots",
    "after",
    "load",
    "read_opml",
    "save",
]
