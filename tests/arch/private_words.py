# SPDX-License-Identifier: Apache-2.0
"""The product speaks of itself: no machine it was written on, no tool of the workplace, no history of its making."""

import harness

RULE = "no path, host or word of the place where this was written"

# Written in pieces, so this file doesn't find itself.
WORDS = [
    r"/wo" r"rk/", r"/ro" r"ot/", r"/fa" r"rm/", r"/ho" r"me/(?!you\b|user\b|\$|mtpool\b)\w+", r"\.lib" r"rary/",
    r"\bfa" r"rm-(?:bench|studio)", r"\bdup" r"licates --change", r"\bissues? sh" r"ow \d", r"\bbefore-st" r"op\b",
    r"\bregistry\.np" r"mjs\.org\b", r"\bpypi\.o" r"rg\b", r"\bhel" r"per session", r"\bsub-?age" r"nt", r"\blanguage mo" r"del\b",
    r"\bCla" r"ude\b", r"\bissue 2\b", r"\bsha" r"red/(?:design|facts|seeds)\b", r"\b(?:interop|field)-no" r"tes\.md",
]
TEXTS = (".h", ".cc", ".py", ".sh", ".md", ".txt", ".cmake", ".json", ".mjs", ".proto", ".tl", ".env", ".service", ".sql",
         ".ts", ".tsv", ".qrc", ".yml", ".yaml", "/run", "/pre-commit")


def check(tree):
    paths = [path for path in tree.paths if path.endswith(TEXTS) and not path.startswith("LICENSES/")]
    yield from harness.search(tree, paths, "(?i:" + "|".join(WORDS) + ")", "'{}' belongs to a workplace, not to the product",
                              code=False)


BROKEN = [{"engine/a.cc": '// see /wo' 'rk/main\n'}, {"README.md": "as the hel" "per session said"},
          {"tests/x/package-lock.json": '"https://registry.np' 'mjs.org/a"'}]
SOUND = [{"engine/a.cc": "// the network/session\n", "README.md": "/home/you/x, /var/lib/mtpool"}]

harness.main(__name__, globals())
