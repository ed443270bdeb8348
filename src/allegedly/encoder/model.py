"""The trained pack: checked, loaded once, run on windows of pieces."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from allegedly.encoder.nearness import nearness
from allegedly.encoder.tokens import Tokens, Window, tokenize, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CLS, SEP = 101, 102
BATCH = 2048  # pieces that go through the model together, padding included
ATTRIBUTION = ("scores", "links")
READING = ("entities", "mentions", "antecedents", "syntax", "relations", "tags", "factuality")
UNLIKE = 1.3  # windows that are longer than another by more than this share no batch with it
AHEAD = 64  # windows sorted by length together, so that little of a batch is padding


class PackError(RuntimeError):
    """The model pack is missing, incomplete or not what its checksums say."""


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What the heads beside the attribution heads say of the words of a window.

    Shapes: entities (words, entity labels), mentions (words, mention labels), relations (words,
    relations), tags (words, tags): scores of each label; antecedents (words, 2 * side + 2): two
    vectors, how well the word serves as an antecedent, how well it has none; syntax (words,
    2 * side + 1): two vectors and how well the word serves as a head; factuality (words, 1), from
    -3 (certainly not) to 3 (certainly so).
    """

    entities: Floats
    mentions: Floats
    antecedents: Floats
    syntax: Floats
    relations: Floats
    tags: Floats
    factuality: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One window after the model: its words and what the heads say of them.

    Shapes: start, end, piece and stretch (words,), the last two the number of the word's first
    piece and of the stretch read; scores (words, labels, labels), the chain's score of each (label
    before, label) pair; links (words, 4 * link), see `Pack.link`. `heads` is None where only
    attributions were asked for.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    piece: NDArray[np.int64]
    stretch: NDArray[np.int64]
    scores: Floats
    links: Floats
    heads: Heads | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLabels:
    """Labels and small weights of the heads beside the attribution heads.

    `near` and `same` score an antecedent by its distance and by being the same word; `nearness`
    (window, window) an arc by side and distance. See `encoder.references` and `encoder.trees`.
    """

    entities: tuple[str, ...]
    mentions: tuple[str, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]
    side: int
    near: Floats
    same: float
    nearness: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What the pack says of itself: labels, sizes and the small weights used outside the model.

    `calibration` is None in a pack that has not been calibrated yet.
    """

    name: str
    labels: tuple[str, ...]
    window: int
    link: int
    gaps: tuple[tuple[float, ...], ...]
    no_source: float
    introducers: frozenset[str]
    cue_words: frozenset[str]
    heads: HeadLabels
    calibration: Mapping[str, float] | None = None


class Encoder:
    """The model with its tokenizer; safe to share between threads."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load a pack; raises PackError where a file is missing or differs from its checksum."""
        described = _described(folder)
        self.pack = Pack(
            name=described["name"],
            labels=tuple(described["labels"]),
            window=described["window"],
            link=described["link"],
            gaps=tuple(map(tuple, described["gaps"])),
            no_source=described["no_source"],
            introducers=frozenset(described["introducers"]),
            cue_words=frozenset(described["cue_words"]),
            calibration=described.get("calibration"),
            heads=_head_labels(described["heads"], described["window"]),
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Two sessions take turns: threads that wait by spinning would take the other one's time.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if threads is not None:
            options.intra_op_num_threads = threads
        self._attribution, self._reading = (
            onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )
            for name in ("model.onnx", "reading.onnx")
        )

    def encode(
        self, text: str, spans: Sequence[tuple[int, int]], *, alone: bool = False
    ) -> Iterator[Encoded]:
        """Read stretches of a text, [start, end) in code points, in order.

        Yields one `Encoded` per window, in the order of the stretches. Stretches that follow each
        other share a window where they fit, unless each is to be read `alone`, for attributions
        and nothing else.
        """
        tokens = tokenize(self.tokenizer, text, spans)
        cuts = windows(tokens, self.pack.window, alone=alone)
        for i in range(0, len(cuts), AHEAD):
            yield from self._ahead(tokens, cuts[i : i + AHEAD], heads=not alone)

    def _ahead(self, tokens: Tokens, cuts: list[Window], *, heads: bool) -> list[Encoded]:
        order = sorted(range(len(cuts)), key=lambda i: cuts[i].end - cuts[i].start)
        found: dict[int, Encoded] = {}
        for chosen in _filled(order, cuts):
            read = self._batch(tokens, [cuts[j] for j in chosen], heads=heads)
            found.update(zip(chosen, read, strict=True))
        return [found[i] for i in range(len(cuts))]

    def _batch(self, tokens: Tokens, cuts: list[Window], *, heads: bool) -> Iterator[Encoded]:
        longest = max(w.end - w.start for w in cuts) + 2
        ids = np.zeros((len(cuts), longest), dtype=np.int64)
        marks = np.zeros((len(cuts), longest, 3), dtype=np.int64)
        mask = np.zeros((len(cuts), longest), dtype=np.int32)
        for row, w in enumerate(cuts):
            n = w.end - w.start
            ids[row, 0], ids[row, n + 1] = CLS, SEP
            ids[row, 1 : n + 1] = tokens.ids[w.start : w.end]
            marks[row, 1 : n + 1] = tokens.marks[w.start : w.end]
            mask[row, : n + 2] = 1
        feed = {"ids": ids, "marks": marks, "mask": mask}
        names = (*ATTRIBUTION, "shared")
        outputs = dict(zip(names, self._attribution.run(list(names), feed), strict=True))
        feed = {"shared": outputs.pop("shared"), "mask": mask}
        if heads:
            outputs |= zip(READING, self._reading.run(list(READING), feed), strict=True)
        for row, w in enumerate(cuts):
            yield self._encoded(tokens, w, {k: v[row] for k, v in outputs.items()})

    def _encoded(self, tokens: Tokens, w: Window, outputs: dict[str, Floats]) -> Encoded:
        """The words of one window; `outputs` count its pieces, the opening [CLS] among them."""
        first = np.flatnonzero(tokens.first[w.start : w.end])
        if len(first) == 0 or first[0] != 0:
            first = np.append(0, first)  # a word longer than the window was cut
        last = np.append(first[1:], w.end - w.start) - 1
        of_words = {name: value[first + 1] for name, value in outputs.items()}
        labels = len(self.pack.labels)
        return Encoded(
            start=tokens.start[w.start + first],
            end=tokens.end[w.start + last],
            piece=tokens.ids[w.start + first],
            stretch=tokens.stretch[w.start + first],
            scores=of_words.pop("scores").reshape(len(first), labels, labels),
            links=of_words.pop("links"),
            heads=Heads(**of_words) if of_words else None,
        )


def _head_labels(described: dict[str, Any], window: int) -> HeadLabels:
    return HeadLabels(
        entities=tuple(described["entities"]),
        mentions=tuple(described["mentions"]),
        relations=tuple(described["relations"]),
        tags=tuple(described["tags"]),
        side=described["side"],
        near=np.array(described["near"], dtype=np.float32),
        same=described["same"],
        nearness=nearness(np.array(described["before"], dtype=np.float32), window),
    )


def _filled(order: list[int], cuts: list[Window]) -> Iterator[list[int]]:
    """Windows sorted by length in runs of like length whose padded size stays within a batch."""
    run: list[int] = []
    shortest = 0
    for i in order:
        length = cuts[i].end - cuts[i].start + 2
        if run and (length * (len(run) + 1) > BATCH or length > UNLIKE * shortest):
            yield run
            run = []
        if not run:
            shortest = length
        run.append(i)
    if run:
        yield run


def _described(folder: Path) -> dict[str, Any]:
    try:
        described: dict[str, Any] = json.loads((folder / "pack.json").read_text("utf-8"))
        for name, digest in described["sha256"].items():
            if sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise PackError(f"the model pack is damaged: {name} differs from its checksum")
    except (OSError, ValueError, KeyError) as error:
        raise PackError(f"the model pack in {folder} cannot be read: {error}") from error
    return described


@cache
def packed_encoder(threads: int | None = None) -> Encoder:
    """The encoder of the pack that ships with the package, loaded on first use.

    One with all the cores is the fastest for one text; for many, several threads do best that each
    run the same encoder of one thread.
    """
    return Encoder(Path(str(files("allegedly.encoder") / "pack")), threads=threads)
