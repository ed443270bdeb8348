"""Telegram Desktop's `result.json`: each message that has words is a post of its author."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import msgspec

from allegedly.documents.captured import (
    Parsed,
    Place,
    Reads,
    captured,
    paragraphs,
    reader_name,
    rejected,
)
from allegedly.documents.dates import iso_moment
from allegedly.documents.platforms import as_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.documents.captured import Found

_PUBLIC: Final = ("public_channel", "public_supergroup", "private_channel", "private_supergroup")


class Message(msgspec.Struct):
    """One message of an export, with what is read of it."""

    id: int = 0
    type: str = ""
    date: str | None = None
    date_unixtime: str | None = None
    edited: str | None = None
    edited_unixtime: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    forwarded_from: str | None = None
    text: str | list[Any] = ""


class Chat(msgspec.Struct):
    """One chat or channel."""

    name: str | None = None
    type: str = ""
    id: int = 0
    messages: list[Message] = msgspec.field(default_factory=list)


class Chats(msgspec.Struct):
    """The chats of a whole account."""

    chats: list[Chat] = msgspec.field(default_factory=list, name="list")


class Export(Chat):
    """A file: one chat, or all of an account."""

    chats: Chats | None = None
    left_chats: Chats | None = None


def is_telegram(head: bytes) -> bool:
    """Whether a JSON file that starts so is an export of Telegram Desktop."""
    chat = b'"messages"' in head and b'"type"' in head and b'"date"' in head
    return chat or (b'"left_chats"' in head) or (b'"chats"' in head and b'"about"' in head)


def read_telegram(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    """The messages of an export; what a channel forwarded is said by whom it was forwarded from."""
    try:
        export = msgspec.json.decode(raw, type=Export)
    except (ValueError, RecursionError) as error:
        yield from rejected(place, f"not an export that can be read: {str(error)[:200]}")
        return
    chats = [export, *(export.chats.chats if export.chats else ())]
    chats += export.left_chats.chats if export.left_chats else []
    count = 0
    for chat in chats:
        for message in chat.messages:
            words = paragraphs(_words(message.text))
            if message.type != "message" or not words:
                continue
            count += 1
            inner = place.within(f"chat={chat.id}").within(f"message={message.id}")
            yield _post(message, chat, words, inner, reads)
    if not count:
        yield from rejected(place, "a chat without messages that have words")


def _post(message: Message, chat: Chat, words: str, place: Place, reads: Reads) -> Found:
    author = message.forwarded_from or message.from_ or chat.name
    published = iso_moment(message.date_unixtime or message.date or "")
    parsed = Parsed(
        text=words,
        publisher=chat.name,
        byline=message.from_,
        published=published,
        updated=iso_moment(message.edited_unixtime or message.edited or ""),
    )
    told = {"id": message.id, "date": message.date, "from": author, "text": message.text}
    uri = f"https://t.me/c/{chat.id}/{message.id}" if chat.type in _PUBLIC else None
    return captured(
        as_post(parsed, author), place.known(uri=uri),
        json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"),
        reader=reader_name("telegram"), media_type="application/json", overrides=reads.overrides,
    )  # fmt: skip


def _words(text: str | list[Any]) -> str:
    """The words of a message, whose links and mentions come as objects."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else _linked(part) for part in text)


def _linked(part: object) -> str:
    words = part.get("text") if isinstance(part, dict) else None
    return words if isinstance(words, str) else ""
