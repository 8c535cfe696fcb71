# SPDX-License-Identifier: Apache-2.0
"""Each third-party library stays behind the folder that wraps it."""

import re

import harness
from harness import Finding

RULE = "a third-party library is included only by the folder that wraps it; CLI11 by one .cc of a program"

PROTOBUF = ("engine/control/", "engine/cli/", "engine/sim/remote", "gui/")
# include pattern -> the only places that may have it
FENCES = [
    (r"openssl/", ("engine/crypto/", "engine/net/tls")),
    (r"sqlite3\.h", ("engine/store/sqlite/",)),
    (r"libpq|postgresql/", ("engine/store/postgres/",)),
    (r"boost/beast", ("engine/net/",)),
    (r"google/protobuf/|mtpool/control/|proto/", PROTOBUF),
    (r"spdlog/", ("engine/base/log", "engine/telemetry/")),
    (r"prometheus/", ("engine/telemetry/",)),
    (r"Q[A-Z]|Qt|qcustomplot", ("gui/",)),
    (r"CLI/", ("engine/cli/", "engine/daemon/", "engine/sim/", "bench/")),
]
# What the protocol and the vocabulary must stay free of: they take bytes and time and do no I/O.
WITHOUT_ASIO = ("mtproto", "updates", "tl", "crypto", "model", "config", "base", "limits")


def check(tree):
    with_cli11 = {}
    for path in tree.under("engine", "gui", "bench"):
        for line, _, name in harness.includes(tree, path):
            for pattern, homes in FENCES:
                if re.match(pattern, name) and not path.startswith(homes):
                    yield Finding(path, line, f"<{name}> belongs only to {', '.join(homes)}")
            if name.startswith("boost/asio"):
                if path.startswith(tuple(f"engine/{folder}/" for folder in WITHOUT_ASIO)):
                    yield Finding(path, line, f"<{name}>: this folder does no I/O and knows no Asio")
            if name.startswith("CLI/"):
                with_cli11.setdefault(path.rsplit("/", 1)[0], {})[path] = line
    for users in with_cli11.values():
        headers = [path for path in users if path.endswith(".h")]
        for path in headers or list(users)[1:]:
            yield Finding(path, users[path], "CLI11 costs ten seconds of compile time: one .cc of a program includes it, no header")


BROKEN = [
    {"engine/mtproto/a.cc": "#include <openssl/evp.h>\n"},
    {"engine/store/repo.cc": "#include <sqlite3.h>\n"},
    {"engine/tl/a.h": "#include <boost/asio/awaitable.hpp>\n"},
    {"engine/rest/a.cc": "#include <boost/beast/http.hpp>\n"},
    {"engine/pool/a.cc": '#include "mtpool/control/v1/status.pb.h"\n'},
    {"engine/base/a.h": "#include <QString>\n"},
    {"engine/cli/a.cc": "#include <CLI/CLI.hpp>\n", "engine/cli/b.cc": "#include <CLI/CLI.hpp>\n"},
    {"engine/cli/a.h": "#include <CLI/CLI.hpp>\n"},
]
SOUND = [
    {"engine/crypto/a.cc": "#include <openssl/evp.h>\n", "engine/cli/main.cc": "#include <CLI/App.hpp>\n#include <CLI/Config.hpp>\n",
     "engine/store/sqlite/a.cc": "#include <sqlite3.h>\n", "engine/net/http.cc": "#include <boost/beast/http.hpp>\n",
     "gui/app/main.cc": "#include <QApplication>\n", "engine/base/a.cc": "// #include <openssl/evp.h>\n"},
]

harness.main(__name__, globals())
