# SPDX-License-Identifier: Apache-2.0
"""Headers are narrow, guarded, and open no namespace for others."""

import re

import harness
from harness import Finding

RULE = "no umbrella include, #pragma once in each header, no using namespace at the top of a header"

UMBRELLAS = {"boost/asio.hpp", "boost/beast.hpp", "boost/beast/core.hpp", "bits/stdc++.h", "QtCore", "QtGui", "QtWidgets",
             "QtNetwork", "QtSql", "QtTest", "QtCore/QtCore", "QtWidgets/QtWidgets"}


def check(tree):
    for path in tree.under("engine", "gui", "tests", "bench"):
        for line, _, name in harness.includes(tree, path):
            if name in UMBRELLAS:
                yield Finding(path, line, f"<{name}> is an umbrella: include what is used")
        if path.endswith(".h"):
            if not re.search(r"^#pragma once$", tree.text(path), re.MULTILINE):
                yield Finding(path, 1, "has no #pragma once")
            yield from harness.search(tree, [path], r"(?m)^using namespace .*", "{}: every includer would inherit it")


BROKEN = [
    {"engine/net/a.cc": "#include <boost/asio.hpp>\n"},
    {"gui/app/a.cc": "#include <QtWidgets>\n"},
    {"engine/net/a.h": "int a();\n"},
    {"engine/net/a.h": "#pragma once\nusing namespace std;\n"},
]
SOUND = [{"engine/net/a.h": "#pragma once\n#include <boost/asio/awaitable.hpp>\n", "engine/net/a.cc": "int a;\n"}]

harness.main(__name__, globals())
