# SPDX-License-Identifier: Apache-2.0
"""A unit without a test is a guess."""

import harness
from harness import Finding

RULE = ("each engine/<folder>/<unit>.cc has a test in tests/<folder>/: <unit>_test.cc, <subfolder>_test.cc, or one that "
        "includes its header (the first of the folder that the unit includes); or an excuse here")

# unit -> why it has none
EXCUSED = {
    "engine/async/asio_impl.cc": "compiles Asio itself, holds no code of ours",
    "engine/async/task.cc": "what a cancelled task sees is tested through TaskScope and withDeadline",
    "engine/net/socket_stream.cc": "what TCP and Unix streams share, tested through both",
    "engine/net/http_server.cc": "needs a whole engine behind it: tests/scenario asks the health port",
    "engine/rest/health.cc": "needs a whole engine behind it: tests/scenario asks the health port",
    "engine/client/key_exchange.cc": "needs a data centre: tests/scenario creates keys through it",
    "engine/client/link.cc": "what the client connects through: tests/client refuses, silences and repeats on it",
    "engine/collect/collector.cc": "needs a data centre: tests/crash kills it and holds the rows against the ledger",
    "engine/collect/scheduler.cc": "needs a data centre: tests/scenario and tests/crash start sessions through it",
    "engine/admin/account_operations.cc": "thin over pool and client: tests/scenario",
    "engine/admin/engine_operations.cc": "thin over all parts: tests/scenario",
    "engine/admin/log_out.cc": "needs a data centre: tests/scenario removes accounts and has logins refused",
    "engine/admin/logins.cc": "needs a data centre: tests/scenario logs in, with wrong codes and passwords too",
    "engine/admin/setting_operations.cc": "thin over config: tests/scenario changes settings live",
    "engine/admin/target_operations.cc": "thin over collect: tests/scenario",
    "engine/daemon/engine.cc": "the composition root: tests/scenario runs the program",
    "engine/daemon/options.cc": "the command line: tests/scenario runs the program",
    "engine/daemon/places.cc": "where files are: tests/scenario runs the program",
    "engine/daemon/signals.cc": "tests/scenario stops the program",
    "engine/daemon/start_plan.cc": "what a start refuses: tests/scenario starts the program so",
    "engine/daemon/status_text.cc": "tests/scenario asks the program",
}


def has_test(tree, path):
    folder, _, stem = path.removesuffix(".cc").rpartition("/")
    inner = folder.split("/")[1:]
    paths = set(tree.paths)
    if any("/".join(["tests", *inner[:depth], name + "_test.cc"]) in paths
           for depth in range(1, len(inner) + 1) for name in [stem, *inner[depth:]]):
        return True
    own = [name for _, _, name in harness.includes(tree, path) if name.startswith(folder + "/")]
    header = f'#include "{own[0] if own else path.removesuffix(".cc") + ".h"}"'
    return any(header in tree.text(test) for test in tree.under("tests/" + inner[0], ext=["_test.cc"]))


def check(tree):
    unused = set(EXCUSED)
    for path in tree.under("engine", ext=[".cc"]):
        if path.endswith("/main.cc") or has_test(tree, path):
            continue
        if path in EXCUSED:
            unused.discard(path)
        else:
            yield Finding(path, 1, f"has no test: test it in tests/, or give the reason in tests/arch/tested.py")
    if tree.root:
        for path in sorted(unused):
            yield Finding("tests/arch/tested.py", 1, f"the excuse for {path} is no longer needed")


BROKEN = [
    {"engine/pool/lease.cc": "", "tests/pool/other_test.cc": ""},
    {"engine/pool/lease.cc": "", "tests/net/other_test.cc": '#include "engine/pool/lease.h"\n'},
]
SOUND = [{"engine/pool/lease.cc": "", "tests/pool/lease_test.cc": "", "engine/store/sqlite/db.cc": "",
          "tests/store/db_test.cc": "", "engine/daemon/main.cc": "",
          "engine/mtproto/transport/full.cc": "", "tests/mtproto/transport_test.cc": "",
          "engine/net/tcp_posix.cc": '#include "engine/net/tcp.h"\n', "tests/net/net_test.cc": '#include "engine/net/tcp.h"\n'}]

harness.main(__name__, globals())
