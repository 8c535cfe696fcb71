# SPDX-License-Identifier: Apache-2.0
"""From nothing to a proven database, as a new user does it: accounts of every kind, whole channels, the literal log."""

import re

import harness

ACQUIRED = re.compile(r"📡 Acquired MTProto session for user (\d+) \(active: (\d+)/(\d+)\)$", re.MULTILINE)
RELEASED = re.compile(r"✅ Released MTProto session for user (\d+) "
                      r"\(duration: \d+\.\d{1}s, channels: (\d+), messages: (\d+), errors: (\d+)\)$", re.MULTILINE)


class Collection(harness.ProgramsTest):
    def test_accounts_of_every_kind_collect_whole_channels(self):
        telegram = self.stage.simulator(channels=4, messages=3000)
        engine = self.stage.engine(telegram).start()
        engine.add_users(3)
        password = self.stage.write("password", harness.PASSWORD + "\n")
        engine.ctl("account", "add", "nina", "--phone", harness.PHONE_WITH_PASSWORD, "--code", harness.CODE,
                   "--password-file", password)
        token = self.stage.write("token", harness.BOT_TOKEN + "\n")
        engine.ctl("account", "add", "herald", "--bot-token-file", token)
        accounts = engine.json("account", "list")["accounts"]
        self.assertEqual(["bot"] + ["user"] * 4, sorted(one["kind"] for one in accounts), accounts)
        self.assertEqual({"ready"}, {one["state"] for one in accounts}, accounts)
        # The login begins at data centre 2, so an account at home elsewhere was migrated.
        self.assertGreater(len({one["dc"] for one in accounts}), 1, "no phone is at home in another data centre")

        engine.ctl("target", "add", *telegram.names())
        engine.ctl("collect", "--wait")
        status = engine.status()
        self.assertEqual((4, 4), (status["targets_complete"], status["targets_total"]))
        self.assertEqual(telegram.total, status["messages_stored_total"])
        harness.until("every session is released", lambda: engine.status()["active_sessions"] == 0)
        self.assertEqual(0, engine.terminate())
        report = telegram.stop()
        self.assert_faultless(report)
        self.assertEqual(5, report["requests"]["auth.signIn"] + report["requests"]["auth.importBotAuthorization"]
                         - self.migrated_bots(report), report["requests"])
        harness.ledger_check(telegram, engine)
        self.assert_every_session_is_told(engine, telegram.total)
        self.assert_no_secret_is_told(engine)

    @staticmethod
    def migrated_bots(report):
        """A bot whose home is elsewhere shows its token twice: the first data centre only says where to go."""
        return report["requests"]["auth.importBotAuthorization"] - 1

    def assert_every_session_is_told(self, engine, total):
        acquired = ACQUIRED.findall(engine.log())
        released = RELEASED.findall(engine.log())
        self.assertEqual(engine.log().count("Acquired MTProto"), len(acquired), "not the literal line")
        self.assertEqual(engine.log().count("Released MTProto"), len(released), "not the literal line")
        self.assertGreater(len(acquired), 0)
        self.assertEqual(sorted(user for user, *_ in acquired), sorted(user for user, *_ in released))
        for _, active, cap in acquired:
            self.assertLessEqual(int(active), int(cap))
        self.assertEqual(total, sum(int(messages) for _, _, messages, _ in released))
        runs = engine.query("SELECT user_id, channels, messages, errors FROM collection_runs ORDER BY 1, 2, 3, 4")
        self.assertEqual(runs, sorted(tuple(map(int, line)) for line in released), "the log and collection_runs differ")

    def assert_no_secret_is_told(self, engine):
        for secret in (harness.PASSWORD, harness.BOT_TOKEN, *harness.PHONES):
            self.assertNotIn(secret, engine.log())

    def test_a_history_asked_for_in_part_ends_there(self):
        telegram = self.stage.simulator(channels=1, messages=1000)
        engine = self.stage.engine(telegram).start()
        engine.add_users()
        engine.ctl("target", "add", "@simch1", "--history", "250")
        engine.ctl("collect", "--wait")
        stored = [row[0] for row in engine.query("SELECT message_id FROM messages ORDER BY message_id DESC")]
        self.assertEqual(250, len(stored))
        self.assertEqual(0, engine.terminate())
        self.assert_faultless(telegram.stop())
        harness.ledger_check(telegram, engine, "--served-only")

    def test_runs_at_their_limit_go_on_until_all_is_there(self):
        telegram = self.stage.simulator(channels=2, messages=1000)
        engine = self.stage.engine(telegram, MTPROTO_HISTORY_LIMIT_PER_RUN=300).start()
        engine.add_users(2)
        engine.ctl("target", "add", *telegram.names())
        engine.ctl("collect", "--wait")
        self.assertEqual(0, engine.terminate())
        self.assertIn(("limit",), engine.query("SELECT outcome FROM collection_runs"))
        self.assert_faultless(telegram.stop())
        harness.ledger_check(telegram, engine)


if __name__ == "__main__":
    harness.main()
