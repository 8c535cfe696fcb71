# SPDX-License-Identifier: Apache-2.0
"""Two faces of the same settings: the command line writes the file, the file is live; nothing bad stops the engine."""

import os

import harness

KEY = "MTPROTO_MAX_CONCURRENT_USERS"
SOON = 20  # "within a second" on a machine that does nothing else


class LiveSettings(harness.ProgramsTest):
    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=1, messages=100)
        self.engine = self.stage.engine(self.telegram)

    def text(self):
        with open(self.engine.config, encoding="utf-8") as file:
            return file.read()

    def value(self, key=KEY):
        return self.engine.setting(key)["value"]

    def await_value(self, value, key=KEY):
        harness.until(f"{key} is {value}", lambda: self.value(key) == value, seconds=SOON)

    def test_a_change_keeps_comments_and_order(self):
        before = "# the pool\n" + self.text() + f"\n# the cap, see the runbook\n{KEY}=3\n# end\nLOG_LEVEL=info\n"
        self.engine.write_config(before)
        self.engine.start()
        self.assertEqual("3", self.value())
        self.engine.ctl("config", "set", f"{KEY}=7", "--comment", "more accounts")
        self.assertEqual(before.replace(f"{KEY}=3", f"{KEY}=7"), self.text())
        self.assertEqual("7", self.value())
        self.assertEqual(7, self.engine.status()["max_concurrent_users"])
        self.engine.ctl("config", "set", "MTPROTO_IDLE_TIMEOUT=60")
        self.assertEqual(before.replace(f"{KEY}=3", f"{KEY}=7") + "MTPROTO_IDLE_TIMEOUT=60\n", self.text())

    def test_an_idle_account_says_which_setting_lets_it_collect(self):
        self.engine.configure(MTPROTO_POOL_ENABLED="false").start()
        self.engine.add_users(2)

        def whys():
            return [one["why"] for one in self.engine.json("account", "list")["accounts"]]
        anna, boris = whys()
        self.assertIn("no targets", anna)
        self.assertIn("mtpoolctl config set MTPROTO_POOL_ENABLED=true", boris)
        self.engine.ctl("config", "set", "MTPROTO_POOL_ENABLED=true")
        self.assertEqual([anna, anna], whys())

    def test_a_rehearsed_change_changes_nothing(self):
        self.engine.start()
        before = self.text()
        self.engine.ctl("config", "set", f"{KEY}=7", "--dry-run")
        self.assertEqual(before, self.text())
        self.assertEqual("10", self.value())

    def test_an_edit_is_live_whether_written_or_renamed(self):
        self.engine.start()
        before = self.text()
        self.engine.write_config(before + f"{KEY}=4\n")
        self.await_value("4")
        with open(self.engine.config, "a", encoding="utf-8") as file:
            file.write("MTPROTO_SESSION_TIMEOUT=120\n")
        self.await_value("120", "MTPROTO_SESSION_TIMEOUT")
        self.engine.write_config(before)
        self.await_value("10")

    def test_a_file_that_is_wrong_leaves_the_running_values(self):
        self.engine.start()
        good = self.text() + f"{KEY}=4\n"
        self.engine.write_config(good)
        self.await_value("4")
        for wrong, said in ((good.replace(f"{KEY}=4", f"{KEY}=0"), KEY), (good[:-1] + '"', "line"),
                            (good + "MTPROTO_IDLE", "line"), (good.replace(f"{KEY}=4", f"{KEY}=999"), "MTPROTO_USER_CEILING")):
            with self.subTest(wrong=wrong[-40:]):
                self.engine.write_config(wrong)
                trouble = harness.until("status tells of it", self.trouble, seconds=SOON)
                self.assertIn(said, trouble)
                self.assertIn(self.engine.config, trouble)
                self.assertEqual("4", self.value())
                self.engine.write_config(good)
                harness.until("the trouble is over", lambda: not self.trouble(), seconds=SOON)
        self.assertTrue(self.engine.process.running())

    def test_a_file_that_vanished_leaves_the_running_values(self):
        self.engine.start()
        good = self.text() + "MTPROTO_ENABLED=false\n"
        self.engine.write_config(good)
        self.await_value("false", "MTPROTO_ENABLED")
        os.remove(self.engine.config)
        self.assertIn("is gone", harness.until("status tells of it", self.trouble, seconds=SOON))
        self.assertEqual("false", self.value("MTPROTO_ENABLED"))
        self.engine.write_config(good)
        harness.until("the trouble is over", lambda: not self.trouble(), seconds=SOON)

    def trouble(self):
        return next(one["text"] for one in self.engine.status()["conditions"] if one["name"] == "configuration")

    def test_a_pinned_key_is_refused_with_its_reason(self):
        self.engine.start(**{KEY: "3"})
        setting = self.engine.setting(KEY)
        self.assertEqual(("3", True, "environment"), (setting["value"], setting["pinned"], setting["origin"]))
        self.assert_one_sentence(self.engine.attempt("config", "set", f"{KEY}=7"), 4, KEY, "environment")
        self.assertNotIn(KEY, self.text())

    def test_a_value_out_of_range_is_refused_and_nothing_of_the_change_is_done(self):
        self.engine.start()
        before = self.text()
        self.assert_one_sentence(self.engine.attempt("config", "set", "MTPROTO_IDLE_TIMEOUT=60", f"{KEY}=0"), 5, KEY, "1")
        self.assert_one_sentence(self.engine.attempt("config", "set", f"{KEY}=many"), 5, KEY)
        self.assert_one_sentence(self.engine.attempt("config", "set", "MTPROTO_NONSENSE=1"), 5, "MTPROTO_NONSENSE")
        self.assertEqual(before, self.text())
        self.assertEqual("180", self.value("MTPROTO_IDLE_TIMEOUT"))

    def test_fault_injection_can_not_be_armed_through_the_socket(self):
        self.engine.start()
        for change in ("FAULT_INJECTION_ENABLED=true", "ENVIRONMENT=development"):
            self.assert_one_sentence(self.engine.attempt("config", "set", change), 4, change.split("=")[0])


if __name__ == "__main__":
    harness.main()
