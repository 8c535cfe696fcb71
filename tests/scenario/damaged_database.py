# SPDX-License-Identifier: Apache-2.0
"""When the database is damaged under a running engine, it ends with one sentence instead of reading on for nothing."""

import contextlib
import sqlite3

import harness


class DamagedDatabase(harness.ProgramsTest):
    def damage(self, database, table):
        """Overwrites the first page of a table, and has the engine look at the file again."""
        with contextlib.closing(sqlite3.connect(database, timeout=harness.PATIENCE)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            root, = opened.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
            size, = opened.execute("PRAGMA page_size").fetchone()
            with open(database, "r+b") as file:
                file.seek((root - 1) * size)
                file.write(b"\x5a" * size)
            opened.execute("CREATE TABLE other (a)")
            opened.commit()

    def test_the_engine_stops_and_says_why(self):
        telegram = self.stage.simulator(channels=2, messages=500)
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", "@simch1")
        engine.ctl("collect", "--wait")
        harness.until("every session is released", lambda: engine.status()["active_sessions"] == 0)
        self.damage(engine.database, "collection_runs")
        engine.ctl("target", "add", "@simch2")
        self.assertEqual(1, engine.process.wait())
        self.assertRegex(engine.log().splitlines()[-1], r"^mtpoold: the engine stops because its database .*engine\.db")


if __name__ == "__main__":
    harness.main()
