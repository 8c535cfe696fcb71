# SPDX-License-Identifier: Apache-2.0
"""Time, chance, the environment and waiting each have one home, so tests can hold them in their hand."""

import harness

RULE = "clocks are read in base/clock.cc, chance comes from base/random.cc, getenv stands in main.cc, nobody sleeps"

MAINS = ("engine/daemon/main.cc", "engine/cli/main.cc", "engine/sim/main.cc", "gui/app/main.cc", "bench/main.cc")
CLOCK = r"_clock\s*::\s*now\b|\bstd::time\s*\(|(?<![\w.>:])time\s*\(\s*(?:nullptr|NULL|0)|\bclock_gettime\b|\bgettimeofday\b"
SLEEP = r"\bsleep_(?:for|until)\b|\bu?sleep\s*\(|\bnanosleep\b|\bQThread::m?u?sleep\b|\bqSleep\b|\bqWait\s*\("
SEEDLESS = r"\brandom_device\b|\b(?:std::)?s?rand\s*\("
ENGINES = r"\bmt19937(?:_64)?\b|\bdefault_random_engine\b"
ENVIRONMENT = r"\b(?:secure_)?getenv\b|\bqgetenv\b|\bqEnvironmentVariable\w*\b"


def check(tree):
    product = tree.under("engine", "gui")
    everything = tree.under("engine", "gui", "tests")
    yield from harness.search(tree, [path for path in product if path != "engine/base/clock.cc"], CLOCK,
                              "{}: take the time as an argument or from a Clock")
    yield from harness.search(tree, everything, SLEEP, "{}: nobody sleeps; wait for the event itself, with a deadline")
    yield from harness.search(tree, everything, SEEDLESS, "{}: nobody could repeat that; take a Random from base/random.h")
    yield from harness.search(tree, tree.under("engine"), ENGINES, "{}: take a Random from base/random.h")
    yield from harness.search(tree, [path for path in product if path not in MAINS], ENVIRONMENT,
                              "{}: only a program's main reads the environment and hands on what it found")


BROKEN = [
    {"engine/pool/a.cc": "auto t = std::chrono::steady_clock::now();"},
    {"gui/app/a.cc": "auto t = std::time(nullptr);"},
    {"tests/pool/a_test.cc": "std::this_thread::sleep_for(1s);"},
    {"tests/gui/a_test.cc": "QTest::qWait(200);"},
    {"engine/sim/world.cc": "std::mt19937 random(seed);"},
    {"tests/sim/a_test.cc": "std::random_device os;"},
    {"engine/config/a.cc": 'auto* home = std::getenv("HOME");'},
]
SOUND = [
    {"engine/base/clock.cc": "return std::chrono::steady_clock::now();", "engine/base/random.cc": "::getrandom(p, n, 0);",
     "engine/daemon/main.cc": 'std::getenv("HOME");', "tests/a_test.cc": "co_await async::sleepFor(clock, 5s);",
     "engine/pool/a.cc": "// never steady_clock::now()\nbrand(operand); std::string s = \"sleep(\"; runtime(0);"},
]

harness.main(__name__, globals())
