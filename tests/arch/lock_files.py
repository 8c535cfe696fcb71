# SPDX-License-Identifier: Apache-2.0
"""A lock file pins what is installed by hash; where it comes from is the matter of the machine that installs."""

import json

import harness
from harness import Finding

RULE = "package-lock.json pins each package by integrity and names no download address; no .npmrc is tracked"


def check(tree):
    for path in tree.paths:
        name = path.rsplit("/", 1)[-1]
        if name == ".npmrc":
            yield Finding(path, 1, "belongs to a machine, not to the tree")
        if name != "package-lock.json":
            continue
        for package, facts in json.loads(tree.text(path)).get("packages", {}).items():
            if "resolved" in facts:
                yield Finding(path, 1, f"{package} records a download address: npm config set omit-lockfile-registry-resolved true")
            if package and "integrity" not in facts:
                yield Finding(path, 1, f"{package} has no integrity")


BROKEN = [
    {"tests/a/package-lock.json": '{"packages": {"node_modules/a": {"resolved": "https://h/a.tgz", "integrity": "sha512-x"}}}'},
    {"tests/a/package-lock.json": '{"packages": {"node_modules/a": {}}}'},
    {"tests/a/.npmrc": "registry=x"},
]
SOUND = [{"tests/a/package-lock.json": '{"packages": {"": {"name": "x"}, "node_modules/a": {"integrity": "sha512-x"}}}'}]

harness.main(__name__, globals())
