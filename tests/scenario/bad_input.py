# SPDX-License-Identifier: Apache-2.0
"""Mistakes as people make them: each is answered with one sentence and the exit code of the contract, and breaks nothing.

An engine that can't start may have logged warnings before; what is wrong is its last line, and the only one of its kind.
"""

import os
import socket

import harness

FAILED, USAGE, NO_ENGINE, REFUSED, INVALID, TIMED_OUT, PARTLY = range(1, 8)


class Mistakes(harness.ProgramsTest):
    """On an engine that runs, and runs on."""

    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=2, messages=300)
        self.engine = self.stage.engine(self.telegram).start()

    def login(self, *options, phone=harness.PHONES[0], code=harness.CODE):
        return self.engine.attempt("account", "add", "anna", "--phone", phone, "--code", code, *options)

    def assert_still_works(self):
        """The same engine logs in and collects as if nothing had happened."""
        self.engine.add_users()
        self.engine.ctl("target", "add", "@simch1")
        self.engine.ctl("collect", "--target", "@simch1", "--wait")
        self.assertEqual(0, self.engine.terminate())
        self.assert_faultless(self.telegram.stop())
        harness.ledger_check(self.telegram, self.engine)

    def test_at_a_login(self):
        self.assert_one_sentence(self.login(code="54321"), INVALID, "code is wrong")
        wrong = self.stage.write("wrong-password", "not it\n")
        self.assert_one_sentence(self.login("--password-file", wrong, phone=harness.PHONE_WITH_PASSWORD), INVALID, "password",
                                 "wrong")
        self.assert_one_sentence(self.login(phone=harness.PHONE_WITH_PASSWORD), USAGE, "--password-file")
        self.assert_one_sentence(self.login(phone="12"), INVALID, "phone")
        self.assert_one_sentence(self.login("--password-file", self.stage.path("nowhere"), phone=harness.PHONE_WITH_PASSWORD),
                                 FAILED, "nowhere")
        self.assert_one_sentence(self.login("--password", "rehearsal"), USAGE, "--password-file")
        self.assertEqual([], self.engine.json("account", "list")["accounts"])
        self.assert_still_works()

    def test_with_a_bot_token(self):
        def add(path):
            return self.engine.attempt("account", "add", "herald", "--bot-token-file", path)
        self.assert_one_sentence(add(self.stage.path("nowhere")), FAILED, "nowhere")
        self.assert_one_sentence(add(self.stage.write("empty", "")), INVALID, "empty")
        self.assert_one_sentence(add(self.stage.write("wrong", "not a token\n")), INVALID, "bot token")
        self.assertEqual([], self.engine.json("account", "list")["accounts"])
        self.assert_still_works()

    def test_with_names(self):
        self.engine.add_users()
        self.assert_one_sentence(self.login(), FAILED, "anna")
        self.assert_one_sentence(self.engine.attempt("account", "show", "nobody"), FAILED, "nobody")
        self.assert_one_sentence(self.engine.attempt("target", "add", "not a name"), INVALID, "not a name")
        self.assert_one_sentence(self.engine.attempt("target", "add", "@simch2", "--history", "some"), INVALID, "--history")
        self.assert_one_sentence(self.engine.attempt("target", "remove", "@simch2"), FAILED, "@simch2")
        self.assert_one_sentence(self.engine.attempt("collect"), FAILED, "target add")

    def test_an_unknown_channel_fails_alone(self):
        self.engine.add_users()
        self.engine.ctl("target", "add", "@nobodyhasthisname")
        answer = self.engine.attempt("collect", "--wait")
        self.assertEqual(FAILED, answer.code, answer)
        self.assertIn("target list", answer.err)
        target = self.engine.target("@nobodyhasthisname")
        self.assertEqual("failed", target["state"])
        self.assertEqual("no user or channel has the name @nobodyhasthisname; check the spelling or remove the target with "
                         "`mtpoolctl target remove @nobodyhasthisname`", target["why"])
        # One run, or two: the first may have failed before it was waited for.
        harness.until("the runs have failed too",
                      lambda: set(self.engine.query("SELECT outcome FROM collection_runs")) == {("failed",)})
        self.engine.ctl("target", "add", "@simch1")
        answer = self.engine.attempt("collect", "--wait")
        self.assertEqual(PARTLY, answer.code, answer)
        self.assertEqual(300, self.engine.stored())

    def test_a_bot_asked_for_history(self):
        self.engine.ctl("account", "add", "herald", "--bot-token-file", self.stage.write("token", harness.BOT_TOKEN),
                        "--user", 7)
        self.engine.ctl("target", "add", "@simch1", "--user", 7)
        why = harness.until("the target says why nothing happens", lambda: self.engine.target("@simch1")["why"])
        self.assertRegex(why, r"\bbots?\b")
        self.assertNotIn("messages.getHistory", self.telegram.stop()["requests"], "a bot was made to ask")

    def test_at_the_command_line(self):
        for arguments, word in ((("nonsense",), "nonsense"), (("acount", "list"), "account"), (("status", "--loud"), "--loud"),
                                (("account", "add", "anna"), "--phone"), (("-o", "xml", "status"), "xml")):
            with self.subTest(arguments=arguments):
                self.assert_one_sentence(self.engine.attempt(*arguments), USAGE, word)
        self.assert_one_sentence(self.stage.run("mtpoold", "--nonsense"), USAGE, "--nonsense")
        self.assert_one_sentence(self.stage.run("mtpool-simdc", "--nonsense"), USAGE)

    def test_a_second_engine(self):
        on_state = self.stage.engine(self.telegram, "second", MTPOOL_STATE_DIR=self.engine.state)
        self.assert_refuses_to_start(on_state, REFUSED, self.engine.state, str(self.engine.process.pid))
        on_database = self.stage.engine(self.telegram, "third", DATABASE_URL=f"sqlite:{self.engine.database}")
        self.assert_refuses_to_start(on_database, REFUSED, self.engine.database)
        on_socket = self.stage.engine(self.telegram, "fourth", MTPOOL_SOCKET=self.engine.socket)
        self.assert_refuses_to_start(on_socket, REFUSED, self.engine.socket)
        self.assert_still_works()


class Places(harness.ProgramsTest):
    """What the engine finds, or does not find, when it starts."""

    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=1, messages=300)
        self.engine = self.stage.engine(self.telegram)

    def assert_starts_after_all(self):
        self.engine.start()
        self.assertEqual(0, self.engine.terminate())

    def test_a_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            # What is worth saying of the settings must not stand before the reason.
            self.engine.configure(HEALTH_BIND=address, MTPROTO_NONSENSE="1", CELERY_WORKERS="4")
            self.assertNotIn("CELERY_WORKERS", self.engine.run().err)
            self.assert_refuses_to_start(self.engine, REFUSED, "HEALTH_BIND", address)
            self.assert_one_sentence(self.stage.run("mtpool-simdc", "--listen", f"2={address}"), REFUSED, address)
        self.assert_starts_after_all()

    def test_a_state_directory_that_can_not_be_written(self):
        os.mkdir(self.engine.state, 0o500)
        # Root may write anywhere as long as it has its capabilities.
        unprivileged = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
        self.assert_refuses_to_start(self.engine, FAILED, self.engine.state, prefix=unprivileged)
        self.assertEqual([], os.listdir(self.engine.state))
        os.chmod(self.engine.state, 0o700)
        self.assert_starts_after_all()

    def test_a_state_directory_that_is_a_file(self):
        self.stage.write("engine", "something else\n")
        self.assert_refuses_to_start(self.engine, FAILED, self.engine.state)

    def test_a_lost_master_key(self):
        self.engine.start()
        self.engine.add_users()
        self.assertEqual(0, self.engine.terminate())
        key = os.path.join(self.engine.state, "master.key")
        os.rename(key, self.stage.path("backup"))
        self.assert_refuses_to_start(self.engine, REFUSED, key, "backup")
        self.assertFalse(os.path.exists(key), "a new key was made over sealed accounts")
        os.rename(self.stage.path("backup"), key)
        self.engine.start()
        self.assertEqual("ready", self.engine.json("account", "list")["accounts"][0]["state"])

    def test_a_socket_path_that_is_too_long(self):
        self.engine.configure(MTPOOL_SOCKET=self.stage.path("s" * 120))
        self.assert_refuses_configuration(self.engine, INVALID, "MTPOOL_SOCKET", "107")

    def test_a_line_that_is_none(self):
        with open(self.engine.config, encoding="utf-8") as file:
            good = file.read()
        number = len(good.splitlines()) + 1
        for line, word in (("MTPROTO_IDLE_TIMEOUT 60", "="), ('LOG_LEVEL="info', "quote"), ("MTPROTO_IDLE_TIMEOUT=5", "30"),
                           ("MTPROTO_MAX_CONCURRENT_USERS=201", "MTPROTO_USER_CEILING"), ("MTPROTO_ENABLED=perhaps", "true")):
            with self.subTest(line=line):
                self.engine.write_config(good + line + "\n")
                place = f"{self.engine.config}: line {number}: "
                self.assert_refuses_configuration(self.engine, INVALID, place, word)
        self.engine.write_config(good)
        self.assert_starts_after_all()

    def test_an_unknown_key_and_an_open_file_are_warnings(self):
        self.engine.configure(MTPROTO_NONSENSE="1", CELERY_WORKERS="4")
        os.chmod(self.engine.config, 0o644)
        check = self.engine.check()
        self.assertEqual(0, check.code, check)
        for said in ("MTPROTO_NONSENSE", "0600", "CELERY_WORKERS"):
            self.assertIn(said, check.out)
        self.engine.start()
        self.assertEqual(1, self.engine.log().count("MTPROTO_NONSENSE"))
        self.assertEqual(0, self.engine.terminate())

    def test_garbage_instead_of_server_keys(self):
        keys = self.stage.write("garbage.pem", "-----BEGIN RSA PUBLIC KEY-----\nnot base64!\n-----END RSA PUBLIC KEY-----\n")
        for path in (keys, self.stage.write("empty.pem", ""), self.stage.path("nowhere.pem")):
            with self.subTest(path=path):
                self.engine.configure(MTPROTO_SERVER_KEYS=path)
                self.assert_refuses_configuration(self.engine, INVALID, "MTPROTO_SERVER_KEYS", path)

    def test_a_value_the_start_refuses(self):
        right = dict(self.engine.settings)
        for key, value, *words in (("MTPROTO_DC_LIST", "2=127.0.0.1"), ("DATABASE_URL", "postgresql://db/mtpool", "sqlite:PATH"),
                                   ("DATABASE_URL", "mysql://db/mtpool", "sqlite:PATH"), ("HEALTH_BIND", "127.0.0.1", "IPv4:PORT"),
                                   ("TELEGRAM_API_ID", "none"), ("TELEGRAM_API_HASH", "0123", "32")):
            with self.subTest(key=key, value=value):
                # Of a key that nothing uses yet a word is due only when the engine starts.
                self.engine.configure(**{**right, "CELERY_WORKERS": 4, key: value})
                self.assert_refuses_configuration(self.engine, INVALID, key, *words)
        self.engine.configure(**right)
        self.assert_starts_after_all()

    def test_a_configuration_that_is_not_there(self):
        os.remove(self.engine.config)
        self.assert_refuses_configuration(self.engine, INVALID, self.engine.config, "--config")
        named = self.stage.environment(MTPOOL_CONFIG=self.engine.config)
        self.assert_one_sentence(self.stage.run("mtpoold", "--check-config", environment=named), INVALID, "MTPOOL_CONFIG")
        check = self.stage.run("mtpoold", "--check-config", environment=self.stage.environment(XDG_CONFIG_HOME=self.stage.folder))
        self.assertEqual(0, check.code, check)
        self.assertNotIn("valid", check.out)

    def test_a_check_opens_nothing(self):
        check = self.engine.check()
        self.assertEqual((0, ""), (check.code, check.err))
        self.assertIn("is valid", check.out)
        self.assertFalse(os.path.exists(self.engine.state))

    def test_a_configuration_is_named_as_everybody_finds_it(self):
        check = self.stage.run("mtpoold", "--config", os.path.relpath(self.engine.config), "--check-config")
        self.assertRegex(check.out.splitlines()[-1], "^/.*/engine.env is valid$")

    def test_no_engine(self):
        answer = self.engine.attempt("status")
        self.assert_one_sentence(answer, NO_ENGINE, self.engine.socket)
        status = self.stage.run("mtpoold", "--config", self.engine.config, "--status")
        self.assert_one_sentence(status, NO_ENGINE, self.engine.socket, "--config")
        self.assertNotIn("--socket", status.err, "which this program does not have")
        searched = self.stage.run("mtpoolctl", "status", environment=self.stage.environment(XDG_RUNTIME_DIR=self.stage.folder))
        self.assertEqual(NO_ENGINE, searched.code, searched)
        self.assertIn(self.stage.path("mtpool", "mtpool.sock"), searched.err)


class Telegrams(harness.ProgramsTest):
    """A Telegram that isn't there, or isn't the one expected."""

    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=1, messages=300)
        self.engine = self.stage.engine(self.telegram)

    def login(self):
        return self.engine.attempt("account", "add", "anna", "--phone", harness.PHONES[0], "--code", harness.CODE)

    def condition(self, name):
        """"ok", or why not."""
        condition = next(one for one in self.engine.status()["conditions"] if one["name"] == name)
        return "ok" if condition["ok"] else condition["text"]

    def assert_works_with_the_right_one(self):
        self.assertEqual(0, self.engine.terminate())
        self.engine.configure(MTPROTO_DC_LIST=self.telegram.dc_list(), MTPROTO_SERVER_KEYS=self.telegram.key).start()
        self.assertEqual(0, self.login().code)

    def test_unreachable(self):
        address = f"127.0.0.1:{harness.free_port()}"
        self.engine.configure(MTPROTO_DC_LIST=f"2={address}").start()
        answer = self.login()
        self.assertEqual(TIMED_OUT, answer.code, answer)
        waits, *ends = answer.err.splitlines()
        self.assertIn("at most 60 s", waits)
        self.assertEqual(1, len(ends), answer)
        for word in ("data centre 2", address, "begin it again"):
            self.assertIn(word, ends[0])
        self.assertNotIn("tries again", ends[0], "nobody does")
        self.assert_works_with_the_right_one()

    def test_that_can_no_longer_be_reached(self):
        self.engine.start()
        self.assertEqual(0, self.login().code)
        self.assertEqual(0, self.engine.terminate())
        address = f"127.0.0.1:{harness.free_port()}"
        self.engine.configure(MTPROTO_DC_LIST=f"1={address},2={address},4={address}").start()
        self.assertEqual("ok", self.condition("telegram"))
        self.engine.ctl("target", "add", "@simch1")
        harness.until("the session says so", lambda: any(address in one["why"]
                                                         for one in self.engine.json("session", "list")["sessions"]))
        harness.until("the status says that Telegram is not reached", lambda: self.condition("telegram") != "ok")
        self.assertRegex(self.condition("telegram"), rf"^not reached since 20\d\d-.* UTC: .*{address}")

    def test_that_has_forgotten_the_account(self):
        self.engine.start()
        self.assertEqual(0, self.login().code)
        self.engine.ctl("target", "add", "@simch1")
        self.engine.ctl("collect", "--wait")
        self.assertEqual(0, self.engine.terminate())
        self.telegram.stop()
        # The same world and another run: keys of the first are unknown to it.
        again = self.stage.simulator("again", channels=1, messages=300)
        self.engine.configure(MTPROTO_DC_LIST=again.dc_list(), MTPROTO_SERVER_KEYS=again.key).start()
        self.engine.ctl("collect")

        def account():
            return self.engine.json("account", "list")["accounts"][0]
        harness.until("the account says what to do", lambda: "mtpoolctl account login anna" in account()["why"])
        self.assertEqual("ready", account()["state"], "nobody proved that it is lost")
        harness.until("the session has ended", lambda: self.engine.status()["active_sessions"] == 0)
        answer = self.engine.attempt("account", "login", "anna", "--phone", harness.PHONES[0], "--code", harness.CODE)
        self.assertEqual(0, answer.code, answer)
        self.engine.ctl("collect", "--wait")
        self.assertEqual("ok", self.condition("telegram"))

    def test_with_another_key(self):
        stranger = self.stage.simulator("stranger", channels=1, messages=300, seed=2)
        self.engine.configure(MTPROTO_SERVER_KEYS=stranger.key).start()
        self.assert_one_sentence(self.login(), FAILED, "MTPROTO_SERVER_KEYS")
        self.assert_works_with_the_right_one()

    def test_beside_a_stranger(self):
        stranger = self.stage.simulator("stranger", channels=1, messages=300, seed=2)
        self.engine.configure(MTPROTO_DC_LIST=f"{stranger.dc_list()},{self.telegram.dc_list()}").start()
        answer = self.login()
        self.assertEqual(0, answer.code, answer)

    def test_without_an_application_id(self):
        self.engine.configure(TELEGRAM_API_ID=None, TELEGRAM_API_HASH=None).start()
        self.assert_one_sentence(self.login(), INVALID, "TELEGRAM_API_ID", "my.telegram.org")
        self.assertIn("TELEGRAM_API_ID", self.condition("telegram"))


if __name__ == "__main__":
    harness.main()
