# SPDX-License-Identifier: Apache-2.0
"""Unfinished business has a number under which it will be finished."""

import harness

RULE = "a TODO names its issue: TODO(#12): …; FIXME, XXX and HACK don't occur"

WORDS = "|".join(["TO" "DO" r"(?!\(#\d+\))", "FIX" "ME", "X" "XX", "HA" "CK"])


def check(tree):
    paths = [path for path in tree.paths if path.endswith((".h", ".cc", ".py", ".sh", ".proto", ".txt", ".cmake", ".mjs", ".md"))
             and not path.startswith(("LICENSES/", "tests/arch/"))]
    yield from harness.search(tree, paths, rf"\b(?:{WORDS})\b", "{}: write TODO(#issue): or do it", code=False)


BROKEN = [{"engine/a.cc": "// TO" "DO: later\n"}, {"engine/a.h": "// FIX" "ME\n"}]
SOUND = [{"engine/a.cc": "// TO" "DO(#7): later\nint toDoList;\n"}]

harness.main(__name__, globals())
