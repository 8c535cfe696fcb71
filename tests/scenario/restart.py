# SPDX-License-Identifier: Apache-2.0
"""A stop loses nothing and a start needs nobody: keys, cursors and settings are where they were."""

import contextlib
import os
import signal
import sqlite3

import harness


class Restart(harness.ProgramsTest):
    def collecting(self, **settings):
        """An engine amid a collection: some rows are stored, more are to come."""
        telegram = self.stage.simulator(channels=2, messages=20000)
        engine = self.stage.engine(telegram, MTPROTO_RPS_PER_ACCOUNT=10, **settings).start()
        engine.add_users(2)
        engine.ctl("target", "add", *telegram.names())
        harness.until("the first rows are stored", engine.stored)
        return telegram, engine

    def assert_consistent(self, engine):
        self.assertEqual([("ok",)], engine.query("PRAGMA integrity_check"))
        for chat, stored, rows in engine.query(
                "SELECT chat_id, stored, (SELECT count(*) FROM messages WHERE chat_id = targets.chat_id)"
                " FROM targets JOIN cursors ON target_id = targets.id"):
            self.assertEqual(stored, rows, f"the cursor of {chat} is not at its rows")
        self.assertEqual([], engine.query("SELECT id FROM collection_runs WHERE outcome IS NULL"), "runs without an end")

    def test_a_stop_under_load_is_graceful_and_the_rest_follows_without_a_login(self):
        telegram, engine = self.collecting()
        self.assertEqual(0, engine.terminate(), engine.process.tail())
        self.assertFalse(os.path.exists(engine.socket), "the socket file is left behind")
        self.assertLess(engine.stored(), telegram.total, "it was not under load")
        self.assert_consistent(engine)
        self.assertIn(("stopped",), engine.query("SELECT outcome FROM collection_runs"))

        engine.configure(MTPROTO_RPS_PER_ACCOUNT=harness.UNBOUNDED).start()
        self.assertEqual({"ready"}, {one["state"] for one in engine.json("account", "list")["accounts"]})
        engine.ctl("collect", "--wait")
        self.assertEqual(0, engine.terminate())
        report = telegram.stop()
        self.assert_faultless(report)
        self.assertEqual(2, report["requests"]["auth.signIn"], "an account logged in again")
        harness.ledger_check(telegram, engine)

    def test_shutdown_from_the_command_line_is_the_same_stop(self):
        _, engine = self.collecting()
        engine.ctl("shutdown")
        self.assertEqual(0, engine.process.wait())
        self.assert_consistent(engine)

    def test_a_second_signal_ends_at_once_and_harms_nothing(self):
        _, engine = self.collecting()
        with contextlib.closing(sqlite3.connect(engine.database, isolation_level=None)) as blocker:
            # As long as somebody else writes, an orderly stop waits to store how its runs ended.
            harness.until("the database is held", lambda: self.hold(blocker))
            engine.process.signal(signal.SIGTERM)
            harness.until("the stop has begun", lambda: "stopping" in engine.log())
            engine.process.signal(signal.SIGTERM)
            self.assertEqual(0, engine.process.wait(8), engine.process.tail())
        self.assertEqual([("ok",)], engine.query("PRAGMA integrity_check"))
        engine.start()
        self.assertEqual({"ready"}, {one["state"] for one in engine.json("account", "list")["accounts"]})
        self.assertEqual(0, engine.terminate())
        self.assert_consistent(engine)

    @staticmethod
    def hold(database):
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True

    def test_a_hang_of_telegram_does_not_delay_the_stop(self):
        telegram, engine = self.collecting()
        telegram.freeze()
        self.assertEqual(0, engine.terminate(), engine.process.tail())
        telegram.thaw()
        self.assert_consistent(engine)


if __name__ == "__main__":
    harness.main()
