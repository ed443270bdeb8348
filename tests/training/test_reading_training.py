"""The other heads' gold and training, checked where torch is installed."""

import gzip
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only")
onnx = pytest.importorskip("onnx", reason="onnx is for training only")

import onnxruntime  # noqa: E402  # after the skip
from tokenizers import Tokenizer  # noqa: E402  # after the skip

import allegedly.encoder  # noqa: E402  # the same
from training.coreference_gold import head_word, snippet  # noqa: E402  # the same
from training.course import Settings  # noqa: E402  # the same
from training.entity_gold import sentences  # noqa: E402  # the same
from training.factuality_gold import judged  # noqa: E402  # the same
from training.graph import build, build_reading  # noqa: E402  # the same
from training.labelled import ENTITIES, IGNORED, MENTIONS, spaced  # noqa: E402  # the same
from training.network import Shape  # noqa: E402  # the same
from training.pack import branch, outputs, reading_outputs  # noqa: E402  # the same
from training.train_attribution import Model  # noqa: E402  # the same
from training.train_reading import (  # noqa: E402  # the same
    SHARED,
    Reader,
    reading_loss,
    together,
    train,
    under,
    units,
)
from training.treebank_gold import RELATIONS, TAGS, documents, labelled  # noqa: E402  # the same
from training.unpack import unpack  # noqa: E402  # the same

DEEP = Shape(width=48, layers=SHARED + 1, attention_heads=4, inner=96)
PACK = Path(allegedly.encoder.__file__).parent / "pack"
CONLLU = """# newdoc id = one
# newpar
# text = President Mara Koval didn't sleep.
1\tPresident\tpresident\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-2-coref
2\tMara\tMara\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tKoval\tKoval\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
4-5\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tdid\tdo\tAUX\tVBD\t_\t6\taux\t_\t_
5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_
6\tsleep\tsleep\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

# text = She worked.
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-nnnnn-cf1-1-coref)
2\tworked\twork\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(PACK / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def test_tokens_are_joined_as_people_write_them() -> None:
    tokens = ["He", "said", ",", '"', "It", "'s", "(", "not", ")", "so", ".", '"']
    text, offsets = spaced(tokens)
    assert text == 'He said, "It\'s (not) so."'
    assert [text[a:b] for a, b in offsets] == tokens


def test_a_treebank_document_becomes_words_with_all_that_is_known(
    tokenizer: Tokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "one.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode("utf-8")))
    [document] = documents(path)
    assert document.text == "President Mara Koval didn't sleep. She worked."
    known = labelled(tokenizer, document, referring=True)
    words = [document.text[s:] for s in known.starts]
    koval = next(i for i, w in enumerate(words) if w.startswith("Koval"))
    president = next(i for i, w in enumerate(words) if w.startswith("President"))
    she = next(i for i, w in enumerate(words) if w.startswith("She"))
    sleep = next(i for i, w in enumerate(words) if w.startswith("sleep"))
    assert known.heads is not None
    assert known.heads[koval] == president
    assert known.heads[sleep] == sleep
    assert known.relations is not None
    assert RELATIONS[known.relations[sleep]] == "root"
    assert known.tags is not None
    assert TAGS[known.tags[she]] == "PRON"
    assert known.mentions is not None
    assert MENTIONS[known.mentions[she]] == "person"
    assert known.clusters is not None
    assert known.clusters[she] == known.clusters[president] >= 0
    assert known.entities is not None
    allowed = [ENTITIES[i] for i in np.flatnonzero(known.entities[koval])]
    assert allowed == ["I-person"]


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the old mayor of the town", "mayor"),
        ("Ana Ruk", "Ruk"),
        ("the man who ran", "man"),
        ("Ana 's", "Ana"),
    ],
)
def test_a_noun_phrase_has_its_head_before_what_follows(phrase: str, head: str) -> None:
    start = head_word(phrase, 0, len(phrase))
    assert phrase[start:].startswith(head)


def gold(tokenizer: Tokenizer) -> list[object]:
    row = {
        "id": "r",
        "tokens": ["Ana", "left", "Varna", "."],
        "spans": [
            {"token_start": 0, "token_end": 1, "label": "PER"},
            {"token_start": 2, "token_end": 3, "label": "LOC"},
        ],
        "targets": [{"token_start": 1, "token_end": 2, "factuality": 2.5}],
    }
    gap = {
        "id": "g",
        "text": "Ana met Mara before she left.",
        "pronoun": {"span": [20, 23]},
        "a": {"span": [0, 3], "coref": True},
        "b": {"span": [8, 12], "coref": False},
    }
    return [
        sentences(tokenizer, [row], ("O",)),
        judged(tokenizer, [row]),
        snippet(tokenizer, gap),
    ]


def test_every_head_learns_and_goes_on_where_it_stopped(
    tokenizer: Tokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "one.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode("utf-8")))
    texts = gold(tokenizer) + [labelled(tokenizer, d, referring=True) for d in documents(path)]
    torch.manual_seed(3)
    model = Reader(DEEP)
    batch = units(texts, 30, 400, np.random.default_rng(1))  # type: ignore[arg-type]  # labelled
    before = {k: v.item() for k, v in reading_loss(model, batch).items()}
    assert set(before) == {
        *("entities", "mentions", "arcs", "relations", "tags", "antecedents", "factuality")
    }
    settings = Settings(epochs=30, pieces=400, window=30, save_every=15, rate=2e-3)
    train(model, texts, settings, tmp_path)  # type: ignore[arg-type]  # the same
    after = reading_loss(model.eval(), batch)
    assert all(after[k].item() < before[k] for k in before)
    whole = torch.load(tmp_path / "mean.pt", weights_only=True)
    train(model, texts, settings, tmp_path)  # type: ignore[arg-type]  # nothing is left to do
    again = torch.load(tmp_path / "mean.pt", weights_only=True)
    assert all(torch.equal(whole[k], again[k]) for k in whole)


def test_an_unknown_label_is_never_learnt(tokenizer: Tokenizer) -> None:
    _, _, gap = gold(tokenizer)
    model = Reader(DEEP).eval()
    [unit] = units([gap], 30, 400, np.random.default_rng(1))  # type: ignore[list-item]  # the same
    assert set(reading_loss(model, [unit])) == {"antecedents"}
    assert IGNORED < -1


def test_a_pack_comes_back_as_a_run(tmp_path: Path) -> None:
    unpack(PACK, tmp_path)
    state = torch.load(tmp_path / "mean.pt", weights_only=True)
    assert state["encoder.pieces.weight"].shape == (30522, 384)
    assert float(state["heads.pair.bias"].min()) > -1e3
    assert float(state["encoder.layers.0.qkv.weight"].std()) > 0.01


def test_the_exported_branch_says_what_torch_says(tokenizer: Tokenizer, tmp_path: Path) -> None:
    torch.manual_seed(3)
    model, attribution = Reader(DEEP).eval(), Model(DEEP, 8).eval()
    model.start(attribution.state_dict(), attribution.state_dict())
    ids, marks, mask, _, _ = together(
        units(gold(tokenizer), 30, 400, np.random.default_rng(1))  # type: ignore[arg-type]  # the same
    )
    with torch.no_grad():
        vectors = model(ids, marks, mask)
    state = model.state_dict()
    heads = DEEP.attention_heads
    encoder = {k: v.numpy() for k, v in under(attribution.state_dict(), "encoder.").items()}
    graphs = {
        "lower": build(encoder, outputs(attribution.state_dict()), heads, SHARED),
        "upper": build_reading(branch(state), reading_outputs(state), heads),
    }
    sessions = {}
    for name, graph in graphs.items():
        onnx.save(graph, tmp_path / name)
        sessions[name] = onnxruntime.InferenceSession(tmp_path / name)
    feed = {"ids": ids.numpy(), "marks": marks.numpy(), "mask": mask.int().numpy()}
    [shared] = sessions["lower"].run(["shared"], feed)
    kept = mask.numpy()
    for name in ("entities", "syntax", "factuality"):
        [found] = sessions["upper"].run([name], {"shared": shared, "mask": feed["mask"]})
        expected = getattr(model.reading, name)(vectors).detach().numpy()
        assert np.abs(found - expected)[kept].max() < 1e-3


def test_the_shared_layers_stay_as_they_are(tokenizer: Tokenizer, tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = Reader(DEEP)
    before = {k: v.clone() for k, v in model.encoder.state_dict().items()}
    train(model, gold(tokenizer), Settings(epochs=3, pieces=400, rate=1e-2), tmp_path)  # type: ignore[arg-type]  # the same
    assert all(torch.equal(v, before[k]) for k, v in model.encoder.state_dict().items())
