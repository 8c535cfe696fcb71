// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the known words nearest to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mtpool::cli {

/// Empty when nothing is near: more than a third of the letters would have to change.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// The best three of those that are near or contain the word, whatever the case; the best first.
std::vector<std::string> closest(std::string_view word, const std::vector<std::string>& known);

}  // namespace mtpool::cli
