// SPDX-License-Identifier: Apache-2.0
// Data formats on a terminal: CSV and JSON keep what a table would make visible, and somebody may look at
// them where a control character moves the cursor or a bidi mark turns the line around.
#pragma once

#include <string>
#include <string_view>

namespace mtpool::cli {

/// Valid UTF-8 without control (C0 but tab and newline, C1) and bidi characters.
std::string withoutControls(std::string_view text);

/// JSON with those of its strings as \uXXXX: the same value to every reader. JSON escapes C0 itself.
std::string escapedControls(std::string_view json);

}  // namespace mtpool::cli
