# SPDX-License-Identifier: Apache-2.0
"""Targets that are added anew, removed or purged while a session reads them."""

import contextlib

import harness

HISTORY = "messages.getHistory"


class ChangedMinds(harness.ProgramsTest):
    def setUp(self):
        super().setUp()
        # Slow enough to be met in the middle.
        self.telegram = self.stage.simulator(channels=1, messages=500, faults=f"delay method={HISTORY} milliseconds=400\n")
        self.engine = self.stage.engine(self.telegram).start()
        self.engine.add_users(1)

    @contextlib.contextmanager
    def amid_a_run(self, stored="SELECT 1 FROM messages LIMIT 1"):
        """While it lasts nothing is answered, so that the run is still under way."""
        self.engine.ctl("target", "add", "@simch1")
        harness.until("a page is stored", lambda: self.engine.query(stored))
        self.telegram.freeze()
        self.assertIn("running", [target["state"] for target in self.engine.json("target", "list")["targets"]])
        yield
        self.telegram.thaw()

    def outcomes(self):
        return [outcome for outcome, in self.engine.query("SELECT outcome FROM collection_runs ORDER BY id")]

    def test_a_target_added_anew_is_read_again_when_the_run_ends(self):
        with self.amid_a_run():
            self.engine.ctl("target", "add", "@simch1")
        harness.until("a second run has ended", lambda: self.outcomes() == ["complete", "complete"])
        self.assertEqual(500, self.engine.stored())

    def test_a_target_removed_under_way_is_no_failure(self):
        with self.amid_a_run():
            self.engine.ctl("target", "remove", "@simch1")
        harness.until("its session is released", lambda: self.outcomes() == ["complete"])
        self.assertEqual([], self.engine.json("target", "list").get("targets", []))
        self.assertNotRegex(self.engine.log(), r"(?m)^\S+ E ")

    def test_rows_purged_under_a_session_are_read_again(self):
        self.engine.ctl("account", "add", "boris", "--phone", harness.PHONES[1], "--code", harness.CODE, "--user", "99")
        self.engine.ctl("target", "add", "@simch1", "--user", "99")
        self.engine.ctl("collect", "--wait")
        with self.amid_a_run("SELECT 1 FROM cursors WHERE stored BETWEEN 1 AND 499"):
            self.engine.ctl("target", "remove", "@simch1", "--purge")
        harness.until("every session is released", lambda: self.engine.status()["active_sessions"] == 0)
        self.assertEqual([(500, 500)], self.engine.query("SELECT count(*), (SELECT sum(stored) FROM cursors) FROM messages"))
        self.assertEqual(["complete", "complete"], self.outcomes())


if __name__ == "__main__":
    harness.main()
