# SPDX-License-Identifier: Apache-2.0
"""A server that hangs up in the middle of answers costs a moment each time: no page is lost, none asked for twice."""

import harness

HISTORY = "messages.getHistory"


class HangUp(harness.ProgramsTest):
    def test_the_answer_of_a_broken_connection_comes_on_the_next(self):
        telegram = self.stage.simulator(channels=2, messages=2000, faults=f"close method={HISTORY} every=6\n")
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", *telegram.names())
        engine.ctl("collect", "--wait")
        harness.until("every session is released", lambda: engine.status()["active_sessions"] == 0)
        self.assertEqual(telegram.total, engine.stored())
        self.assertEqual(0, engine.terminate())
        report = telegram.stop()
        self.assert_faultless(report)
        self.assertGreaterEqual(report["connections"], 6, report)  # it did hang up
        self.assertEqual(telegram.total, report["messages_served"], report)
        harness.ledger_check(telegram, engine)


if __name__ == "__main__":
    harness.main()
