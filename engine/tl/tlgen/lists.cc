// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/lists.h"

#include <algorithm>
#include <sstream>

#include "engine/tl/tlgen/schema.h"

namespace mtpool::tlgen {
namespace {

std::vector<std::string> wordsOf(const std::string& line) {
  std::istringstream in(line.substr(0, line.find('#')));
  std::vector<std::string> words;
  for (std::string word; in >> word;) {
    words.push_back(word);
  }
  return words;
}

}  // namespace

Result<List> parseList(std::string file, std::string_view text) {
  List list;
  list.file = std::move(file);
  std::istringstream in{std::string(text)};
  int number = 0;
  std::size_t lastIndent = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::vector<std::string> words = wordsOf(line);
    if (words.empty()) {
      continue;
    }
    const std::string& first = words.front();
    if (first.front() == '[') {
      const std::string section = first.substr(1, first.size() - 2);
      if (first.back() != ']' || section.empty() || words.size() != 1 ||
          std::find(list.sections.begin(), list.sections.end(), section) != list.sections.end()) {
        return at(list.file, number, "a section is one new name in brackets");
      }
      list.sections.push_back(section);
    } else if (line.front() == ' ') {
      if (list.lines.empty()) {
        return at(list.file, number, "an indented line needs a line above it");
      }
      auto& details = list.lines.back().details;
      const std::size_t indent = line.find_first_not_of(' ');
      if (!details.empty() && indent > lastIndent) {
        details.back().insert(details.back().end(), words.begin(), words.end());
        continue;
      }
      lastIndent = indent;
      details.push_back(std::move(words));
    } else if (list.sections.empty()) {
      return at(list.file, number, "a section in brackets must come first");
    } else {
      ListLine entry;
      entry.section = list.sections.back();
      entry.subject = first;
      entry.words.assign(words.begin() + 1, words.end());
      entry.line = number;
      list.lines.push_back(std::move(entry));
    }
  }
  return list;
}

}  // namespace mtpool::tlgen
