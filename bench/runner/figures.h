// SPDX-License-Identifier: Apache-2.0
// What was measured: named figures with one value a run, beside the goal and the physical limit, as a table
// for people and as a JSON record for bench/baseline and bench/compare.py.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::bench {

struct Machine;

struct Figure {
  Figure(std::string n, std::string u) : name(std::move(n)), unit(std::move(u)) {}

  std::string name;
  std::string unit;
  std::optional<double> goal;      // of docs and README: to be reached or undercut
  std::optional<double> roofline;  // sum of the stages' own limits
  bool lessIsBetter = true;
  std::vector<double> values;  // one a run

  double min() const;
  double median() const;
  double max() const;
  /// No goal, or the median keeps it.
  bool reached() const;
};

struct Figures {
  std::string benchmark;  // ingest, idle
  std::string setup;      // one sentence: what ran, and what was switched off for it
  std::uint64_t seed = 0;
  std::vector<Figure> list;
};

std::string tableOf(const Figures& figures);

/// Errc::Io when the file cannot be written.
Result<void> writeRecord(const std::string& path, const Figures& figures, const Machine& machine,
                         const std::string& command);

}  // namespace mtpool::bench
