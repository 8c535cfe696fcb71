# SPDX-License-Identifier: Apache-2.0
"""What every rule of the house shares: the tree to look at, C++ text without comments, and the way to report.

A rule is one file beside this one. It defines

    RULE   one sentence, shown with every finding
    check(tree) -> iterable of Finding
    BROKEN trees, as {path: text}, in each of which the rule must find something
    SOUND  trees in which it must find nothing

and ends with `harness.main(__name__, globals())`. Each run first shows that the rule can fail, then reads the real tree.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CPP = (".h", ".cc")


class Finding(NamedTuple):
    path: str
    line: int
    text: str


class Tree:
    """Tracked and new files by their path from the root; `layers` is what CMake knows about the folders."""

    def __init__(self, root=None, files=None, layers=None):
        self.root = root
        self.layers = layers if layers is not None else {}
        self._texts = dict(files or {})
        self.paths = sorted(self._texts) if root is None else _list_files(root)

    def text(self, path):
        if path not in self._texts:
            with open(os.path.join(self.root, path), "rb") as file:
                self._texts[path] = file.read().decode("utf-8", errors="replace")
        return self._texts[path]

    def under(self, *folders, ext=CPP):
        """The files below any of the folders with one of the endings, in order; what a program wrote is left out."""
        starts = tuple(folder.rstrip("/") + "/" for folder in folders)
        return [path for path in self.paths
                if path.startswith(starts) and path.endswith(tuple(ext)) and "/golden/" not in path]

    def code(self, path):
        """The text of a C++ file without comments and literals; positions and lines stay."""
        return blank(self.text(path))


def _list_files(root):
    try:
        out = subprocess.run(["git", "-C", root, "-c", f"safe.directory={root}", "ls-files", "-z", "-co",
                              "--exclude-standard"], check=True, capture_output=True).stdout
        names = out.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        names = []
        for folder, below, files in os.walk(root):
            below[:] = [name for name in below if not re.match(r"\.git$|build|node_modules$|__pycache__$", name)]
            names += [os.path.relpath(os.path.join(folder, name), root) for name in files]
    return sorted(name for name in names if name and os.path.isfile(os.path.join(root, name)))


_TOKEN = re.compile(r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<raw>R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)")
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')
""", re.VERBOSE | re.DOTALL)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)


def blank(text):
    """Comments become blanks, literals become "" or '' of the same length, so no word in them is taken for code."""
    def empty(match):
        kind = match.lastgroup if match.lastgroup != "mark" else "raw"
        body = re.sub(r"[^\n]", " ", match.group())
        if kind == "comment":
            return body
        quote = "'" if kind == "char" else '"'
        return quote + body[1:-1] + quote
    return _TOKEN.sub(empty, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def includes(tree, path):
    """(line, quote or bracket, name) of each include of a file."""
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), tree.text(path), flags=re.DOTALL)
    return [(line_of(text, match.start()), match.group(1), match.group(2)) for match in _INCLUDE.finditer(text)]


def search(tree, paths, pattern, sentence, code=True):
    """A Finding for each match of pattern; `{}` in the sentence is what matched."""
    expression = re.compile(pattern)
    for path in paths:
        text = tree.code(path) if code else tree.text(path)
        for match in expression.finditer(text):
            yield Finding(path, line_of(text, match.start()), sentence.format(match.group().strip()))


def _fake(case):
    case = dict(case)
    layers = case.pop("layers", None)
    return Tree(files=case, layers=layers)


def _self_test(rule):
    for number, case in enumerate(rule["BROKEN"], 1):
        if not list(rule["check"](_fake(case))):
            sys.exit(f"self-test: broken tree {number} of this rule passes, so the rule checks nothing")
    for number, case in enumerate(rule["SOUND"], 1):
        found = list(rule["check"](_fake(case)))
        if found:
            sys.exit(f"self-test: sound tree {number} is blamed: {found[0]}")


def main(name, rule):
    if name != "__main__":
        return
    parser = argparse.ArgumentParser(description=rule["RULE"])
    parser.add_argument("--root", default=ROOT, help="the source tree")
    parser.add_argument("--build", help="a configured build tree, for the rules that read layers.json")
    options = parser.parse_args()
    _self_test(rule)
    layers = {}
    if options.build:
        with open(os.path.join(options.build, "layers.json"), encoding="utf-8") as file:
            layers = {folder: [dep for dep in deps.split(",") if dep] for folder, deps in json.load(file).items()}
    found = sorted(set(rule["check"](Tree(root=options.root, layers=layers))))
    for finding in found:
        print(f"{finding.path}:{finding.line}: {finding.text}")
    if found:
        sys.exit(f"{len(found)} finding(s). Rule: {rule['RULE']}")
    print("holds: " + rule["RULE"])
