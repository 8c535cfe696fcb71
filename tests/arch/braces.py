# SPDX-License-Identifier: Apache-2.0
"""Which brace pairs of a C++ text hold statements and which hold values. A reader of tokens, not a compiler."""

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.']*|->|::|&&|\[\[.*?\]\]|[^\s\w]", re.DOTALL)
_BLOCK_BEFORE = {")", "{", "}", ";", "else", "do", "try", "const", "noexcept", "mutable", "override", "final", "&", "&&", ":"}
_HEADS = {"namespace", "class", "struct", "enum", "union", "extern", "concept", "requires"}


class Pair(NamedTuple):
    open: int      # position of { in the text
    close: int     # position of }
    block: bool    # statements or declarations, not values
    function: bool # the body of a function or lambda
    head: int      # where the statement that owns the brace begins


def tokens(code):
    return [(match.start(), match.group()) for match in _TOKEN.finditer(re.sub(r"(?m)^[ \t]*#(?:.*\\\n)*.*$", _spaces, code))]


def _spaces(match):
    return re.sub(r"[^\n]", " ", match.group())


def _head(stream, index, closed):
    """The tokens from the start of the statement to the brace at index, and where they begin."""
    depth, words, begin = 0, [], stream[index][0]
    for position, token in reversed(stream[:index]):
        if depth == 0 and (token in (";", "{", "(", "[") or (token == "}" and closed[position].block)):
            break
        depth += {")": 1, "]": 1, "}": 1, "(": -1, "[": -1, "{": -1}.get(token, 0)
        words.append(token)
        begin = position
    words.reverse()
    return words, begin


def _classify(stream, index, closed):
    """(holds statements, is a function's body, where its statement begins) for the brace at index."""
    before_at, before = stream[index - 1] if index else (0, ";")
    words, begin = _head(stream, index, closed)
    if "=" not in words and any(word in _HEADS for word in words[:6]) and "(" not in words:
        return True, False, begin
    if before == ")":
        control = words[:1] and words[0] in ("if", "for", "while", "switch", "catch", "else")
        return True, not control, begin
    if before in ("const", "noexcept", "mutable", "override", "final", "&", "&&"):
        return True, True, begin
    if before == "}" and not closed[before_at].block:
        return True, True, begin  # behind a constructor's member list: A() : b_{1} {
    if before in _BLOCK_BEFORE:
        return not (before == ":" and "?" in words), False, begin
    if "->" in words and ")" in words[:len(words) - words[::-1].index("->")] and _trailing_return(words):
        return True, True, begin
    if before == "]":
        return _is_lambda_without_parameters(stream, index), True, begin
    return False, False, begin


def _trailing_return(words):
    """`…) -> Type` ends right before the brace: only type words follow the last arrow."""
    tail = words[len(words) - words[::-1].index("->"):]
    return all(re.match(r"[\w:<>,*&()]+$", word) for word in tail)


def _is_lambda_without_parameters(stream, index):
    depth = 0
    for position in range(index - 1, -1, -1):
        token = stream[position][1]
        if token == "]":
            depth += 1
        elif token == "[":
            depth -= 1
            if depth == 0:
                return starts_lambda(stream, position)
    return False


def starts_lambda(stream, index):
    """Whether the [ at index opens a capture list and not a subscript or an attribute."""
    before = stream[index - 1][1] if index else ";"
    if stream[index][1] != "[":
        return False
    return before in ("return", "co_return", "co_await", "co_yield", "case") or not re.match(r"[\w\])]", before)


def pairs(stream):
    """All brace pairs of the token stream, outermost first."""
    stack, closed = [], {}
    for index, (position, token) in enumerate(stream):
        if token == "{":
            block, function, head = _classify(stream, index, closed)
            if stack and not stack[-1][1] and stream[index - 1][1] in ("{", ",", "}"):
                block, function = False, False  # a value inside a value: {{1, 2}, {3}}
            stack.append((position, block, function, head))
        elif token == "}":
            opened, block, function, head = stack.pop() if stack else (0, True, False, 0)
            closed[position] = Pair(opened, position, block, function, head)
    return sorted(closed.values())


def is_constructor(head):
    """No type stands before the name: A::A( outside of the class, A( or explicit A( inside."""
    name = head[:head.index("(")] if "(" in head else []
    outside = len(name) >= 3 and name[-2] == "::" and name[-1] == name[-3]
    before = {"explicit", "constexpr", "public", "protected", "private", ":"}
    return outside or [word for word in name if word not in before] == name[-1:]


def parameters(stream, pair):
    """How many parameters the function of a pair takes: the commas of the first parentheses of its head.

    A constructor counts as none: it takes its collaborators, as many as there are.
    """
    head = [token for position, token in stream if pair.head <= position < pair.open]
    if is_constructor(head):
        return 0
    try:
        start = head.index("]") + 1 if head[0] == "[" else 0
        start = head.index("(", start + 2 if "operator" in head[:1] else start)
    except (ValueError, IndexError):
        return 0
    depth, angles, commas, words = 0, 0, 0, 0
    for before, token in zip(head[start:], head[start + 1:] + [";"]):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(before, 0)
        if depth == 0:
            break
        angles = max(0, angles + {"<": 1, ">": -1}.get(before, 0))
        commas += before == "," and depth == 1 and angles == 0
        words += token != ")" or depth > 1
    return commas + 1 if words else 0
