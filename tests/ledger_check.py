#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves a collection: compares the ledger of mtpool-simdc with the database the engine filled.

    ledger_check.py LEDGER.ndjson DATABASE.db [--chat ID]… [--served-only]

prints a table by chat, names the first ids that are lost, phantom, duplicate or corrupt, and ends with `equal` (exit 0)
or `different` (exit 1); 2 means that it could not compare. Needs Python's standard library only.

The ledger is NDJSON, one object a line:

    {"t": "message", "chat_id": -100…, "message_id": 7, "date": 1700000000, "edit_date": null, "kind": "message",
     "text": "…", "views": 12, "forwards": 0, "grouped_id": null, "media_kind": "photo", "dc": 2, "client": "…"}
    {"t": "end", "chat_id": -100…, "oldest": 1, "newest": 10400, "count": 10000}
    {"t": "world", "chat_id": -100…, "ids": 10000, "hash": "<SHA-256, 64 hex digits>"}

`message` is one version as it was served: the last one of an id counts. `end` says that the channel's first message was
reached. `world` is the truth about the whole channel, written when the simulator stops: where it stands, the database
must be equal to it too, which is what proves completeness (--served-only leaves it out, for a history asked for in part).

The hash is over one line for each message, in order of message_id as a number. A line is the ten FIELDS below, separated
by a tab and closed by a newline, in UTF-8; numbers are decimal, an absent value is \\N, and in text backslash, tab, newline
and carriage return are written \\\\ \\t \\n \\r.
"""

import argparse
import hashlib
import json
import os
import sqlite3
import sys
import urllib.parse

FIELDS = ("chat_id", "message_id", "date", "edit_date", "kind", "text", "views", "forwards", "grouped_id", "media_kind")
SHOWN = 5
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Unusable(Exception):
    """The comparison can't be made: exit 2."""


def line_of(row):
    return "\t".join("\\N" if value is None else str(value).translate(_ESCAPES) for value in row) + "\n"


def hash_of(rows):
    """rows: {message_id: the ten fields} of one chat."""
    digest = hashlib.sha256()
    for message_id in sorted(rows):
        digest.update(line_of(rows[message_id]).encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()


class Ledger:
    def __init__(self, path):
        self.served = {}   # chat -> message id -> the last version served
        self.worlds = {}   # chat -> (ids, hash)
        self.ended = set() # chats whose first message was reached
        try:
            with open(path, encoding="utf-8") as file:
                for number, text in enumerate(file, 1):
                    try:
                        self._take(json.loads(text))
                    except (ValueError, KeyError, TypeError, AttributeError) as error:
                        raise Unusable(f"{path}:{number}: not a line of a ledger ({error!r})") from error
        except (OSError, UnicodeDecodeError) as error:
            raise Unusable(f"the ledger can't be read: {error}") from error

    def _take(self, line):
        kind = line["t"]
        if kind == "message":
            self.served.setdefault(line["chat_id"], {})[line["message_id"]] = tuple(line[field] for field in FIELDS)
        elif kind == "end":
            self.ended.add(line["chat_id"])
        elif kind == "world":
            self.worlds[line["chat_id"]] = (int(line["ids"]), str(line["hash"]))
        else:
            raise ValueError(f"unknown kind {kind!r}")

    def chats(self):
        return set(self.served) | set(self.worlds)


class Stored:
    """The rows of the messages table; box 0 only, where channels live."""

    def __init__(self, path):
        self.rows = {}        # chat -> message id -> fields
        self.duplicates = {}  # chat -> ids that stand there more than once
        if not os.path.isfile(path):
            raise Unusable(f"the database {path} does not exist")
        uri = "file:" + urllib.parse.quote(os.path.abspath(path)) + "?mode=ro"
        try:
            with sqlite3.connect(uri, uri=True) as database:
                for row in database.execute(f"SELECT {', '.join(FIELDS)} FROM messages"):
                    rows = self.rows.setdefault(row[0], {})
                    if row[1] in rows:
                        self.duplicates.setdefault(row[0], []).append(row[1])
                    rows[row[1]] = row
        except sqlite3.Error as error:
            raise Unusable(f"the database {path} can't be read: {error}") from error


class Comparison:
    """One chat: what differs, and why."""

    def __init__(self, chat, ledger, stored, served_only):
        self.chat = chat
        self.served = ledger.served.get(chat, {})
        self.rows = stored.rows.get(chat, {})
        self.lost = sorted(self.served.keys() - self.rows.keys())
        self.phantom = sorted(self.rows.keys() - self.served.keys())
        self.duplicate = sorted(set(stored.duplicates.get(chat, [])))
        self.corrupt = sorted(i for i in self.served.keys() & self.rows.keys() if self.served[i] != self.rows[i])
        self.hash = hash_of(self.rows)
        self.first_reached = chat in ledger.ended
        self.world = None if served_only else ledger.worlds.get(chat)

    def world_verdict(self):
        if self.world is None:
            return "-"
        return "equal" if self.world == (len(self.rows), self.hash) else "different"

    def equal(self):
        return not (self.lost or self.phantom or self.duplicate or self.corrupt) and self.world_verdict() != "different"

    def complaints(self):
        for name in ("lost", "phantom", "duplicate"):
            ids = getattr(self, name)
            if ids:
                more = f" … and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
                yield f"{self.chat}: {len(ids)} {name}: {', '.join(map(str, ids[:SHOWN]))}{more}"
        for message_id in self.corrupt[:SHOWN]:
            ours, theirs = self.rows[message_id], self.served[message_id]
            for field, have, want in zip(FIELDS, ours, theirs):
                if have != want:
                    yield f"{self.chat}: {message_id} is corrupt: {field} is {short(have)}, served was {short(want)}"
        if self.world_verdict() == "different":
            ids, digest = self.world
            yield (f"{self.chat}: the channel holds {ids} messages with hash {digest[:16]}…, "
                   f"the database {len(self.rows)} with {self.hash[:16]}…")


def short(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def compare(ledger, stored, chats, served_only):
    """Prints the verdict and tells whether all is equal."""
    if not chats:
        raise Unusable("the ledger names no chat, so nothing was served")
    comparisons = [Comparison(chat, ledger, stored, served_only) for chat in sorted(chats)]
    row = "{:>16} {:>9} {:>9} {:>6} {:>8} {:>10} {:>8} {:>10}".format
    print(row("chat", "served", "stored", "lost", "phantom", "duplicate", "corrupt", "world"))
    for one in comparisons:
        print(row(one.chat, len(one.served), len(one.rows), len(one.lost), len(one.phantom), len(one.duplicate),
                  len(one.corrupt), one.world_verdict()))
    for one in comparisons:
        for complaint in one.complaints():
            print(complaint)
        if not one.first_reached:
            print(f"note: {one.chat}: the ledger doesn't say that its first message was reached")
    return all(one.equal() for one in comparisons)


def main(arguments):
    parser = argparse.ArgumentParser(description="Compares what mtpool-simdc served with what mtpool stored.")
    parser.add_argument("ledger", help="the NDJSON file that mtpool-simdc --ledger wrote")
    parser.add_argument("database", help="the SQLite file of the engine")
    parser.add_argument("--chat", type=int, action="append", help="compare this chat only; may be repeated")
    parser.add_argument("--served-only", action="store_true", help="do not ask for the whole channel")
    options = parser.parse_args(arguments)
    try:
        ledger, stored = Ledger(options.ledger), Stored(options.database)
        same = compare(ledger, stored, set(options.chat or ledger.chats() | set(stored.rows)), options.served_only)
    except Unusable as error:
        print(f"ledger_check: {error}", file=sys.stderr)
        return 2
    print("equal" if same else "different")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
