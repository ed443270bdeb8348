"""Windows become mentions: names, pronouns and descriptions, and which of them are one."""

from allegedly.mentions.spotting import Spotter

__all__ = ["Spotter"]
