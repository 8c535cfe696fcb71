# SPDX-License-Identifier: Apache-2.0
"""A folder with an idea explains it in one page, and the page doesn't lie about what the folder needs."""

import re

import harness
from harness import Finding

RULE = ("a folder with an idea has a README.md of at most 40 lines with the five headings, whose \"Depends on\" names "
        "exactly the DEPS of its CMakeLists.txt")

WITH_AN_IDEA = {"engine/" + name for name in ("tl", "crypto", "mtproto", "store", "sim", "client", "pool", "collect",
                                              "control", "config")} | {"gui"}
HEADINGS = ("Purpose", "Start reading at", "Depends on", "Invariants", "How it is tested")
LINES = 40


def section(text, heading):
    """What stands under `## heading`, or behind `heading:` or `**heading**` on a line of its own."""
    start = re.search(rf"^(?:#+ *|\**){heading}\**[ .:]*\**[ .:]*", text, re.MULTILINE)
    if not start:
        return None
    others = "|".join(HEADINGS)
    end = re.search(rf"^(?:#+ |\**(?:{others})\b)", text[start.end():], re.MULTILINE)
    return text[start.end():start.end() + end.start() if end else len(text)]


def declared(tree, folder):
    """DEPS of the folder's mtpool_library(), or None where it has none."""
    path = folder + "/CMakeLists.txt"
    if path not in tree.paths:
        return None
    call = re.search(r"mtpool_library\(([^)]*)\)", tree.text(path))
    if not call:
        return None
    words = re.search(r"\bDEPS\b((?:\s+(?!EXTERNAL\b|SOURCES\b)[\w/${}]+)*)", call.group(1))
    return set(words.group(1).split()) if words else set()


def names_in(said):
    """The folders a "Depends on" names: what stands in `code`, or without any, the words of the first sentence."""
    words = re.findall(r"`([\w/]+)`", said) or re.findall(r"[\w/]+", re.split(r"[.;:(]", said.strip())[0])
    return {word.removeprefix("engine/") for word in words}


def check(tree):
    folders = {folder.rsplit("/", 1)[0] for folder in tree.paths if folder.endswith("/CMakeLists.txt")}
    for folder in sorted(WITH_AN_IDEA):
        path = folder + "/README.md"
        if path not in tree.paths and tree.under(folder, ext=[".cc"]):
            yield Finding(path, 1, "is missing: " + " · ".join(HEADINGS))
    for path in tree.paths:
        folder = path.rsplit("/", 1)[0]
        if not path.startswith(("engine/", "gui/")) or not path.endswith("/README.md"):
            continue
        text = tree.text(path)
        if text.count("\n") > LINES:
            yield Finding(path, LINES, f"has {text.count(chr(10))} lines, more than {LINES}")
        for heading in HEADINGS:
            if section(text, heading) is None:
                yield Finding(path, 1, f'has no "{heading}"')
        deps, said = declared(tree, folder), section(text, "Depends on")
        if deps is None or said is None:
            continue
        named = names_in(said)
        for dep in sorted(deps - named):
            yield Finding(path, 1, f'"Depends on" does not name `{dep}`, which CMakeLists.txt declares')
        known = {name.removeprefix("engine/") for name in folders} | {"proto"}
        for dep in sorted((named & known) - deps):
            yield Finding(path, 1, f'"Depends on" names `{dep}`, which CMakeLists.txt does not declare')


_PAGE = "# x\n\n## Purpose\na\n## Start reading at\na\n## Depends on\n{}\n## Invariants\na\n## How it is tested\na\n"
_CMAKE = {"engine/base/CMakeLists.txt": "", "engine/net/CMakeLists.txt": ""}
BROKEN = [
    {"engine/pool/lease.cc": ""},
    {**_CMAKE, "engine/pool/CMakeLists.txt": "mtpool_library(DEPS base)", "engine/pool/README.md": _PAGE.format("`net`.")},
    {**_CMAKE, "engine/pool/CMakeLists.txt": "mtpool_library(DEPS base EXTERNAL fmt::fmt)",
     "engine/pool/README.md": _PAGE.format("`base`, `net`.")},
    {"engine/pool/CMakeLists.txt": "", "engine/pool/README.md": "# x\n"},
    {"engine/pool/CMakeLists.txt": "", "engine/pool/README.md": _PAGE.format("nothing") + "\n" * 40},
]
SOUND = [
    {**_CMAKE, "engine/pool/CMakeLists.txt": "mtpool_library(DEPS base net EXTERNAL fmt::fmt)",
     "engine/pool/README.md": _PAGE.format("`base`, `net` (`fmt` for text).")},
    {**_CMAKE, "engine/pool/CMakeLists.txt": "mtpool_library(DEPS base net)",
     "engine/pool/README.md": _PAGE.replace("## Depends on\n{}", "**Depends on** base, net: sockets.").format()},
]

harness.main(__name__, globals())
