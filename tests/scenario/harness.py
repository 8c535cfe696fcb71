# SPDX-License-Identifier: Apache-2.0
"""What the tests of whole programs share: a stage with its own folder, a simulated Telegram and engines on it.

    with harness.Stage() as stage:
        telegram = stage.simulator(channels=3, messages=1000)
        engine = stage.engine(telegram).start()
        engine.ctl("account", "add", "anna", "--phone", PHONES[0], "--code", CODE)

Nothing outside the stage is read or changed: processes see a clean environment, ports are free ones, and every process
is ended by its own id when the stage closes. Nobody waits for time to pass: until() looks for the event itself, and
gives up with a sentence after its deadline. A test file ends with harness.main() and is run with --bin FOLDER.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import types
import unittest
import urllib.error
import urllib.parse
import urllib.request

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CODE, PASSWORD, BOT_TOKEN = "12345", "rehearsal", "110201543:rehearsal"
PHONES = ("+79990000001", "+79990000002", "+79990000003")
PHONE_WITH_PASSWORD = "+79990010000"
# Generous: a deadline here ends a hang, it measures nothing. Sanitized programs on a busy machine are slow.
PATIENCE = 90
PAUSE = 0.02
UNBOUNDED = 100000

_bin = None


def use(folder):
    """Where the programs are that are tested."""
    global _bin
    _bin = os.path.abspath(folder)


def program(name):
    path = os.path.join(_bin, name)
    if not os.access(path, os.X_OK):
        raise AssertionError(f"{name} is not in {_bin}: build it first")
    return path


def until(what, condition, seconds=PATIENCE, pause=PAUSE):
    """Looks until the condition answers something true, and returns that; fails with `what` after the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(pause)


def free_port():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as held:
        return held.getsockname()[1]


class Answer(types.SimpleNamespace):
    """What a command answered: code, out, err."""

    def __str__(self):
        return f"exit {self.code}\n{self.out}{self.err}"


class Process:
    """A program that runs beside the test; its standard error is a file."""

    def __init__(self, arguments, environment, log, stdout=None):
        self.log = log
        self.name = os.path.basename(arguments[0])
        with open(log, "ab") as errors:
            # It dies with the test, also when that is killed and can't close its stage.
            self._process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *arguments], env=environment, stdin=subprocess.DEVNULL,
                                             stdout=stdout or errors, stderr=errors, start_new_session=True)
        self.pid = self._process.pid

    def running(self):
        return self._process.poll() is None

    def code(self):
        return self._process.poll()

    def signal(self, number):
        if self.running():
            self._process.send_signal(number)

    def wait(self, seconds=PATIENCE):
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} still runs after {seconds} s\n{self.tail()}") from None

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.wait()

    def text(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    def tail(self, lines=30):
        return "".join(self.text().splitlines(keepends=True)[-lines:])


class Stage:
    """A folder of its own and everything that was started in it."""

    def __init__(self):
        # Short: the path of a Unix socket has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="mtp-")
        self._processes = []

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.close(tell=kind is not None)

    def close(self, tell=False):
        """Ends what still runs and removes the folder; `tell` prints how the logs end."""
        for process in reversed(self._processes):
            process.signal(signal.SIGKILL)
        for process in self._processes:
            process.wait()
        if tell:
            # Lives that follow one another write to one log.
            for log, process in {process.log: process for process in self._processes}.items():
                print(f"--- the end of {log}\n{process.tail()}", file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, text, mode=0o600):
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def environment(self, **more):
        kept = {key: value for key, value in os.environ.items() if key == "PATH" or key.endswith("SAN_OPTIONS")}
        return {**kept, "HOME": self.folder, "LC_ALL": "C.UTF-8", **more}

    def run(self, name, *arguments, prefix=(), environment=None):
        """Runs a program to its end."""
        try:
            done = subprocess.run([*prefix, program(name), *map(str, arguments)], stdin=subprocess.DEVNULL,
                                  env=environment or self.environment(), capture_output=True, text=True, encoding="utf-8",
                                  errors="replace", timeout=PATIENCE * 2)
        except subprocess.TimeoutExpired as late:
            raise AssertionError(f"{name} {' '.join(map(str, arguments))}: no end after {late.timeout} s") from None
        return Answer(code=done.returncode, out=done.stdout, err=done.stderr)

    def start(self, name, *arguments, log, prefix=(), environment=None, stdout=None):
        process = Process([*prefix, program(name), *map(str, arguments)], environment or self.environment(), self.path(log),
                          stdout)
        self._processes.append(process)
        return process

    def simulator(self, name="telegram", **options):
        return Simulator(self, name, **options)

    def engine(self, telegram, name="engine", **settings):
        return Engine(self, telegram, name, settings)


class Simulator:
    """mtpool-simdc on three loopback ports."""

    def __init__(self, stage, name, channels=3, messages=1000, seed=1, faults=""):
        self.key = stage.path(f"{name}.pem")
        self.ledger = stage.path(f"{name}.ndjson")
        self.channels = channels
        self.total = channels * messages
        self._said = stage.path(f"{name}.json")
        arguments = ["--listen", "1=127.0.0.1:0,2=127.0.0.1:0,4=127.0.0.1:0", "--seed", seed, "--channels", channels,
                     "--messages", messages, "--key-out", self.key, "--ledger", self.ledger]
        if faults:
            arguments += ["--faults", stage.write(f"{name}.faults", faults)]
        with open(self._said, "wb") as said:
            self._process = stage.start("mtpool-simdc", *arguments, log=f"{name}.log", stdout=said)
        self.addresses = until("mtpool-simdc says where it listens", self._listening)

    def _listening(self):
        if not self._process.running():
            raise AssertionError(f"mtpool-simdc ended with {self._process.code()}\n{self._process.tail()}")
        with open(self._said, encoding="utf-8") as file:
            line = file.readline()
        return json.loads(line)["listening"] if line.endswith("\n") else None

    def dc_list(self):
        return ",".join(f"{dc}={address}" for dc, address in self.addresses.items())

    def names(self):
        return [f"@simch{number}" for number in range(1, self.channels + 1)]

    def freeze(self):
        """From now on nobody answers, and no connection ends."""
        self._process.signal(signal.SIGSTOP)

    def thaw(self):
        self._process.signal(signal.SIGCONT)

    def stop(self):
        """Ends it in order; its report."""
        self._process.signal(signal.SIGTERM)
        code = self._process.wait()
        if code != 0:
            raise AssertionError(f"mtpool-simdc ended with {code}\n{self._process.tail()}")
        with open(self._said, encoding="utf-8") as file:
            return json.loads(file.read().splitlines()[-1])


class Engine:
    """mtpoold on a state, a database, a socket and a configuration file of its own."""

    def __init__(self, stage, telegram, name, settings):
        self.stage = stage
        self.name = name
        self.state = stage.path(name)
        self.socket = stage.path(f"{name}.sock")
        self.config = stage.path(f"{name}.env")
        self.database = stage.path(f"{name}.db")
        self.process = None
        self.settings = {
            "ENVIRONMENT": "test",
            "TELEGRAM_API_ID": 1,
            "TELEGRAM_API_HASH": "0123456789abcdef0123456789abcdef",
            "MTPROTO_DC_LIST": telegram.dc_list(),
            "MTPROTO_SERVER_KEYS": telegram.key,
            "MTPROTO_POOL_ENABLED": "true",
            "MTPROTO_RPS_PER_ACCOUNT": UNBOUNDED,
            "MTPROTO_GLOBAL_RPS": UNBOUNDED,
            "MTPROTO_HISTORY_LIMIT_PER_RUN": 1000000,
            "MTPOOL_STATE_DIR": self.state,
            "MTPOOL_SOCKET": self.socket,
            "DATABASE_URL": f"sqlite:{self.database}",
            "HEALTH_BIND": "",
        }
        self.configure(**settings)

    def configure(self, **settings):
        """Writes the file anew; None takes a key out. For an engine that does not run yet."""
        self.settings.update(settings)
        self.settings = {key: value for key, value in self.settings.items() if value is not None}
        self.write_config("".join(f"{key}={value}\n" for key, value in self.settings.items()))
        return self

    def write_config(self, text):
        """Replaces the file as an editor does: by rename."""
        aside = self.stage.write(f"{self.name}.env.new", text)
        os.replace(aside, self.config)

    def launch(self, prefix=(), **environment):
        """Starts the process without waiting for anything."""
        self.process = self.stage.start("mtpoold", "--config", self.config, log=f"{self.name}.log", prefix=prefix,
                                        environment=self.stage.environment(**environment))
        return self

    def start(self, **environment):
        """Starts the process and waits until it answers."""
        self.launch(**environment)
        until("the engine answers", self.answers)
        return self

    def answers(self):
        if not self.process.running():
            raise AssertionError(f"mtpoold ended with {self.process.code()}\n{self.process.tail()}")
        return self.attempt("status").code == 0

    def run(self, prefix=(), **environment):
        """Runs mtpoold in the expectation that it refuses to start."""
        return self.stage.run("mtpoold", "--config", self.config, prefix=prefix,
                              environment=self.stage.environment(**environment))

    def check(self):
        return self.stage.run("mtpoold", "--config", self.config, "--check-config")

    def attempt(self, *arguments):
        return self.stage.run("mtpoolctl", "--socket", self.socket, *arguments)

    def ctl(self, *arguments):
        """mtpoolctl, which must succeed; what it printed."""
        answer = self.attempt(*arguments)
        if answer.code != 0:
            raise AssertionError(f"mtpoolctl {' '.join(map(str, arguments))}: {answer}")
        return answer.out

    def json(self, *arguments):
        return json.loads(self.ctl("-o", "json", *arguments))

    def status(self):
        return self.json("status")

    def setting(self, key):
        return next(one for one in self.json("config", "show")["settings"] if one["key"] == key)

    def target(self, spec):
        return next(one for one in self.json("target", "list")["targets"] if one["spec"] == spec)

    def add_users(self, count=1):
        for name, phone in list(zip(("anna", "boris", "vera"), PHONES))[:count]:
            self.ctl("account", "add", name, "--phone", phone, "--code", CODE)

    def terminate(self):
        """A stop as the system asks for it; the exit code."""
        self.process.signal(signal.SIGTERM)
        return self.process.wait()

    def log(self):
        return self.process.text()

    def query(self, sql, *values):
        """Rows of the message database, read beside the engine."""
        return read(self.database, sql, *values)

    def stored(self):
        """Messages there are, as the cursors of the same transactions say."""
        return self.query("SELECT coalesce(sum(stored), 0) FROM cursors")[0][0] if os.path.exists(self.database) else 0


def read(database, sql, *values):
    uri = "file:" + urllib.parse.quote(database) + "?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as opened:
        return opened.execute(sql, values).fetchall()


def fetch(address, path, **headers):
    """GET without a proxy; status and text, whatever the status is."""
    request = urllib.request.Request(f"http://{address}{path}", headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode("utf-8")


def ledger_check(telegram, engine, *options):
    """The verdict of ledger_check.py; raises unless it is `equal`."""
    done = subprocess.run([sys.executable, "-B", os.path.join(TESTS, "ledger_check.py"), telegram.ledger, engine.database,
                           *options], capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE * 2)
    if done.returncode != 0 or done.stdout.splitlines()[-1] != "equal":
        raise AssertionError(f"the database is not what was served:\n{done.stdout}{done.stderr}")
    return done.stdout


class ProgramsTest(unittest.TestCase):
    """A test case on a stage of its own, which shows the logs of its processes when a test fails."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self._close)

    def _close(self):
        self.stage.close(tell=not self._outcome.success)

    def assert_faultless(self, report):
        self.assertEqual((0, 0), (report["violations"], report["deviations"]), report["clients"])

    def assert_one_sentence(self, answer, code, *words):
        """What a person reads who did something wrong: one line, the words that matter, the exit code of the contract."""
        self.assertEqual(code, answer.code, answer)
        lines = [line for line in answer.err.splitlines() if line.strip()]
        self.assertEqual(1, len(lines), answer)
        for word in words:
            self.assertIn(word, lines[0])
        self.assertNotRegex(lines[0], r"what\(\)|terminate|0x[0-9a-f]{6}|boost|std::|errno|\bEOF\b", "words for programmers")


    def assert_refuses_to_start(self, engine, code, *words, prefix=()):
        answer = engine.run(prefix=prefix)
        lines = answer.err.splitlines()
        self.assertEqual([line for line in lines if line.startswith("mtpoold: ")], lines[-1:], answer)
        self.assert_one_sentence(Answer(code=answer.code, out=answer.out, err=lines[-1]), code, *words)

    def assert_refuses_configuration(self, engine, code, *words):
        """Refused by a start and by --check-config in the same words, and nothing said before them."""
        answer = engine.run()
        self.assert_one_sentence(answer, code, *words)
        check = engine.check()
        self.assertEqual((code, "", answer.err), (check.code, check.out, check.err))


def main():
    if "--bin" not in sys.argv:
        sys.exit(f"usage: {sys.argv[0]} --bin FOLDER [TEST…]")
    at = sys.argv.index("--bin")
    use(sys.argv[at + 1])
    unittest.main(argv=sys.argv[:at] + sys.argv[at + 2:], verbosity=2)
