# SPDX-License-Identifier: Apache-2.0
"""An account is logged in again: its name, its user and its past stay, and a login nobody keeps does not stay open."""

import harness

FAILED, REFUSED = 1, 4


class SecondLogin(harness.ProgramsTest):
    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=1, messages=300)
        self.engine = self.stage.engine(self.telegram).start()
        self.engine.ctl("account", "add", "anna", "--phone", harness.PHONES[0], "--code", harness.CODE, "--user", "7")

    def account(self):
        return self.engine.json("account", "show", "anna")

    def login(self, verb, name, phone):
        return self.engine.attempt("account", verb, name, "--phone", phone, "--code", harness.CODE)

    def logouts(self):
        self.assertEqual(0, self.engine.terminate())
        report = self.telegram.stop()
        self.assert_faultless(report)
        return report["requests"].get("auth.logOut", 0)

    def test_keeps_name_user_and_past(self):
        before = self.account()
        answer = self.login("login", "anna", harness.PHONES[0])
        self.assertEqual(0, answer.code, answer)
        after = self.account()
        for kept in ("alias", "user_id", "telegram_id", "added_at_us", "last_used_at_us"):
            self.assertEqual(before[kept], after[kept], kept)
        self.engine.ctl("target", "add", "@simch1")
        self.engine.ctl("collect", "--wait")
        self.assertEqual(0, self.logouts())

    def test_of_another_person_is_refused_and_ended_at_telegram(self):
        self.assert_one_sentence(self.login("login", "anna", harness.PHONES[1]), REFUSED, "another Telegram account")
        self.assertEqual(1, self.logouts())

    def test_of_the_same_person_under_another_name_is_refused_and_ended_at_telegram(self):
        self.assert_one_sentence(self.login("add", "otto", harness.PHONES[0]), FAILED, "anna")
        self.assertEqual(["anna"], [one["alias"] for one in self.engine.json("account", "list")["accounts"]])
        self.assertEqual(1, self.logouts())

    def test_needs_an_account_of_that_name(self):
        self.assert_one_sentence(self.login("login", "nobody", harness.PHONES[0]), FAILED, "nobody")
        self.assertEqual(0, self.logouts())


if __name__ == "__main__":
    harness.main()
