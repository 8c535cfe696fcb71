# SPDX-License-Identifier: Apache-2.0
"""g++ 12 miscompiles some temporaries of a full expression that contains co_await: double frees, without a warning.

Aggregates written with braces and lambdas with captures are the dangerous ones, so such a statement has neither: the
value gets a name on the line before.
"""

import braces
import harness
from harness import Finding

RULE = "a statement with co_await has no braced temporary and no capturing lambda: name it on the line before"


def statement(stream, index, by_open, by_close):
    """The tokens of the full expression around the token at index, bodies of nested lambdas left out."""
    def walk(step):
        depth, at = 0, index
        while 0 <= at + step < len(stream):
            at += step
            position, token = stream[at]
            pair = by_open.get(position) or by_close.get(position)
            if token == ";" and depth <= 0:
                return
            if pair and pair.block:
                inner = pair.function and (token == "{") == (step > 0)
                if not inner:
                    return
                while stream[at][0] != (pair.close if step > 0 else pair.open):
                    at += step
                continue
            depth += {"(": step, ")": -step}.get(token, 0)
            yield at

    return sorted([*walk(-1), index, *walk(1)])


def check(tree):
    for path in tree.under("engine", "gui", "tests", "bench"):
        code = tree.code(path)
        if "co_await" not in code:
            continue
        stream = braces.tokens(code)
        found = braces.pairs(stream)
        by_open, by_close = {pair.open: pair for pair in found}, {pair.close: pair for pair in found}
        for index, (position, token) in enumerate(stream):
            if token != "co_await":
                continue
            for at in statement(stream, index, by_open, by_close):
                if stream[at][1] == "{":
                    yield Finding(path, harness.line_of(code, stream[at][0]), "a braced value in a statement with co_await")
                elif braces.starts_lambda(stream, at) and stream[at + 1][1] != "]":
                    yield Finding(path, harness.line_of(code, stream[at][0]), "a capturing lambda in a statement with co_await")


BROKEN = [{"engine/a.cc": "Task<void> f() { " + text + " }"} for text in (
    "co_await g(Req{a, b});",
    "co_await g({a, b});",
    "co_await g(Req{});",
    "v.push_back(Req{.a = x, .b = co_await g()});",
    "co_await g([s] { return s; });",
    "auto r = co_await g(1, [&s](int x) -> Result<int> { return s; });",
    "MTP_CO_TRY(auto x, co_await g(Req{1}));",
    "if (auto r = co_await g(Req{1}); r) { h(); }",
    "for (auto x : co_await g({1, 2})) { h(); }",
    "while (co_await g(Req{1})) { h(); }",
    "co_await [s]() -> Task<void> { co_return; }();",
)]
SOUND = [{"engine/a.cc": "Task<void> f() { " + text + " }"} for text in (
    "Req req{a, b}; co_await g(std::move(req));",
    "if (x) { h(Req{1}); } co_await g();",
    "if (co_await g()) { h(Req{1}); } else { co_await k(); }",
    "const auto visit = [s]() { return Req{s}; }; co_await g(visit);",
    "co_await g([] { return 1; });",
    "auto t = [](int a) -> Task<void> { co_await g(a); };",
    "scope.spawn(\"x\", [](Self* self) -> Task<void> { co_await self->run(); }(this));",
    "x[i] = co_await g(); y = a[co_await k()];",
    "for (;;) { co_await g(); } while (true) { co_await g(); }",
    "co_return Agg{1, 2};",
    "switch (x) { case 1: { co_await g(); break; } default: co_await k(); } Agg a{1};",
    "co_await g(); std::vector<int> v = {1, 2}; co_await g();",
)]

harness.main(__name__, globals())
