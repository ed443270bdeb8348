from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from allegedly.claims import places
from allegedly.claims.naming.lists import table as naming
from allegedly.claims.places.atlas import atlas, table
from allegedly.claims.places.folding import fold
from allegedly.claims.places.gazetteer import Gazetteer, gazetteer

PACK = Path(places.__file__).parent / "pack"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("St. Louis", "saint louis"),
        ("Queen Anne’s County", "queen annes county"),
        ("Łódź", "lodz"),
        ("東京", "東京"),
        ("", ""),
    ],
)
def test_names_fold_to_plain_letters(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_town_is_found_by_its_names_and_lies_in_its_country() -> None:
    book = gazetteer()
    kyiv, cologne, nowhere = book.named(["kyiv", "cologne", "qwertyton"])
    assert {e.id for e in kyiv} >= {703448}
    assert any(e.name == "Köln" and e.alias for e in cologne)
    assert nowhere == ()
    [capital] = [e for e in kyiv if e.id == 703448]
    assert capital.kind == "capital"
    assert book.country(capital) == "UA"
    assert [book.entry(row).kind for row in capital.above] == ["region", "country", "continent"]


def test_every_country_that_sources_are_named_by_is_a_place() -> None:
    listed = sorted(set(naming("places")["countries"]) - {"European Union"})
    for name, entries in zip(listed, atlas().named(listed), strict=True):
        assert any(e.kind in {"country", "region", "feature"} for e in entries), name


def test_every_short_form_and_people_stands_for_a_place_of_the_right_size() -> None:
    book = atlas()
    for name, forms in table("abbreviations")["after_comma"].items():
        for form in forms:
            entry = book.after_comma(form)
            assert entry is not None, form
            assert (entry.name, entry.kind) == (name, "region")
    assert all(book.people(word) for words in table("peoples").values() for word in words)
    assert book.people("Moscow") is None
    assert book.people("UK") is None


def test_features_lie_on_the_globe() -> None:
    for group in table("features").values():
        for name, row in group.items():
            lat, lon = row["at"]
            assert -90 <= lat <= 90, name
            assert -180 <= lon <= 180, name
            assert 0 < row["km"] < 10_000, name


def test_the_pack_is_what_its_record_says() -> None:
    about = json.loads((PACK / "gazetteer.json").read_text(encoding="utf-8"))
    for name, digest in about["sha256"].items():
        assert sha256((PACK / name).read_bytes()).hexdigest() == digest, name


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "pack")
    shutil.copy(tmp_path / "pack" / "rows.npy", tmp_path / "pack" / "keys.npy")
    about = tmp_path / "pack" / "gazetteer.json"
    about.write_text(about.read_text(encoding="utf-8").replace('"keys": ', '"keys": 1'), "utf-8")
    with pytest.raises(ValueError, match="do not belong together"):
        Gazetteer(tmp_path / "pack")
