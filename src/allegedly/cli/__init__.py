"""The command line: `allegedly read story.txt`, `allegedly add news/`, `allegedly search bell`."""

from allegedly.cli import (
    add,
    ask,
    brief,
    case,
    decide,
    export,
    import_,
    prove,
    read,
    serve,
    user,
    watch,
)
from allegedly.cli.program import app, main
from allegedly.cli.read import print_record

__all__ = [
    "add",
    "app",
    "ask",
    "brief",
    "case",
    "decide",
    "export",
    "import_",
    "main",
    "print_record",
    "prove",
    "read",
    "serve",
    "user",
    "watch",
]
