# SPDX-License-Identifier: Apache-2.0
"""A folder includes only itself and the folders it declares, declares nothing it does not use, and no circle arises."""

import harness
from harness import Finding

RULE = ("an include reaches only the own folder or one named in DEPS of its CMakeLists.txt; every DEPS entry is used; "
        "folders form no cycle; paths start at the root of the tree")


def folder_of_dep(dep):
    return dep if dep == "proto" or dep.startswith("gui/") else "engine/" + dep


def folder_of(path, folders):
    """The declared folder a path lies in: the longest match, so a library inside a library is its own."""
    fitting = [folder for folder in folders if path.startswith(folder + "/")]
    return max(fitting, key=len, default=None)


def included_folder(name, folders):
    """What an include names: a folder, None for what is no folder of ours, or "" for a path the tree doesn't know."""
    if name.startswith("mtpool/"):
        return "proto"
    if name.startswith("tl/"):
        return "engine/tl"
    if name.startswith(("engine/", "gui/", "bench/")):
        return folder_of(name, folders) or ""
    if name.startswith("ui_") or name.endswith(".moc"):
        return None
    return ""


def cycles(layers):
    state = {}

    def visit(folder, way):
        if state.get(folder) == "done":
            return None
        if folder in way:
            return way[way.index(folder):] + [folder]
        for dep in layers.get(folder, []):
            circle = visit(folder_of_dep(dep), way + [folder])
            if circle:
                return circle
        state[folder] = "done"
        return None

    for folder in sorted(layers):
        circle = visit(folder, [])
        if circle:
            return circle
    return None


def check(tree):
    layers = tree.layers
    if not layers:
        raise SystemExit("no folder is declared: pass --build with a configured build tree (its layers.json)")
    with_gui = any(folder.startswith("gui/") for folder in layers)
    used = {folder: set() for folder in layers}
    for path in tree.under("engine", "bench", *(["gui"] if with_gui else [])):
        own = folder_of(path, layers)
        if own is None:
            # A header may state a contract before anyone fulfils it; not every benchmark is a library.
            if path.endswith(".cc") and not path.startswith("bench/"):
                yield Finding(path, 1, "lies in no declared folder: give its folder a CMakeLists.txt with mtpool_library()")
            continue
        for line, mark, name in harness.includes(tree, path):
            if mark == "<" and not name.startswith(("engine/", "gui/", "bench/", "mtpool/")):
                continue
            target = included_folder(name, layers)
            if target == "":
                yield Finding(path, line, f'"{name}" names no declared folder; write include paths from the root')
            elif target is not None and target != own:
                used[own].add(target)
                if target not in map(folder_of_dep, layers[own]):
                    yield Finding(path, line, f'includes "{name}", but {own} does not declare {target} in DEPS')
    for folder, deps in layers.items():
        for dep in deps:
            if folder_of_dep(dep) not in used[folder]:
                yield Finding(f"{folder}/CMakeLists.txt", 1, f"declares {dep} in DEPS, but no file includes it")
    circle = cycles(layers)
    if circle:
        yield Finding(f"{circle[0]}/CMakeLists.txt", 1, "is part of a cycle: " + " -> ".join(circle))


BROKEN = [
    {"layers": {"engine/base": [], "engine/async": []},
     "engine/async/a.h": '#include "engine/base/clock.h"\n'},
    {"layers": {"engine/base": [], "engine/async": ["base"]}, "engine/async/a.h": "#include <vector>\n"},
    {"layers": {"engine/a": ["b"], "engine/b": ["a"]},
     "engine/a/a.h": '#include "engine/b/b.h"\n', "engine/b/b.h": '#include "engine/a/a.h"\n'},
    {"layers": {"engine/base": []}, "engine/base/a.h": '#include "clock.h"\n'},
    {"layers": {"engine/base": []}, "engine/lost/a.cc": ""},
    {"layers": {"engine/base": [], "gui/link": []}, "gui/link/a.h": '#include "engine/base/clock.h"\n'},
    {"layers": {"engine/base": []}, "engine/base/a.h": '#include "mtpool/control/v1/status.pb.h"\n'},
    {"layers": {"engine/base": [], "bench/runner": []}, "bench/runner/a.cc": '#include "engine/base/clock.h"\n'},
]
SOUND = [
    {"layers": {"engine/base": [], "engine/async": ["base"], "gui/link": ["proto"]},
     "engine/async/a.h": '#include "engine/base/clock.h"\n#include "engine/async/b.h"\n#include <vector>\n',
     "gui/link/l.cc": '#include "mtpool/control/v1/status.pb.h"\n#include "l.moc"\n'},
    {"layers": {"engine/base": [], "bench/runner": ["base"]}, "bench/micro/a_bench.cc": "",
     "bench/runner/a.cc": '#include "bench/runner/a.h"\n#include "engine/base/clock.h"\n'},
]

harness.main(__name__, globals())
