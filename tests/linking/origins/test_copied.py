"""Documents with one text behind them are found, and why is shown."""

from __future__ import annotations

from allegedly.linking.origins import Told, copied, text_origins
from allegedly.linking.origins.wording import fingerprints, shared_runs, words

AGENCY = (
    "Rescuers pulled eleven miners out of the flooded shaft at Korrel early on Tuesday, the "
    "provincial office said, and were still searching for four others."
)


def told(name: str, title: str, body: str, publisher: str | None = None) -> Told:
    return Told(id=name, title=title, text=f"{title}\n{body}\n", publisher=publisher or name)


def groups(*documents: Told) -> set[frozenset[str]]:
    return {frozenset(c.document for c in o.copies) for o in text_origins("case", documents)}


def test_an_agencys_sentence_makes_one_origin() -> None:
    one = told("one", "Miners saved at Korrel", f"{AGENCY} Our reporter saw two ambulances.")
    two = told("two", "Eleven brought up alive", f"Good news from the north. {AGENCY}")
    three = told("three", "Korrel waits", "Families waited at the gate of the mine all night long.")
    [origin] = text_origins("case", [one, two, three])
    assert {copy.document for copy in origin.copies} == {"one", "two"}
    assert origin.words[0] in AGENCY
    for copy, document in zip(origin.copies, (one, two), strict=True):
        assert [span.cut(document.text) for span in copy.spans] == [AGENCY.removesuffix(".")]


def test_a_bare_headline_belongs_to_its_original() -> None:
    title = "Korrel mine owner ignored warnings, inspectors say"
    original = told("one", title, "The owner was told of the water in March.")
    bare = Told(id="two", title=title, text=f"{title}\n", publisher="portal")
    other = told("three", "Korrel mine owner speaks", "He said that he was sorry for all of it.")
    assert groups(original, bare, other) == {frozenset({"one", "two"})}


def test_a_short_headline_is_nobodys() -> None:
    one = told("one", "Mine disaster", "Water broke into the shaft while the shift was changing.")
    two = told("two", "Mine disaster", "The president will visit the widows at the weekend.")
    assert groups(one, two) == set()


def test_a_quotation_is_its_speakers_and_no_copy() -> None:
    quote = "“We will not rest until the last of our brothers has come up into the daylight again”"
    one = told("one", "Union vows to go on", f"{quote}, the union's head told a crowd at the gate.")
    two = told("two", "Search goes on", f"At noon the leader of the union spoke. {quote}, he said.")
    assert groups(one, two) == set()


def test_what_an_outlet_prints_below_everything_is_no_copy() -> None:
    standing = "Sign up here to get our newsletter about the mines of the north every single week."
    documents = [
        told(f"n{n}", f"Headline number {n} of five", f"{body} {standing}", "Herald")
        for n, body in enumerate(
            (
                "The minister resigned over it.",
                "A dog found the missing lamp.",
                "Coal prices rose a little again.",
            )
        )
    ]
    assert groups(*documents) == set()


def test_a_story_posted_twice_is_one() -> None:
    documents = [told(name, "Miners saved at Korrel today", AGENCY, "Herald") for name in "ab"]
    assert groups(*documents) == {frozenset("ab")}


def test_a_page_that_is_updated_is_one_origin_whatever_it_says() -> None:
    bodies = ("Two are dead.", "Five people have died, the mayor says.", "All were found.")
    versions = [
        Told(
            id=f"v{n}",
            title=f"Version {n}",
            text=f"Version {n}\n{body}\n",
            uri="https://x.test/live",
        )
        for n, body in enumerate(bodies)
    ]
    [origin] = text_origins("case", versions)
    assert len(origin.copies) == 3
    assert origin.words == ("https://x.test/live",)


def test_nothing_has_no_origin() -> None:
    assert groups() == set()
    assert groups(Told(id="a", title="", text=""), Told(id="b", title="", text="")) == set()


def test_runs_are_the_longest_and_a_shared_run_is_never_missed() -> None:
    left = words("alpha beta gamma delta epsilon zeta eta theta iota kappa")
    right = words("one two beta gamma delta epsilon zeta eta theta three")
    assert [(r.left, r.right, r.length) for r in shared_runs(left, right)] == [(1, 2, 7)]
    assert fingerprints(left) & fingerprints(right)
    assert shared_runs(left, words("beta gamma delta")) == []


def test_a_document_more_is_compared_with_the_others_as_if_all_were_new() -> None:
    own = [told(name, f"Korrel {name}", f"{AGENCY} Told by {name}.") for name in "abc"]
    first, again = text_origins("case", own[:2]), text_origins("case", own)
    copied._marks.cache_clear()  # noqa: SLF001 - what was met before must not show
    copied._shared.cache_clear()  # noqa: SLF001
    assert text_origins("case", own) == again
    assert text_origins("case", own[:2]) == first
    assert {copy.document for copy in again[0].copies} == set("abc")
