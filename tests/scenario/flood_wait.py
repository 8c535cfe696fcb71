# SPDX-License-Identifier: Apache-2.0
"""A wait Telegram tells is sat out, whatever method it is for, and whoever asks is told what is waited for.

The simulator counts a request before the end of a wait as the violation early_retry, by account and method.
"""

import harness

RESOLVE, HISTORY = "contacts.resolveUsername", "messages.getHistory"


class FloodWait(harness.ProgramsTest):
    def finish(self, telegram, engine):
        engine.ctl("collect", "--wait")
        harness.until("every session is released", lambda: engine.status()["active_sessions"] == 0)
        self.assertEqual(telegram.total, engine.stored())
        self.assertEqual(0, engine.terminate())
        report = telegram.stop()
        self.assert_faultless(report)
        harness.ledger_check(telegram, engine)
        return report

    def assert_reason_is_told(self, engine, *words):
        """What the status, a target and the account say while nothing else moves."""
        told = harness.until("the status says what is waited for",
                             lambda: engine.status()["waiting_why"] if words[0] in engine.status()["waiting_why"] else None)
        targets = [one["why"] for one in engine.json("target", "list")["targets"] if words[0] in one["why"]]
        self.assertTrue(targets, "no target says it")
        for why in (told, targets[0], engine.json("account", "list")["accounts"][0]["why"]):
            for word in words:
                self.assertIn(word, why)

    def test_a_long_wait_for_a_name_gives_the_account_back_once(self):
        telegram = self.stage.simulator(channels=3, messages=500, faults=f"flood_wait method={RESOLVE} seconds=4 every=2\n")
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", *telegram.names())
        self.assert_reason_is_told(engine, RESOLVE, "FLOOD_WAIT_4")
        report = self.finish(telegram, engine)
        # What it must wait for is left to later, not begun.
        self.assertEqual([(2,)], engine.query("SELECT channels FROM collection_runs ORDER BY id LIMIT 1"))
        # The login, and a session before and after the wait: it is not asked about again and again.
        self.assertLessEqual(report["connections"], 6, report)

    def test_a_long_wait_for_history_outlives_a_restart(self):
        telegram = self.stage.simulator(channels=2, messages=600, faults=f"flood_wait method={HISTORY} seconds=6 every=10\n")
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", *telegram.names())
        self.assert_reason_is_told(engine, HISTORY, "FLOOD_WAIT_6")
        self.assertEqual(0, engine.terminate())
        engine.start()
        report = self.finish(telegram, engine)
        self.assertLessEqual(report["connections"], 8, report)

    def test_a_wait_for_the_first_call_of_a_connection_holds_for_everything(self):
        faults = "flood_wait method=help.getConfig seconds=4 every=2\n"
        telegram = self.stage.simulator(channels=3, messages=300, faults=faults)
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", "@simch1")
        engine.ctl("collect", "--wait")
        # The next session meets the wait; the other target must not make a third one try.
        engine.ctl("target", "add", "@simch2", "@simch3")
        self.assert_reason_is_told(engine, "help.getConfig", "FLOOD_WAIT_4")
        self.finish(telegram, engine)

    def test_another_account_takes_over_what_one_must_wait_for(self):
        telegram = self.stage.simulator(channels=2, messages=300, faults=f"flood_wait method={RESOLVE} seconds=3600 every=2\n")
        # One after the other, so that the first one asks for both names.
        engine = self.stage.engine(telegram, MTPROTO_MAX_CONCURRENT_USERS=1).start()
        engine.add_users(2)
        engine.ctl("target", "add", *telegram.names())
        self.finish(telegram, engine)

    def test_short_waits_keep_the_session(self):
        faults = f"flood_wait method={HISTORY} seconds=1 every=25\ndelay method={HISTORY} milliseconds=20 every=3\n"
        telegram = self.stage.simulator(channels=2, messages=2500, faults=faults)
        engine = self.stage.engine(telegram, MTPROTO_SLEEP_THRESHOLD=10).start()
        engine.add_users(1)
        engine.ctl("target", "add", *telegram.names())
        self.finish(telegram, engine)
        self.assertEqual([("complete",)], engine.query("SELECT DISTINCT outcome FROM collection_runs"))

    def test_an_answer_that_takes_its_time_has_a_reason(self):
        telegram = self.stage.simulator(channels=1, messages=150, faults=f"delay method={HISTORY} milliseconds=8000 every=2\n")
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", *telegram.names())
        harness.until("the session says what it waits for",
                      lambda: any(one["why"].startswith(f"Telegram has not answered {HISTORY} for ")
                                  for one in engine.json("session", "list")["sessions"]))
        self.finish(telegram, engine)


if __name__ == "__main__":
    harness.main()
