// SPDX-License-Identifier: Apache-2.0
// Appends JSON by hand: the ledger writes a line per message and must not be what a benchmark measures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtpool::sim {

/// "text" with quotes; `text` is well-formed UTF-8.
void appendJsonString(std::string& out, std::string_view text);

void appendJsonNumber(std::string& out, std::int64_t number);

/// null where there is none.
template <class Int>
void appendJsonNumber(std::string& out, const std::optional<Int>& number) {
  if (number) {
    appendJsonNumber(out, static_cast<std::int64_t>(*number));
  } else {
    out += "null";
  }
}

}  // namespace mtpool::sim
