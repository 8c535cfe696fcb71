// SPDX-License-Identifier: Apache-2.0
// Text that came from outside, made safe to store, show or log; and numbers made readable.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtpool {

/// True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms) without NUL.
bool isCleanUtf8(std::string_view text);

/// A copy in which every malformed byte and every NUL became U+FFFD. Allocates only for the result.
std::string cleanUtf8(std::string_view text);

/// For log lines and error texts: well-formed UTF-8, control and bidi characters as \u{…}, cut at maxBytes.
std::string printable(std::string_view text, std::size_t maxBytes = 256);

/// "+99•••21": enough to tell two numbers apart, not enough to call one.
std::string maskPhone(std::string_view phone);

/// "3.1 GiB"
std::string humanBytes(std::uint64_t bytes);

/// "04:12", "1:04:12", "3d 04:12"
std::string humanDuration(std::chrono::seconds d);

/// Whole text as a decimal integer, nothing else around it.
std::optional<std::int64_t> parseInt(std::string_view text);

std::string_view trim(std::string_view text);

}  // namespace mtpool
