# SPDX-License-Identifier: Apache-2.0
"""Kills the engine again and again while it collects, and holds what is left against what was served.

    kill_the_engine.py --bin FOLDER [--kills N] [--seed N] [--gently]

Every round starts the engine on the state the last one left behind and ends it with SIGKILL at a moment chosen by
progress, never by time: rows committed, or bytes of the ledger, which runs ahead of the rows by the page that is under
way. A drawn number of busy looks follows, so that the kill does not fall into the same few instructions each time. Rates
and the limit per run are drawn too, so kills meet engines that wait, that race, and that begin and end sessions.

After each kill the database is looked at as it lies there: cursor and rows must agree. At the end the engine collects
the rest in peace; then the ledger, the runs and the simulator's own count tell whether anything was lost, stored twice
or asked for again. With --gently the engine is asked to stop instead, which must end in order every time.
"""

import argparse
import contextlib
import os
import random
import sqlite3
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "scenario"))
import harness  # noqa: E402

CHANNELS, MESSAGES = 3, 10000
PAGE_BYTES = 40_000          # of the ledger, roughly, for a page of a hundred messages
WITHIN = 4 / 5               # of the kills must fall strictly between the first and the last commit
CONSISTENT = """
    SELECT spec, stored, newest_id, oldest_id, head_newest_id, head_oldest_id,
           (SELECT count(*) FROM messages WHERE chat_id = targets.chat_id),
           (SELECT count(*) FROM messages WHERE chat_id = targets.chat_id
             AND NOT EXISTS (SELECT 1 FROM coverage WHERE coverage.chat_id = targets.chat_id
                             AND message_id BETWEEN low AND high)),
           (SELECT count(*) FROM messages WHERE chat_id = targets.chat_id
             AND message_id NOT BETWEEN oldest_id AND newest_id
             AND message_id NOT BETWEEN head_oldest_id AND head_newest_id)
    FROM cursors JOIN targets ON target_id = targets.id"""


class Moment:
    """When a round's kill falls: past this many rows, or bytes of the ledger, and so many looks later."""

    def __init__(self, dice, rows, ledger_bytes, budget):
        self.by_ledger = dice.random() < 0.4
        pages = dice.uniform(0, 2 * budget / 100)
        self.rows = rows + pages * 100
        self.bytes = ledger_bytes + pages * PAGE_BYTES
        self.looks = dice.choice((0, dice.randrange(30), dice.randrange(300)))

    def reached(self, rows, ledger_bytes):
        return ledger_bytes > self.bytes if self.by_ledger else rows > self.rows

    def __str__(self):
        what = f"{self.bytes / 1e6:.1f} MB served" if self.by_ledger else f"{self.rows:.0f} rows stored"
        return f"{what} and {self.looks} looks"


class Campaign:
    def __init__(self, stage, kills, seed, gently):
        self.dice = random.Random(seed)
        self.kills = kills
        self.gently = gently
        self.telegram = stage.simulator(channels=CHANNELS, messages=MESSAGES, seed=seed)
        self.engine = stage.engine(self.telegram)
        self.total = CHANNELS * MESSAGES
        self.within = 0
        self.ended_runs = 0

    def prepare(self):
        """Accounts and targets are there before the first kill; nothing is collected yet."""
        self.engine.configure(MTPROTO_ENABLED="false").start()
        self.engine.add_users(3)
        self.engine.ctl("target", "add", *self.telegram.names())
        assert self.engine.terminate() == 0, self.engine.process.tail()
        del self.engine.settings["MTPROTO_ENABLED"]

    def draw_limits(self, stored):
        # A burst is as large as the rate, so a small rate still begins at full speed. Without any limit a busy test could
        # miss the end of the collection, so that is for the first half.
        rate = self.dice.choice((2, 3, 5, harness.UNBOUNDED if stored < self.total / 2 else 3))
        self.engine.configure(MTPROTO_RPS_PER_ACCOUNT=rate,
                              MTPROTO_HISTORY_LIMIT_PER_RUN=self.dice.choice((200, 700, 1000000)))
        return rate

    def round(self, number):
        before = self.engine.stored()
        left = self.kills - number + 1
        moment = Moment(self.dice, before, os.path.getsize(self.telegram.ledger), (self.total - before) / (left + 1))
        rate = self.draw_limits(before)
        # A run the last kill left open is no sign that this life has begun its own.
        (self.last_run,), = self.engine.query("SELECT coalesce(max(id), 0) FROM collection_runs")
        self.engine.launch()
        with contextlib.closing(sqlite3.connect(f"file:{self.engine.database}?mode=ro", uri=True)) as database:
            self.await_moment(database, moment)
            # A look that is busy, not a rest: the engine is amid its work.
            for _ in range(moment.looks):
                database.execute("SELECT 1 FROM cursors").fetchone()
            assert self.engine.process.running(), f"the engine ended by itself\n{self.engine.process.tail()}"
            self.end_the_engine()
        # Only now: as long as a reader stays, SQLite doesn't recover, and a commit that died between its last frame and the
        # index of the log is there for the next life but not for this look.
        ended = self.cut_short()
        self.look_at_what_is_left(number, before, ended, f"rate {rate}, by {moment}")

    def end_the_engine(self):
        if self.gently:
            assert self.engine.terminate() == 0, self.engine.process.tail()
        else:
            self.engine.process.kill()

    def cut_short(self):
        """How many runs the end of the engine cut short."""
        if not self.gently:
            return self.runs("NULL")
        assert self.runs("NULL") == 0, "a run has no end after an orderly stop"
        return self.runs("'stopped'") - self.ended_runs

    def runs(self, outcome):
        return self.engine.query(f"SELECT count(*) FROM collection_runs WHERE outcome IS {outcome}")[0][0]

    def await_moment(self, database, moment):
        def come():
            if not self.engine.process.running():
                raise AssertionError(f"mtpoold ended with {self.engine.process.code()}\n{self.engine.process.tail()}")
            (rows,), = database.execute("SELECT coalesce(sum(stored), 0) FROM cursors").fetchall()
            if moment.reached(rows, os.path.getsize(self.telegram.ledger)) or rows == self.total:
                return database.execute("SELECT 1 FROM collection_runs WHERE outcome IS NULL AND id > ?",
                                        (self.last_run,)).fetchone()
            self.keep_due(rows)
            return None
        self.due_again = 0
        harness.until(f"the moment of the kill ({moment})", come, pause=0)

    def keep_due(self, rows):
        """Asks for the next run when the limit of one has ended all sessions."""
        self.due_again += 1
        if self.due_again % 200 == 0:
            self.engine.attempt("collect")

    def look_at_what_is_left(self, number, before, ended, how):
        stored = self.engine.stored()
        self.ended_runs += ended
        self.within += 1 if 0 < stored < self.total and ended else 0
        print(f"kill {number:3}: {before:6} -> {stored:6} rows, {ended} sessions cut short, {how}", flush=True)
        for spec, cursor, newest, oldest, head_newest, head_oldest, rows, uncovered, outside in self.engine.query(CONSISTENT):
            where = f"{spec} after kill {number}: block {oldest}…{newest}, head {head_oldest}…{head_newest}"
            assert cursor == rows, f"{where}: the cursor counts {cursor} messages, there are {rows}"
            assert uncovered == 0, f"{where}: {uncovered} messages lie outside the coverage"
            assert outside == 0, f"{where}: {outside} messages lie outside the cursor"

    def finish(self):
        """The rest in peace, and the proof."""
        self.engine.configure(MTPROTO_RPS_PER_ACCOUNT=harness.UNBOUNDED, MTPROTO_HISTORY_LIMIT_PER_RUN=1000000).start()
        self.engine.ctl("collect", "--wait")
        assert self.engine.terminate() == 0, self.engine.process.tail()
        report = self.telegram.stop()
        print(harness.ledger_check(self.telegram, self.engine), end="")
        integrity = self.engine.query("PRAGMA integrity_check") + harness.read(
            os.path.join(self.engine.state, "state.db"), "PRAGMA integrity_check")
        assert integrity == [("ok",), ("ok",)], integrity
        outcomes = dict(self.engine.query("SELECT outcome, count(*) FROM collection_runs GROUP BY outcome"))
        print(f"runs by outcome: {outcomes}")
        cut_short = outcomes.get("stopped" if self.gently else "killed", 0)
        assert cut_short == self.ended_runs, f"{self.ended_runs} runs were cut short, {cut_short} are told so"
        assert self.engine.query("SELECT count(*) FROM dead_letters") == [(0,)]
        incomplete = self.engine.query("SELECT count(*) FROM cursors WHERE NOT reached_start")
        assert incomplete == [(0,)], "a cursor is not at the start of its channel"
        assert report["requests"]["auth.signIn"] == 3, f"an account logged in again: {report['requests']}"
        # What is read again is at most the page each session had under way.
        again = report["messages_served"] - self.total
        assert again <= 100 * self.ended_runs, f"{again} messages were read again after {self.ended_runs} sessions"
        print(f"{again} messages were read again")
        assert (report["violations"], report["deviations"]) == (0, 0), report["clients"]
        print(f"{self.within} of {self.kills} kills fell between the first and the last commit")
        assert self.within >= WITHIN * self.kills, f"too few kills amid the collection: {self.within} of {self.kills}"


def main():
    parser = argparse.ArgumentParser(description="Kills the engine while it collects; nothing may be lost or doubled.")
    parser.add_argument("--bin", required=True, help="the folder of the programs")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--gently", action="store_true", help="ask the engine to stop instead")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    options = parser.parse_args()
    harness.use(options.bin)
    print(f"seed {options.seed}: repeat with --seed {options.seed} --kills {options.kills}"
          f"{' --gently' if options.gently else ''}", flush=True)
    with harness.Stage() as stage:
        campaign = Campaign(stage, options.kills, options.seed, options.gently)
        campaign.prepare()
        for number in range(1, options.kills + 1):
            campaign.round(number)
        campaign.finish()


if __name__ == "__main__":
    main()
