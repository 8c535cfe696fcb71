// SPDX-License-Identifier: Apache-2.0
// Rows for people and for programs: aligned on a terminal, tab-separated in a pipe, CSV on request.
//
// Every cell may hold text from Telegram. On a terminal and in a pipe control and bidi characters are shown
// as \u{…}; in CSV they are left out (but for tab and newline), and a cell that a spreadsheet would run as a
// formula gets a leading apostrophe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtpool::cli {

enum class Format { Table, Wide, Csv, Json };

struct Column {
  static constexpr unsigned kRight = 1;  // numbers
  static constexpr unsigned kWide = 2;   // left out of Format::Table

  explicit Column(std::string name, unsigned how = 0) : title(std::move(name)), traits(how) {}

  bool right() const { return (traits & kRight) != 0; }

  bool onlyWide() const { return (traits & kWide) != 0; }

  std::string title;  // "next due": NEXT DUE for people, next_due in CSV
  unsigned traits;
};

/// What a person reads, and what a program reads in CSV.
struct Cell {
  Cell(std::string both) : human(both), raw(std::move(both)) {}  // NOLINT(google-explicit-constructor)

  Cell(std::string forPeople, std::string forPrograms)
      : human(std::move(forPeople)), raw(std::move(forPrograms)) {}

  std::string human;
  std::string raw;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as columns.
  void add(std::vector<Cell> row);

  std::size_t rows() const { return rows_.size(); }

  /// With the line of titles, also when empty. `terminal`: aligned, else tab-separated. Not for Format::Json.
  std::string text(Format format, bool terminal) const;

 private:
  std::string csv() const;
  std::string lines(bool wide, bool terminal) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// Columns a text takes on a terminal: 0 for combining marks, 2 for East Asian wide and emoji.
std::size_t displayWidth(std::string_view utf8);

}  // namespace mtpool::cli
