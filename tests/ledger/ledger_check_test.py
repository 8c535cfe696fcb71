# SPDX-License-Identifier: Apache-2.0
import contextlib
import io
import json
import os
import sqlite3
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import ledger_check  # noqa: E402

CHAT = -1003000000001
TABLE = """CREATE TABLE messages (chat_id INTEGER, message_id INTEGER, box_id INTEGER DEFAULT 0, date INTEGER,
    edit_date INTEGER, kind TEXT, text TEXT, views INTEGER, forwards INTEGER, grouped_id INTEGER, media_kind TEXT)"""


def message(number, **other):
    row = dict(chat_id=CHAT, message_id=number, date=1700000000 + number, edit_date=None, kind="message",
               text=f"Привет {number}\tтаб\nстрока \\ 😀", views=number * 3, forwards=0, grouped_id=None,
               media_kind="photo" if number % 2 else None)
    row.update(other)
    return row


class LedgerCheck(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.printed = ""
        self.served = [message(number) for number in range(1, 21)]
        self.rows = [dict(row) for row in self.served]
        self.more = [{"t": "end", "chat_id": CHAT, "oldest": 1, "newest": 20, "count": 20}]

    def world(self, rows):
        truth = {row["message_id"]: tuple(row[field] for field in ledger_check.FIELDS) for row in rows}
        self.more.append({"t": "world", "chat_id": CHAT, "ids": len(truth), "hash": ledger_check.hash_of(truth)})

    def run_check(self, *options):
        ledger = os.path.join(self.folder.name, "ledger ndjson")
        database = os.path.join(self.folder.name, "mtpool ?#.db")
        with open(ledger, "w", encoding="utf-8") as file:
            for row in self.served:
                file.write(json.dumps({"t": "message", **row, "dc": 2, "client": "x"}, ensure_ascii=False) + "\n")
            for line in self.more:
                file.write(json.dumps(line) + "\n")
        with contextlib.closing(sqlite3.connect(database)) as db, db:
            db.execute(TABLE)
            for row in self.rows:
                db.execute(f"INSERT INTO messages ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                           tuple(row.values()))
        return self.run_main(ledger, database, *options)

    def run_main(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = ledger_check.main(list(arguments))
            except SystemExit as stop:
                code = stop.code
        self.printed = out.getvalue() + err.getvalue()
        return code

    def expect_different(self, *words):
        self.assertEqual(self.run_check(), 1)
        self.assertEqual(self.printed.splitlines()[-1], "different")
        for word in words:
            self.assertIn(word, self.printed)

    def test_finds_an_exact_copy_equal(self):
        self.world(self.served)
        self.assertEqual(self.run_check(), 0, self.printed)
        self.assertEqual(self.printed.splitlines()[-1], "equal")

    def test_reports_a_lost_row(self):
        del self.rows[6]
        self.expect_different("1 lost: 7")

    def test_reports_a_phantom_row(self):
        self.rows.append(message(99))
        self.expect_different("1 phantom: 99")

    def test_reports_a_chat_that_was_never_served(self):
        self.rows.append(message(5, chat_id=CHAT - 1))
        self.expect_different(f"{CHAT - 1}: 1 phantom: 5")

    def test_reports_a_duplicate_under_another_box(self):
        self.rows.append({**message(3), "box_id": 77})
        self.expect_different("1 duplicate: 3")

    def test_reports_each_field_that_changed(self):
        changes = {"date": 1, "edit_date": 5, "kind": "service", "text": "x", "views": 1, "forwards": 1, "grouped_id": 9,
                   "media_kind": "poll"}
        self.assertEqual(set(changes), set(ledger_check.FIELDS) - {"chat_id", "message_id"})
        for field, value in changes.items():
            with self.subTest(field=field):
                self.rows = [dict(row) for row in self.served]
                self.rows[3][field] = value
                self.folder.cleanup()
                os.makedirs(self.folder.name)
                self.expect_different(f"4 is corrupt: {field} is")

    def test_keeps_absent_and_zero_apart(self):
        self.rows[0]["forwards"] = None
        self.expect_different("forwards is None, served was 0")

    def test_keeps_an_absent_text_and_an_empty_one_apart(self):
        self.served[0]["text"] = ""
        self.rows[0]["text"] = None
        self.expect_different("text is None, served was ''")

    def test_lets_the_last_version_count(self):
        self.served.append(message(4, text="edited", edit_date=1700009999))
        self.expect_different("4 is corrupt: edit_date")
        self.rows[3].update(text="edited", edit_date=1700009999)
        self.folder.cleanup()
        os.makedirs(self.folder.name)
        self.assertEqual(self.run_check(), 0, self.printed)

    def test_asks_for_the_whole_channel_where_the_world_is_known(self):
        self.world(self.served + [message(21)])
        self.expect_different("the channel holds 21 messages")

    def test_compares_part_of_a_channel_when_told(self):
        self.world(self.served + [message(21)])
        self.assertEqual(self.run_check("--served-only"), 0, self.printed)

    def test_looks_at_the_chats_it_is_told_to(self):
        self.rows.append(message(5, chat_id=CHAT - 1))
        self.assertEqual(self.run_check("--chat", str(CHAT)), 0)
        self.assertEqual(self.printed.splitlines()[-1], "equal")

    def test_does_not_call_an_empty_ledger_equal(self):
        self.served, self.rows, self.more = [], [], []
        self.assertEqual(self.run_check(), 2)
        self.assertIn("nothing was served", self.printed)

    def test_names_what_it_cannot_read(self):
        self.assertEqual(self.run_main("/nonexistent/ledger", "/nonexistent/db"), 2)
        self.assertIn("/nonexistent/ledger", self.printed)
        self.more.append({"t": "message", "chat_id": CHAT})
        self.assertEqual(self.run_check(), 2)
        self.assertIn(":22: not a line of a ledger", self.printed)

    def test_pins_the_hashed_line_for_other_languages(self):
        row = (CHAT, 7, 1700000007, None, "message", "a\tb\\c\nд😀\r", 0, None, 12, "photo")
        self.assertEqual(ledger_check.line_of(row),
                         "-1003000000001\t7\t1700000007\t\\N\tmessage\ta\\tb\\\\c\\nд😀\\r\t0\t\\N\t12\tphoto\n")
        self.assertEqual(ledger_check.hash_of({7: row}),
                         "52b15399f023ca48d247cb4ce09e4289858cb663cb74db9ab10244e5d83a21ca")


if __name__ == "__main__":
    unittest.main()
