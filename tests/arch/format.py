# SPDX-License-Identifier: Apache-2.0
"""One hand wrote it: clang-format 14 has nothing to say. `format.py --fix` lets it write."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import harness
from harness import Finding

RULE = "each C++ file is as clang-format 14 with the tree's .clang-format leaves it"

PROGRAM = "clang-format-14"


def formatted(text, path, style):
    return subprocess.run([PROGRAM, f"--style=file:{style}", f"--assume-filename={path}"], input=text.encode(),
                          capture_output=True, check=True).stdout.decode()


def check(tree):
    if not shutil.which(PROGRAM):
        raise SystemExit(f"{PROGRAM} is missing; packaging/deps.sh installs it")
    style = os.path.join(harness.ROOT, ".clang-format")
    paths = tree.under("engine", "gui", "tests", "bench")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda path: formatted(tree.text(path), path, style), paths)
        for path, result in zip(paths, results):
            text = tree.text(path)
            if result != text:
                line = next((number for number, pair in enumerate(zip(text.splitlines(), result.splitlines()), 1)
                             if pair[0] != pair[1]), text.count("\n"))
                yield Finding(path, line, f"is not formatted: {PROGRAM} -i {path}")


def fix(tree):
    bad = [finding.path for finding in check(tree)]
    if bad:
        subprocess.run([PROGRAM, "-i", *bad], check=True, cwd=tree.root)


BROKEN = [{"engine/a.cc": "int  a ;\n"}, {"engine/a.h": "int* f(int * a);\n"}]
SOUND = [{"engine/a.cc": "int a;\n"}]

if __name__ == "__main__" and sys.argv[1:] == ["--fix"]:
    fix(harness.Tree(root=harness.ROOT))
else:
    harness.main(__name__, globals())
