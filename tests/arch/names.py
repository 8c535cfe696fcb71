# SPDX-License-Identifier: Apache-2.0
"""A file is named after the one thing inside; a name that says nothing is a drawer for everything."""

import re

import harness
from harness import Finding

RULE = "snake_case file names; no utils, helpers, common, misc or manager, neither as a file nor as a type"

DRAWER = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?|stuff)(_|$)")


def check(tree):
    for path in tree.paths:
        if not path.startswith(("engine/", "gui/", "tests/", "bench/", "proto/")):
            continue
        *folders, name = path.split("/")
        stem = name.split(".")[0]
        for part in [*folders, stem]:
            if DRAWER.search(part):
                yield Finding(path, 1, f"'{part}' is a drawer: name it after what it holds")
        if path.endswith((".h", ".cc", ".proto", ".py")) and not re.fullmatch(r"[a-z][a-z0-9_]*", stem):
            yield Finding(path, 1, "file names are snake_case")
    yield from harness.search(tree, tree.under("engine", "gui"), r"\b(?:class|struct)\s+\w*(?:Manager|Helper|Utils?)\b",
                              "{}: say what it is: Pool, Router, Ledger, Planner …")


BROKEN = [
    {"engine/base/utils.h": ""},
    {"engine/common/a.h": ""},
    {"engine/base/Clock.h": ""},
    {"engine/pool/a.h": "class SessionManager {};"},
]
SOUND = [{"engine/pool/lease_queue.h": "class LeaseQueue {};", "tests/base/text_test.cc": "", "tests/README.md": ""}]

harness.main(__name__, globals())
