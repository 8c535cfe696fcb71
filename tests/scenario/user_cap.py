# SPDX-License-Identifier: Apache-2.0
"""The cap counts users who collect at once; who waits is told why."""

import re

import harness

STEP = re.compile(r"(Acquired|Released) MTProto session for user (\d+)(?: \(active: (\d+)/(\d+)\))?")


class UserCap(harness.ProgramsTest):
    def test_one_place_is_never_taken_by_two_users(self):
        telegram = self.stage.simulator(channels=2, messages=3000)
        # Slow enough that the first user's run outlasts the questions asked meanwhile.
        engine = self.stage.engine(telegram, MTPROTO_MAX_CONCURRENT_USERS=1, MTPROTO_RPS_PER_ACCOUNT=1).start()
        for user, (name, phone) in enumerate((("anna", harness.PHONES[0]), ("boris", harness.PHONES[1])), 101):
            engine.ctl("account", "add", name, "--phone", phone, "--code", harness.CODE, "--user", user)
        engine.ctl("target", "add", "@simch1", "--user", 101)
        harness.until("the first user collects", lambda: engine.status()["active_users"] == 1)
        engine.ctl("target", "add", "@simch2", "--user", 102)
        waiting = harness.until("the second waits", lambda: engine.target("@simch2")["why"])
        self.assertIn("MTPROTO_MAX_CONCURRENT_USERS", waiting)
        status = engine.ctl("status")
        self.assertIn("1 of 1 collecting, 1 waiting", status)
        self.assertIn("MTPROTO_MAX_CONCURRENT_USERS", status, "status doesn't say what the second user waits for")

        engine.ctl("config", "set", f"MTPROTO_RPS_PER_ACCOUNT={harness.UNBOUNDED}")
        engine.ctl("collect", "--wait")
        harness.until("every session is released", lambda: engine.status()["active_sessions"] == 0)
        self.assertEqual(0, engine.terminate())
        self.assert_faultless(telegram.stop())
        harness.ledger_check(telegram, engine)
        inside, most, users = 0, 0, set()
        for step, user, active, cap in STEP.findall(engine.log()):
            inside += 1 if step == "Acquired" else -1
            most = max(most, inside)
            users.add(user)
            if step == "Acquired":
                self.assertEqual(("1", "1"), (active, cap))
        self.assertEqual((0, 1, {"101", "102"}), (inside, most, users))

    def test_a_raised_cap_lets_the_second_in_at_once(self):
        telegram = self.stage.simulator(channels=2, messages=20000)
        engine = self.stage.engine(telegram, MTPROTO_MAX_CONCURRENT_USERS=1, MTPROTO_RPS_PER_ACCOUNT=5).start()
        engine.add_users(2)
        engine.ctl("target", "add", *telegram.names())
        harness.until("the first user collects", lambda: engine.status()["active_users"] == 1)
        engine.ctl("config", "set", "MTPROTO_MAX_CONCURRENT_USERS=2")
        harness.until("the second user collects", lambda: engine.status()["active_users"] == 2, seconds=20)


if __name__ == "__main__":
    harness.main()
