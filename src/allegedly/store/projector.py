"""Entries become rows: the only way that a projection is ever made or changed."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from allegedly.store import case_rows, link_rows, rows, tables
from allegedly.store.case_rows import REPLACED, Replacing
from allegedly.store.chain import parsed
from allegedly.store.databases import Database
from allegedly.store.errors import LedgerDamagedError
from allegedly.store.link_rows import LINKED
from allegedly.store.standing import Standing, Word, corrections, keeps, likeness, status
from allegedly.store.states import DocumentState, Open, Read, Spoken, Stood, listed
from allegedly.store.words import folded_name, indexed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from allegedly.store.chain import Entry
    from allegedly.store.databases import Words
    from allegedly.store.projections import Projections
    from allegedly.store.rows import Row
    from allegedly.store.standing import Body, Key

REMEMBERED: Final = 64  # documents whose state is kept at hand
_KEYS_OF: Final = {
    # Of one key `itemgetter` makes no tuple.
    name: itemgetter(*keys) if keys[1:] else (lambda row, key=keys[0]: (row[key],))
    for name, keys in tables.KEYS.items()
}
_UNREAD: Final = frozenset({"document", "source", "case"})  # no records of a reading


class Projector:
    """Takes entries in their order and writes what follows from them.

    Nothing is written before `flush`. What it makes depends on the entries alone, in batches of
    whatever size: so a projection built entry by entry and one rebuilt are the same.
    """

    def __init__(self, projections: Projections) -> None:
        """Nothing is at hand yet."""
        self._projections = projections
        self._states: OrderedDict[str, DocumentState] = OrderedDict()
        self._pending: dict[Key, tuple[Entry, Body]] = {}
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._closed: defaultdict[tuple[str, int], list[tuple[Any, ...]]] = defaultdict(list)
        self._words: defaultdict[str, list[Words]] = defaultdict(list)
        self._sources: dict[str, Row] = {}
        self._decisions: dict[str, Open] = {}
        self._replacing = Replacing(projections)
        self._handlers: Mapping[str, Callable[[Entry, Body], None]] = {
            "run": self._run,
            "document": self._document,
            "capture": self._capture,
            "claim": self._record,
            "assessment": self._record,
            "silence": self._record,
            "reading": self._reading,
            "decision": self._decision,
            "commonness": self._commonness,
            **dict.fromkeys((*REPLACED, *LINKED), self._replace),
        }

    def take(self, entry: Entry, body: Body | None = None) -> None:
        """Work out what an entry changes; kinds that no projection shows change nothing."""
        handle = self._handlers.get(entry.kind)
        if handle is not None:
            handle(entry, parsed(entry.body) if body is None else body)

    def flush(self) -> None:
        """Write what has been worked out."""
        self._add_sources()
        for name, made in self._rows.items():
            if made:
                self._projections.put(name, made)
        for (name, seq), keys in self._closed.items():
            self._projections.end(name, seq, keys)
        for index, words in self._words.items():
            self._projections.index(index, words)
        self._rows.clear()
        self._closed.clear()
        self._words.clear()
        self._sources.clear()
        self._decisions.clear()
        self._replacing.forget()
        self._forget()

    def found(self, table: str, standing: Mapping[str, int | None]) -> None:
        """Which entry counts under each of some ids, so that none is looked up by itself."""
        self._replacing.found(table, standing)

    def state(self, document: str) -> DocumentState | None:
        """What is known of a document before the next entry."""
        state = self._states.get(document)
        if state is None:
            state = self._projections.state(document)
        if state is not None:
            self._states[document] = state
            self._states.move_to_end(document)
        return state

    # One method for each kind of entry.

    def _run(self, entry: Entry, body: Body) -> None:
        self._rows["runs"].append(rows.run_row(entry, body))

    def _document(self, entry: Entry, body: Body) -> None:
        self._states[body["id"]] = DocumentState(entry.seq, body)
        words = (entry.seq, body["text"], indexed(body["title"] or ""))
        self._words[Database.DOCUMENT_INDEX].append(words)

    def _capture(self, entry: Entry, body: Body) -> None:
        state = self._known(body["document"], entry)
        row = rows.capture_row(entry, body)
        self._rows["captures"].append(row)
        state.captures += 1
        state.published_by = min(state.published_by or row["published_by"], row["published_by"])
        self._close("documents", state.version, entry)
        version = rows.document_row(
            entry, state.entry, state.body, state.published_by, state.captures
        )
        state.version = self._put("documents", version)

    def _record(self, entry: Entry, body: Body) -> None:
        """A record counts only when the reading that lists it is there."""
        self._pending[entry.kind, body["id"]] = (entry, body)

    def _reading(self, entry: Entry, body: Body) -> None:
        state = self._known(body["document"], entry)
        self._close("readings", state.reading, entry)
        row = rows.reading_row(entry, body, state.reading_id)
        state.reading, state.reading_id = self._put("readings", row), body["id"]
        state.listed, changed = listed(body), dict(self._pending)
        self._pending.clear()
        for key, (at, record) in changed.items():
            if key in state.records:
                self._close(f"{key[0]}s", state.records[key].open, entry)
            state.records[key] = self._open_record(key[0], at, record, state.text, entry.seq)
        carried = self._carry(entry, state)
        for key in [key for key in state.records if key not in state.listed]:
            if key in carried or not _kept(state, key):
                self._close(f"{key[0]}s", state.records.pop(key).open, entry)
        self._speak(entry, state)

    def _decision(self, entry: Entry, body: Body) -> None:
        replaced = body["supersedes"]
        if replaced is not None:
            self._close("decisions", self._decision_open(replaced), entry)
        row = rows.decision_row(entry, body)
        if body["verdict"] == "undo":
            row["seq_to"] = entry.seq
        self._decisions[body["id"]] = self._put("decisions", row)
        if body["document"] is not None and body["kind"] not in _UNREAD:
            self._decide(entry, body, self._known(body["document"], entry))

    def _replace(self, entry: Entry, body: Body) -> None:
        """The last entry under an id is the one that counts."""
        table, row_of = REPLACED.get(entry.kind) or LINKED[entry.kind]
        self._close(table, self._replacing.standing(table, body["id"]), entry)
        row = row_of(entry, body)
        self._replacing.follow(table, body["id"], None if row is None else self._put(table, row))
        if entry.kind == "profile":
            self._rows["case_keys"].extend(case_rows.key_rows(entry, body))
        for name, further in link_rows.further_rows(entry, body):
            self._rows[name].append(further)

    def _commonness(self, entry: Entry, body: Body) -> None:
        self._rows["commonness"].append(case_rows.commonness_row(entry, body))

    # What they share.

    def _known(self, document: str, entry: Entry) -> DocumentState:
        state = self.state(document)
        if state is None:
            raise LedgerDamagedError(f"entry {entry.seq} is about no document of the ledger")
        return state

    def _open_record(self, kind: str, entry: Entry, body: Body, text: str, seq: int) -> Read:
        if kind == "claim":
            row = self._claim(entry, body, text, seq)
        elif kind == "assessment":
            row = rows.assessment_row(entry, body, text, seq)
        else:
            row = rows.silence_row(entry, body, text, seq)
        return Read(entry.seq, body, self._put(f"{kind}s", row))

    def _claim(self, entry: Entry, body: Body, text: str, seq: int) -> Row:
        hops = rows.chain_rows(entry, body, text)
        self._rows["chains"].extend(hops)
        self._know(body["sources"], seq)
        row = rows.claim_row(entry, body, text, seq, hops)
        words = (entry.seq, row["content"], rows.names(hops))
        self._words[Database.CLAIM_INDEX].append(words)
        return row

    def _know(self, sources: list[Body], seq: int) -> None:
        """Who is named is somebody who is made to say things, from an entry on."""
        for source in sources:
            name = folded_name(source["name"]) if source["name"] else ""
            if name and name not in self._sources:
                said = {"name": source["name"], "kind": source["kind"]}
                self._sources[name] = {"id": name, "seq_from": seq, **said}

    def _carry(self, entry: Entry, state: DocumentState) -> set[Key]:
        """A record read anew stands as it stood, under whatever id it comes back.

        Gives the records that came back under another.
        """
        carried: set[Key] = set()
        free = {key for key in state.listed if key not in state.standings}
        for key, stood in sorted(state.standings.items()):
            if key in state.listed:
                if status(stood.standing, state.records[key].body) != stood.status:
                    self._stand(entry, state, stood.standing)
            elif match := _best(stood.standing, state, free):
                free.discard(match)
                carried.add(key)
                self._close("standings", state.standings.pop(key).open, entry)
                self._stand(entry, state, replace(stood.standing, key=match, carried=True))
        return carried

    def _decide(self, entry: Entry, body: Body, state: DocumentState) -> None:
        """Whatever the replaced decision stood for now stands as the new one says."""
        subject, replaced = (body["kind"], body["subject"]), body["supersedes"]
        for key in sorted({subject} | _decided_by(state, replaced)):
            old = state.standings.get(key)
            record = state.records.get(key)
            decided = dict(old.standing.decided) if old else {}
            decided = {m: word for m, word in decided.items() if word.id != replaced}
            if body["verdict"] != "undo":
                decided[body["matter"]] = Word(
                    entry.seq, body["id"], body["verdict"], body["value"]
                )
            if record is not None:
                seen, seq = record.body, record.seq
            elif old is not None:
                seen, seq = old.standing.seen, old.standing.seen_seq
            else:
                raise LedgerDamagedError(f"entry {entry.seq} decides about no record")
            standing = Standing(
                key=key,
                document=body["document"],
                decided=decided,
                seen=seen,
                seen_seq=seq,
                carried=old is not None and old.standing.carried and key != subject,
            )
            self._stand(entry, state, standing)
            self._know(corrections(decided).get("sources", []), entry.seq)
            if record is not None and key not in state.listed and not _kept(state, key):
                self._close(f"{key[0]}s", state.records.pop(key).open, entry)
        self._speak(entry, state)

    def _speak(self, entry: Entry, state: DocumentState) -> None:
        """Count anew who is named in the claims that count, as corrected, and in how many."""
        told = (_sources(state, key) for key in state.records if key[0] == "claim")
        counted = Counter(chain.from_iterable(map(rows.named, told)))
        was = {name: spoken.claims for name, spoken in state.speakers.items()}
        changed = sorted(n for n in {*counted, *was} if counted[n] != was.get(n, 0))
        for place, name in enumerate(changed):
            old = state.speakers.pop(name, None)
            self._close("speakers", old.open if old else None, entry)
            if counted[name]:
                row = rows.speaker_row(entry, place, state.entry, name, counted[name])
                state.speakers[name] = Spoken(counted[name], self._put("speakers", row))

    def _stand(self, entry: Entry, state: DocumentState, standing: Standing) -> None:
        """Replace the row of a standing; where nothing is decided any more there is none."""
        old = state.standings.pop(standing.key, None)
        self._close("standings", old.open if old else None, entry)
        if not standing.decided:
            return
        record = state.records.get(standing.key)
        now = status(standing, record.body if record else standing.seen)
        row = rows.standing_row(entry, standing, now, corrections(standing.decided))
        opened = self._put("standings", row)
        state.standings[standing.key] = Stood(standing, now, opened)

    def _put(self, name: str, row: Row) -> Open:
        self._rows[name].append(row)
        return Open(_KEYS_OF[name](row), row)

    def _close(self, name: str, row: Open | None, entry: Entry) -> None:
        """End a row before an entry: in hand where it is not written yet, else at `flush`."""
        if row is None:
            return
        if row.row is not None:
            row.row["seq_to"] = entry.seq
        else:
            self._closed[name, entry.seq].append(row.keys)

    def _decision_open(self, decision: str) -> Open | None:
        if decision in self._decisions:
            return self._decisions[decision]
        return self._projections.decision(decision)

    def _add_sources(self) -> None:
        """Sources that no earlier entry named."""
        known = self._projections.known_sources(list(self._sources))
        self._rows["sources"].extend(row for k, row in self._sources.items() if k not in known)

    def _forget(self) -> None:
        """Rows in hand are written now; states not needed lately are asked for if need be."""
        while len(self._states) > REMEMBERED:
            self._projections.leave(*self._states.popitem(last=False))
        for state in self._states.values():
            for row in _opened(state):
                row.row = None


def _opened(state: DocumentState) -> Iterator[Open]:
    yield from (row for row in (state.version, state.reading) if row is not None)
    yield from (record.open for record in state.records.values())
    yield from (stood.open for stood in state.standings.values())
    yield from (spoken.open for spoken in state.speakers.values())


def _decided_by(state: DocumentState, decision: str | None) -> set[Key]:
    return {
        key
        for key, stood in state.standings.items()
        if decision in {word.id for word in stood.standing.decided.values()}
    }


def _sources(state: DocumentState, key: Key) -> list[Body]:
    """The chain of a claim, as people corrected it."""
    stood = state.standings.get(key)
    corrected = corrections(stood.standing.decided) if stood else {}
    read = state.records[key].body
    found: list[Body] = (corrected if "sources" in corrected else read)["sources"]
    return found


def _kept(state: DocumentState, key: Key) -> bool:
    """Whether a record that the reading does not list stays, for a person's word."""
    stood = state.standings.get(key)
    return stood is not None and keeps(stood.standing)


def _best(standing: Standing, state: DocumentState, free: set[Key]) -> Key | None:
    """The record of a new reading that is the one decided on, None where there is none."""
    kind = standing.key[0]
    alike = [(likeness(standing, state.records[key].body), key) for key in free if key[0] == kind]
    best = max(alike, default=(0.0, standing.key))
    return best[1] if best[0] > 0.0 else None
