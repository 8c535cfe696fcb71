# SPDX-License-Identifier: Apache-2.0
"""A file or function that outgrows one look holds two ideas."""

import braces
import harness
from harness import Finding

RULE = "headers up to 250 lines, sources up to 500, functions up to 60 lines and 5 parameters, constructors apart"

LINES = {".h": 250, ".cc": 500}
FUNCTION_LINES = 60
PARAMETERS = 5
# path, or path:first line of the function without blanks -> why it may be longer
EXCUSED = {
    "engine/mtproto/packet.cc:voidencryptPacket(constcrypto::AuthKey&key,crypto::Sendersender,constEnvelope&envelope,ByteViewbody,":
        "what the protocol makes an encrypted packet of, and where it goes",
    "engine/mtproto/packet.cc:voidencryptPacketWith(constcrypto::AuthKey&key,crypto::Sendersender,constEnvelope&envelope,":
        "the same with the padding of a test vector",
}


def check(tree):
    unused = set(EXCUSED)
    for path in tree.under("engine", "gui", "tests", "bench"):
        text = tree.text(path)
        limit = LINES[path[path.rindex("."):]]
        if text.count("\n") > limit:
            if path in EXCUSED:
                unused.discard(path)
            else:
                yield Finding(path, limit, f"has {text.count(chr(10))} lines, more than {limit}: a second idea moved in")
        code = tree.code(path)
        stream = braces.tokens(code)
        for pair in braces.pairs(stream):
            if not pair.function:
                continue
            first, last = harness.line_of(code, pair.head), harness.line_of(code, pair.close)
            key = path + ":" + "".join(text.splitlines()[first - 1].split())
            taken = braces.parameters(stream, pair)
            if last - harness.line_of(code, pair.open) + 1 > FUNCTION_LINES:
                complaint = f"a function of {last - first + 1} lines, more than {FUNCTION_LINES}"
            elif taken > PARAMETERS:
                complaint = f"a function of {taken} parameters, more than {PARAMETERS}: a struct wants to be born"
            else:
                continue
            if key in EXCUSED:
                unused.discard(key)
            else:
                yield Finding(path, first, complaint)
    if tree.root:
        for key in sorted(unused):
            yield Finding("tests/arch/size.py", 1, f"the excuse for {key} is no longer needed")


BROKEN = [
    {"engine/a.h": "\n" * 251},
    {"engine/a.cc": "\n" * 501},
    {"engine/a.cc": "int f(int x) {\n" + "  x++;\n" * 60 + "}\n"},
    {"engine/a.cc": "auto f = [](int x) -> Result<int> {\n" + "  x++;\n" * 60 + "};\n"},
    {"engine/a.cc": "A::A(int x) : a_(x), b_{x} {\n" + "  x++;\n" * 60 + "}\n"},
    {"engine/a.cc": "int f(int a, int b, int c, int d, int e, int g) { return 0; }\n"},
    {"engine/a.cc": "auto f = [&](int a, int b, int c, int d, std::map<int, int> e, int g) { return 0; };\n"},
]
SOUND = [
    {"engine/a.cc": "int f(std::map<int, int> a, std::map<int, int> b, int c, int d, int e) { return g(1, 2, 3, 4, 5, 6); }\n"
                    "bool operator()(int a) { return h({1, 2, 3, 4, 5, 6}); }\nA::A() : b_(1, 2, 3, 4, 5, 6) {}\n"},
    {"engine/a.cc": "A::A(int a, int b, int c, int d, int e, int g) : a_(a) {}\n"
                    "class B {\n public:\n  explicit B(int a, int b, int c, int d, int e, int g) : a_(a) {}\n};\n"},
    {"engine/a.h": "\n" * 250, "engine/a.cc": "int f(int x) {\n" + "  x++;\n" * 58 + "}\n"},
    {"engine/a.cc": "namespace a {\nclass B {\n" + "  int x;\n" * 100 + "};\n}\n"},
    {"engine/a.cc": "constexpr int kTable[] = {\n" + "  1,\n" * 100 + "};\n"},
    {"engine/a.cc": "constexpr std::array<Row, 3> kTable{{\n" + "  {1, 2},\n" * 100 + "}};\n"},
    {"engine/a.cc": "enum class A : int {\n" + "  B,\n" * 100 + "};\n"},
]

harness.main(__name__, globals())
