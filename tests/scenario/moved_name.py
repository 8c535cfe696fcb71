# SPDX-License-Identifier: Apache-2.0
"""A name is a way to a channel, not the channel: it can be spelt otherwise, move, or have been remembered wrongly."""

import contextlib
import os
import sqlite3

import harness


def change(database, sql):
    with contextlib.closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(sql)


class MovedName(harness.ProgramsTest):
    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=2, messages=500)
        self.engine = self.stage.engine(self.telegram).start()
        self.engine.add_users(1)

    def collect(self):
        self.engine.ctl("collect", "--wait")
        harness.until("every session is released", lambda: self.engine.status()["active_sessions"] == 0)

    def test_a_name_that_moved_is_read_from_its_beginning(self):
        self.engine.ctl("target", "add", "@simch1")
        self.collect()
        self.assertEqual(0, self.engine.terminate())
        # As if the name stood for another channel since: the chat and cursor are still those of the first.
        change(self.engine.database, "UPDATE targets SET spec = '@simch2'")
        self.engine.start()
        self.collect()
        self.assertEqual(500, self.engine.stored())
        self.assertEqual([(500,), (500,)], self.engine.query("SELECT count(*) FROM messages GROUP BY chat_id"))
        self.assertEqual(0, self.engine.terminate())
        self.assert_faultless(self.telegram.stop())
        harness.ledger_check(self.telegram, self.engine)

    def test_what_was_remembered_wrongly_is_asked_once_more(self):
        self.engine.ctl("target", "add", "@simch1")
        self.collect()
        self.assertEqual(0, self.engine.terminate())
        change(os.path.join(self.engine.state, "state.db"), "UPDATE peers SET access_hash = access_hash + 1")
        self.engine.start()
        self.collect()
        self.assertEqual("complete", self.engine.target("@simch1")["state"].lower().removeprefix("target_state_"))
        self.assertEqual(0, self.engine.terminate())
        self.assertEqual(2, self.telegram.stop()["requests"]["contacts.resolveUsername"])

    def collect_after_a_long_time(self):
        """The name was asked for more than a week ago."""
        self.engine.ctl("target", "add", "@simch1")
        self.collect()
        self.assertEqual(0, self.engine.terminate())
        change(os.path.join(self.engine.state, "state.db"), "UPDATE peers SET at_us = at_us - 8 * 86400 * 1000000")
        self.engine.start()
        self.collect()
        self.assertEqual("complete", self.engine.target("@simch1")["state"])
        self.assertEqual(0, self.engine.terminate())
        report = self.telegram.stop()
        self.assert_faultless(report)
        return report["requests"]["contacts.resolveUsername"]

    def test_a_name_is_asked_for_again_after_a_week(self):
        self.assertEqual(2, self.collect_after_a_long_time())

    def test_what_is_remembered_serves_while_telegram_makes_us_wait(self):
        self.telegram = self.stage.simulator("strict", channels=1, messages=500,
                                             faults="flood_wait method=contacts.resolveUsername seconds=3600 every=2\n")
        self.engine = self.stage.engine(self.telegram, "patient").start()
        self.engine.add_users(1)
        self.assertEqual(1, self.collect_after_a_long_time(), "the second time it was told to wait")
        self.assertIn("method=contacts.resolveUsername must wait", self.engine.log())

    def test_every_spelling_is_one_target(self):
        self.engine.ctl("target", "add", "@SimCh1", "https://t.me/SIMCH1", "simch1")
        self.assertEqual(["@simch1"], [one["spec"] for one in self.engine.json("target", "list")["targets"]])


if __name__ == "__main__":
    harness.main()
