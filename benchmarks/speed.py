"""Speed beside a BERT-base-sized token classifier in torch, in one run on two threads.

Usage: python -m benchmarks.speed STORIES.jsonl [--documents N] [--rounds N]

Prints tokens and words a second of the reference (fp32, random weights), of our encoder with its
heads and of the whole path from bytes to reading, and their ratios: `path` reads many stories as
`allegedly read` and `add` do, a thread to each core, `one` one after the other. The rounds are
interleaved and the medians compared, since shared machines are noisy. Needs torch (`make train`
installs it).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import torch
from torch import nn

from allegedly.documents import read_document
from allegedly.encoder import Encoder
from allegedly.encoder.tokens import lines, tokenize
from allegedly.pipeline import read_story
from allegedly.records import Document
from allegedly.side_by_side import side_by_side
from training.network import Encoder as Network
from training.network import Shape

THREADS = 2
BERT_BASE = Shape(width=768, layers=12, inner=3072)
WINDOW = 254
TIMED = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run([sys.argv[1], "read", "--demo"], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
PACK = Path(__file__).parents[1] / "src/allegedly/encoder/pack"


class Reference(nn.Module):
    """A token classifier of BERT-base's size."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Network(BERT_BASE)
        self.classify = nn.Linear(BERT_BASE.width, 7)

    def forward(self, ids: torch.Tensor, marks: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Label scores of shape (batch, pieces, 7)."""
        found: torch.Tensor = self.classify(self.encoder(ids, marks, mask))
        return found


def reference_seconds(model: Reference, pieces: int) -> float:
    """Seconds for about so many pieces, in full windows: nothing of it is padding."""
    count = max(1, round(pieces / (WINDOW + 2)))
    began = time.perf_counter()
    with torch.inference_mode():
        for i in range(0, count, 8):
            shape = (min(8, count - i), WINDOW + 2)
            ids = torch.randint(1000, 30000, shape)
            model(ids, torch.zeros(*shape, 3, dtype=torch.long), torch.ones(shape).bool())
    return (time.perf_counter() - began) * pieces / (count * (WINDOW + 2))


def encoder_seconds(encoder: Encoder, documents: list[Document]) -> float:
    """Seconds from text to label scores."""
    began = time.perf_counter()
    for d in documents:
        for _ in encoder.encode(d.text, lines(d.text)):
            pass
    return time.perf_counter() - began


def path_seconds(encoder: Encoder, documents: list[Document], threads: int) -> float:
    """Seconds from bytes to readings, so many texts at a time."""
    raw = [d.text.encode("utf-8") for d in documents]
    began = time.perf_counter()
    read = partial(read_story, encoder=encoder)
    for _ in side_by_side(read, raw, threads=threads):
        pass
    return time.perf_counter() - began


def cold_start() -> tuple[float, float]:
    """Seconds and megabytes of `allegedly read --demo` as a process, the best of five."""
    spent, peaks = [], []
    for _ in range(5):
        # From a small process of its own: a child of this one would count its memory at first.
        done = subprocess.run(
            [sys.executable, "-c", TIMED, str(Path(sys.executable).with_name("allegedly"))],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds, kilobytes = map(float, done.stdout.split())
        spent.append(seconds)
        peaks.append(kilobytes)
    return min(spent), max(peaks) / 1024


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path, help="JSON Lines with a text each")
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=5)
    a = parser.parse_args()
    torch.set_num_threads(THREADS)
    encoder = Encoder(PACK, threads=THREADS)
    rows = a.stories.read_text("utf-8").splitlines()[: a.documents]
    read = [read_document(json.loads(r)["text"]) for r in rows]
    documents = [d for d in read if isinstance(d, Document)]
    pieces = sum(len(tokenize(encoder.tokenizer, d.text)) for d in documents)
    words = sum(len(d.text.split()) for d in documents)
    reference = Reference().eval()
    single = Encoder(PACK, threads=1)
    path_seconds(encoder, documents[:2], 1)
    path_seconds(single, documents[:2], THREADS)
    times: dict[str, list[float]] = {"reference": [], "encoder": [], "path": [], "one": []}
    for _ in range(a.rounds):
        times["reference"].append(reference_seconds(reference, pieces))
        times["encoder"].append(encoder_seconds(encoder, documents))
        times["path"].append(path_seconds(single, documents, THREADS))
        times["one"].append(path_seconds(encoder, documents, 1))
    print(f"{len(documents)} documents, {words} words, {pieces} pieces, {THREADS} threads")
    base = statistics.median(times["reference"])
    for name, spent in times.items():
        median = statistics.median(spent)
        print(
            f"{name:10s} {pieces / median:8.0f} pieces/s {words / median:8.0f} words/s "
            f"{len(documents) / median:6.2f} documents/s  {base / median:5.2f} x the reference"
        )
    seconds, megabytes = cold_start()
    print(f"cold start {seconds:.2f} s, {megabytes:.0f} MB resident at most")


if __name__ == "__main__":
    main()
