# SPDX-License-Identifier: Apache-2.0
"""How coroutines are started and timed is decided in one folder."""

import harness

RULE = "co_spawn, detached and steady_timer stand only in engine/async: start a task in a TaskScope, wait with async/timer.h"

HOME = ("engine/async/", "tests/async/")


def check(tree):
    paths = [path for path in tree.under("engine", "gui", "tests", "bench") if not path.startswith(HOME)]
    yield from harness.search(tree, paths, r"\bco_spawn\b|\bdetached\b|\b(?:steady|system|deadline)_timer\b",
                              "{}: use TaskScope, withDeadline or sleepFor of engine/async")


BROKEN = [
    {"engine/net/a.cc": "asio::co_spawn(executor, run(), asio::detached);"},
    {"engine/net/a.h": "boost::asio::steady_timer timer_;"},
]
SOUND = [
    {"engine/async/scope.cc": "asio::co_spawn(e, t, asio::detached);", "engine/net/a.cc": "// detached\nscope.spawn(run());"},
]

harness.main(__name__, globals())
