# SPDX-License-Identifier: Apache-2.0
"""Each source file says under which licence it stands; `licence.py --fix` writes the missing lines."""

import sys

import harness
from harness import Finding

RULE = "the first lines of each source file name its licence: GPL-3.0-or-later in gui/ and tests/gui/, Apache-2.0 elsewhere"

COMMENT = {".h": "//", ".cc": "//", ".proto": "//", ".mjs": "//", ".py": "#", ".sh": "#"}
FIRST_LINES = 3


def mark_of(path):
    """How a comment begins in a file that needs the line; None for any other, such as recorded output."""
    if "/golden/" in path:
        return None
    return next((mark for end, mark in COMMENT.items() if path.endswith(end)), None)


def wanted(path):
    licence = "GPL-3.0-or-later" if path.startswith(("gui/", "tests/gui/")) else "Apache-2.0"
    return f"{mark_of(path)} SPDX-License-Identifier: {licence}"


def check(tree):
    for path in tree.paths:
        if mark_of(path) and wanted(path) not in tree.text(path).splitlines()[:FIRST_LINES]:
            yield Finding(path, 1, f"lacks the line '{wanted(path)}'; tests/arch/licence.py --fix writes it")


def fix(tree):
    for finding in list(check(tree)):
        lines = tree.text(finding.path).splitlines(keepends=True)
        lines.insert(1 if lines and lines[0].startswith("#!") else 0, wanted(finding.path) + "\n")
        with open(f"{tree.root}/{finding.path}", "w", encoding="utf-8") as file:
            file.writelines(lines)


BROKEN = [
    {"engine/a.cc": "int a;\n"},
    {"gui/a.cc": "// SPDX-License-Identifier: Apache-2.0\n"},
    {"engine/a.cc": "// SPDX-License-Identifier: GPL-3.0-or-later\n"},
]
SOUND = [{"engine/a.cc": "// SPDX-License-Identifier: Apache-2.0\nint a;\n",
          "gui/a.h": "// SPDX-License-Identifier: GPL-3.0-or-later\n", "gui/CMakeLists.txt": "",
          "packaging/a.sh": "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n", "README.md": "",
          "tests/tl/golden/a.h": "int a;\n"}]

if __name__ == "__main__" and sys.argv[1:] == ["--fix"]:
    fix(harness.Tree(root=harness.ROOT))
else:
    harness.main(__name__, globals())
