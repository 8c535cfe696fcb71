// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/cli/harmless.h"

namespace mtpool::cli {

namespace {

constexpr std::size_t kLongestCell = 120;

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

std::string snake(std::string text) {
  std::ranges::replace(text, ' ', '_');
  return text;
}

// Also in the full-width forms some spreadsheets take for the plain ones.
bool isFormula(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kBeginnings{"=",  "+",  "-",  "@",  "\t",
                                                                "\r", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kBeginnings, [text](std::string_view one) { return text.starts_with(one); });
}

std::string csvCell(const std::string& raw) {
  std::string text = withoutControls(raw);
  if (!parseInt(text).has_value() && isFormula(text)) {
    text = fmt::format("'{}", text);
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted(1, '"');
  for (const char c : text) {
    quoted += c;
    if (c == '"') {
      quoted += c;
    }
  }
  quoted += '"';
  return quoted;
}

bool isCombining(std::uint32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) || (c >= 0x200B && c <= 0x200D) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x20D0 && c <= 0x20FF);
}

bool isWide(std::uint32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

}  // namespace

std::size_t displayWidth(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t c = n == 1 ? lead : lead & (0x7FU >> n);
    for (std::size_t k = 1; k < n && i + k < utf8.size(); ++k) {
      c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    width += isCombining(c) ? 0 : isWide(c) ? 2 : 1;
    i += n;
  }
  return width;
}

void Table::add(std::vector<Cell> row) {
  MTP_CHECK(row.size() == columns_.size());
  rows_.push_back(std::move(row));
}

std::string Table::text(Format format, bool terminal) const {
  return format == Format::Csv ? csv() : lines(format == Format::Wide, terminal);
}

std::string Table::csv() const {
  std::string out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    out += i == 0 ? "" : ",";
    out += snake(columns_[i].title);
  }
  out += "\r\n";
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += i == 0 ? "" : ",";
      out += csvCell(row[i].raw);
    }
    out += "\r\n";
  }
  return out;
}

std::string Table::lines(bool wide, bool terminal) const {
  std::vector<std::vector<std::string>> shown(1);
  std::vector<bool> right;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (wide || !columns_[i].onlyWide()) {
      shown.front().push_back(upper(columns_[i].title));
      right.push_back(columns_[i].right());
    }
  }
  for (const auto& row : rows_) {
    auto& line = shown.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (wide || !columns_[i].onlyWide()) {
        line.push_back(printable(row[i].human, terminal && !wide ? kLongestCell : 4096));
      }
    }
  }
  std::vector<std::size_t> widths(right.size(), 0);
  for (const auto& line : shown) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], displayWidth(line[i]));
    }
  }
  std::string out;
  for (const auto& line : shown) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string gap(terminal ? widths[i] - displayWidth(line[i]) : 0, ' ');
      const bool last = i + 1 == line.size();
      out += right[i] ? gap + line[i] : last ? line[i] : line[i] + gap;
      out += last ? "\n" : terminal ? "  " : "\t";
    }
  }
  return out;
}

}  // namespace mtpool::cli
