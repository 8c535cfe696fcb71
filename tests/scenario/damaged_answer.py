# SPDX-License-Identifier: Apache-2.0
"""A page of history with an object nobody knows: it is kept as it came, and read again when that can be decoded."""

import harness

HISTORY = "messages.getHistory"
# What the simulator puts into the answer in the place of a constructor.
UNKNOWN = 0x0bad0b1e


class DamagedAnswer(harness.ProgramsTest):
    def test_is_kept_whole_and_its_target_waits_while_the_other_goes_on(self):
        # 300 messages are three pages and the empty one: the sixth is the second page of the second channel.
        telegram = self.stage.simulator(channels=2, messages=300, faults=f"damage method={HISTORY} every=6\n")
        engine = self.stage.engine(telegram).start()
        engine.add_users(1)
        engine.ctl("target", "add", *telegram.names())
        harness.until("the other is collected", lambda: engine.status()["targets_complete"] == 1)
        harness.until("a page is kept", lambda: engine.query("SELECT 1 FROM dead_letters"))
        harness.until("every session is released", lambda: engine.status()["active_sessions"] == 0)
        (reason, layer, constructor, raw), = engine.query("SELECT reason, layer, constructor_id, raw FROM dead_letters")
        self.assertEqual(UNKNOWN, constructor)
        self.assertIn(UNKNOWN.to_bytes(4, "little"), raw)
        self.assertGreater(layer, 100)
        self.assertTrue(reason)
        waiting, = [one for one in engine.json("target", "list")["targets"] if one["state"] == "waiting"]
        self.assertIn("kept in dead_letters", waiting["why"])
        self.assertEqual(400, engine.stored(), "nothing of the page is used, nothing before it is lost")
        self.assertEqual(0, engine.terminate())
        # The pause after it is the engine's own: another life may ask at once, and gets the page whole.
        engine.start()
        engine.ctl("collect", "--wait")
        self.assertEqual(telegram.total, engine.stored())
        self.assertEqual([(1,)], engine.query("SELECT count(*) FROM dead_letters"))
        self.assertEqual(0, engine.terminate())
        self.assert_faultless(telegram.stop())
        harness.ledger_check(telegram, engine)


if __name__ == "__main__":
    harness.main()
