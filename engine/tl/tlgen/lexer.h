// SPDX-License-Identifier: Apache-2.0
// Cuts a .tl file into tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::tlgen {

struct Token {
  std::string_view
      text;  // a word (letters, digits, _ and .), a section mark ---x---, or one punctuation character
  int line = 0;
};

struct Tokens {
  std::vector<Token> tokens;
  int layer = 0;  // a comment that says "layer N"
};

/// The tokens point into `text`.
Result<Tokens> tokenize(const std::string& file, std::string_view text);

}  // namespace mtpool::tlgen
