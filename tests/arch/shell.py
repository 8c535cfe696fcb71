# SPDX-License-Identifier: Apache-2.0
"""A shell script that nobody lints fails in the one shell that matters."""

import shutil
import subprocess

import harness
from harness import Finding

RULE = "shellcheck has nothing to say about any script, and each stops at the first error"

PROGRAM = "shellcheck"


def scripts(tree):
    return [path for path in tree.paths
            if path.endswith(".sh") or path.startswith((".ci/", ".githooks/")) and tree.text(path).startswith("#!")]


def check(tree):
    if not shutil.which(PROGRAM):
        raise SystemExit(f"{PROGRAM} is missing; packaging/deps.sh installs it")
    for path in scripts(tree):
        text = tree.text(path)
        if "set -e" not in text and "set -uo pipefail" not in text and "\nexec " not in text:
            yield Finding(path, 1, "goes on after an error: set -euo pipefail")
        said = subprocess.run([PROGRAM, "--format=gcc", "-"], input=text, capture_output=True, text=True).stdout
        for line in said.splitlines():
            _, number, _, sentence = line.split(":", 3)
            yield Finding(path, int(number), sentence.strip())


BROKEN = [
    {"packaging/a.sh": "#!/bin/bash\nset -e\nrm -r $1\n"},
    {"packaging/a.sh": "#!/bin/bash\necho hello\n"},
    {".githooks/a": "#!/bin/bash\nset -e\nrm -r $1\n"},
]
SOUND = [{"packaging/a.sh": "#!/bin/bash\nset -euo pipefail\necho \"$1\"\n", ".ci/run": "#!/bin/bash\nexec ./a \"$@\"\n"}]

harness.main(__name__, globals())
