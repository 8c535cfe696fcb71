// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "bench/runner/machine.h"

namespace mtpool::bench {

namespace {

namespace json = boost::json;

std::string shortNumber(double value) {
  return value >= 100 || value <= -100 ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
}

json::value numberOrNull(const std::optional<double>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object recordOf(const Figure& figure) {
  json::object out;
  out["name"] = figure.name;
  out["unit"] = figure.unit;
  out["less_is_better"] = figure.lessIsBetter;
  out["min"] = figure.min();
  out["median"] = figure.median();
  out["max"] = figure.max();
  out["goal"] = numberOrNull(figure.goal);
  out["roofline"] = numberOrNull(figure.roofline);
  json::array values;
  for (const double value : figure.values) {
    values.emplace_back(value);
  }
  out["values"] = std::move(values);
  return out;
}

}  // namespace

double Figure::min() const {
  return *std::min_element(values.begin(), values.end());
}

double Figure::max() const {
  return *std::max_element(values.begin(), values.end());
}

double Figure::median() const {
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

bool Figure::reached() const {
  return !goal || (lessIsBetter ? median() <= *goal : median() >= *goal);
}

std::string tableOf(const Figures& figures) {
  std::string out = fmt::format("{}: {}\n\n", figures.benchmark, figures.setup);
  constexpr const char* kRow = "{:<28} {:>12} {:>12} {:>12} {:>12} {:>8} {:>10} {:>7}\n";
  out += fmt::format(kRow, "", "unit", "min", "median", "max", "goal", "", "/limit");
  for (const Figure& figure : figures.list) {
    const std::string goal = figure.goal ? shortNumber(*figure.goal) : "";
    const std::string verdict = !figure.goal ? "" : figure.reached() ? "reached" : "missed";
    const std::string ratio =
        figure.roofline ? fmt::format("{:.2f}", figure.median() / *figure.roofline) : "";
    out += fmt::format(kRow, figure.name, figure.unit, shortNumber(figure.min()),
                       shortNumber(figure.median()), shortNumber(figure.max()), goal, verdict, ratio);
  }
  return out;
}

Result<void> writeRecord(const std::string& path, const Figures& figures, const Machine& machine,
                         const std::string& command) {
  json::object record;
  record["benchmark"] = figures.benchmark;
  record["setup"] = figures.setup;
  record["command"] = command;
  record["seed"] = figures.seed;
  record["commit"] = machine.commit;
  record["machine"] = machine.cpu;
  record["cores"] = machine.cores;
  record["kernel"] = machine.kernel;
  record["compiler"] = machine.compiler;
  record["build"] = machine.build;
  record["load_average"] = machine.load;
  json::array list;
  for (const Figure& figure : figures.list) {
    list.push_back(recordOf(figure));
  }
  record["figures"] = std::move(list);
  std::ofstream file(path, std::ios::trunc);
  file << json::serialize(record) << "\n";
  if (!file.flush()) {
    return Error(Errc::Io, fmt::format("the record cannot be written to {}; check --out", path));
  }
  return {};
}

}  // namespace mtpool::bench
