// SPDX-License-Identifier: Apache-2.0
// The lists that say how much of a schema becomes code: resources/tl/{methods,types,views}.txt.
//
// "[name]" opens a section: one generated header and source of that name. A line is a subject with words
// behind it; an indented line gives further words to the line above it; "#" starts a comment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::tlgen {

struct ListLine {
  std::string section;
  std::string subject;
  std::vector<std::string> words;                 // on the subject's own line
  std::vector<std::vector<std::string>> details;  // the indented lines below it
  int line = 0;
};

struct List {
  std::string file;
  std::vector<std::string> sections;  // in file order
  std::vector<ListLine> lines;
};

Result<List> parseList(std::string file, std::string_view text);

}  // namespace mtpool::tlgen
