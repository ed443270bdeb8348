"""A trained teacher labels texts; its posteriors are what a student learns from."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer

from allegedly.encoder.chain import posteriors
from training.attribution_gold import LABELS, read_jsonl, story
from training.batches import batches, collate
from training.course import Settings
from training.network import TEACHER, Shape
from training.train_attribution import Model, forward, kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegedly.encoder.chain import Posteriors
    from training.attribution_gold import Story


def pair_posteriors(p: Posteriors) -> NDArray[np.float16]:
    """Posterior of each (label before, label) pair; shape (words, labels ** 2)."""
    before = np.vstack([np.eye(1, p.forward.shape[1], dtype=np.float32), p.forward[:-1]])
    joint = before[:, :, None] * p.pairs * (p.backward / p.scale[:, None])[:, None, :]
    joint /= joint.sum((1, 2), keepdims=True)
    return joint.reshape(len(joint), -1).astype(np.float16)


@torch.no_grad()
def label(model: Model, stories: list[Story], s: Settings, out: Path) -> None:
    """Write `ID.npy` for each story; one that is there already is left alone."""
    left = [x for x in stories if not (out / f"{x.id}.npy").exists()]
    for i in range(0, len(left), 20):
        some = left[i : i + 20]
        parts: dict[str, dict[int, NDArray[np.float16]]] = {x.id: {} for x in some}
        for rows in batches(some, s.window, s.pieces, None):
            batch = collate(rows).to(model.none.device)
            with torch.autocast(kind(batch.ids), dtype=torch.bfloat16):
                scores, _ = forward(model, batch)
            lengths = batch.word_mask.sum(1).cpu().numpy()
            for row, found in zip(
                rows, posteriors(scores.float().cpu().numpy(), lengths), strict=True
            ):
                parts[row.story.id][row.start] = pair_posteriors(found)
        for name, pieces in parts.items():
            found_rows = [pieces[k] for k in sorted(pieces)]
            whole = np.concatenate(found_rows) if found_rows else np.zeros((0, len(LABELS) ** 2))
            np.save(out / f"{name}.npy", whole.astype(np.float16))
        print(f"{i + len(some)}/{len(left)}", flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder of the trained teacher")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="JSON Lines: id, text")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    s = Settings(**json.loads((a.run / "settings.json").read_text()))
    tokenizer = Tokenizer.from_file(str(a.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = [r for path in a.texts for r in read_jsonl(path)]
    a.out.mkdir(parents=True, exist_ok=True)
    with (a.out / "texts.jsonl").open("w", encoding="utf-8") as f:
        for r in rows:
            f.write(json.dumps({"id": r["id"], "text": r["text"]}) + "\n")
    model = Model(TEACHER if s.teacher else Shape(), s.link)
    model.encoder.compute = torch.bfloat16
    model.load_state_dict(torch.load(a.run / "mean.pt", weights_only=True, map_location="cpu"))
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    model.eval()
    label(model, [story(tokenizer, {**r, "attributions": []}) for r in rows], s, a.out)


if __name__ == "__main__":
    main()
