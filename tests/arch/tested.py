# SPDX-License-Identifier: Apache-2.0
"""A unit without a test is a guess."""

import harness
from harness import Finding

RULE = "each engine/<folder>/<unit>.cc has tests/<folder>/<unit>_test.cc, or an excuse here"

# unit -> the test file that covers it under another name, or why there is none
EXCUSED = {
    "engine/async/asio_impl.cc": "compiles Asio itself, holds no code of ours",
    "engine/async/scope.cc": "tests/async/async_test.cc",
    "engine/async/shard.cc": "tests/async/async_test.cc",
    "engine/async/task.cc": "tests/async/async_test.cc",
    "engine/async/timer.cc": "tests/async/async_test.cc",
    "engine/base/bytes.cc": "tests/base/text_test.cc",
    "engine/base/random.cc": "tests/base/text_test.cc",
    "engine/base/secret.cc": "tests/base/text_test.cc",
}


def tests_of(path):
    """Where the test of engine/a/b/unit.cc may stand: tests/a/b/unit_test.cc or tests/a/unit_test.cc."""
    folders = path.split("/")[1:-1]
    stem = path.rsplit("/", 1)[1].removesuffix(".cc")
    return {"/".join(["tests", *folders[:depth], stem + "_test.cc"]) for depth in range(1, len(folders) + 1)}


def check(tree):
    unused = set(EXCUSED)
    for path in tree.under("engine", ext=[".cc"]):
        if path.endswith("/main.cc") or tests_of(path) & set(tree.paths):
            continue
        if path in EXCUSED:
            unused.discard(path)
        else:
            yield Finding(path, 1, f"has no test: write {sorted(tests_of(path))[0]}, or give the reason in tests/arch/tested.py")
    if tree.root:
        for path in sorted(unused):
            yield Finding("tests/arch/tested.py", 1, f"the excuse for {path} is no longer needed")
        for path, reason in EXCUSED.items():
            if reason.startswith("tests/") and reason not in tree.paths:
                yield Finding("tests/arch/tested.py", 1, f"the test of {path} does not exist: {reason}")


BROKEN = [{"engine/pool/lease.cc": "", "tests/pool/other_test.cc": ""}]
SOUND = [{"engine/pool/lease.cc": "", "tests/pool/lease_test.cc": "", "engine/store/sqlite/db.cc": "",
          "tests/store/db_test.cc": "", "engine/daemon/main.cc": ""}]

harness.main(__name__, globals())
