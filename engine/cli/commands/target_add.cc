// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"
#include "engine/cli/commands/target_table.h"

namespace mtpool::cli {

namespace {

// Few enough for the frame limit of the control socket, whatever the names are.
constexpr std::size_t kBatch = 1000;

// "900", "900s", "15m", "2h", "1d" as seconds.
Result<std::int64_t> parseInterval(std::string_view text) {
  if (text.empty()) {
    return std::int64_t{0};
  }
  std::string_view digits = text;
  std::int64_t unit = 1;
  const std::string_view letters = "smhd";
  constexpr std::int64_t kUnits[] = {1, 60, 3600, 86400};
  if (const auto at = letters.find(text.back()); at != std::string_view::npos) {
    unit = kUnits[at];
    digits.remove_suffix(1);
  }
  const auto number = parseInt(digits);
  constexpr std::int64_t kLongest = 366LL * 86400;
  if (!number || *number <= 0 || *number > kLongest / unit) {
    return Error(Errc::InvalidArgument,
                 fmt::format("--interval {} is no duration; write a number with s, m, h or d, such as 15m",
                             printable(text)));
  }
  return *number * unit;
}

void addLines(std::istream& in, std::vector<std::string>& specs) {
  for (std::string line; std::getline(in, line);) {
    auto text = trim(std::string_view(line).substr(0, line.find('#')));
    // As csv output writes a name, so that a spreadsheet does not take it for a formula.
    text.remove_prefix(text.starts_with("'@") ? 1 : 0);
    if (!text.empty()) {
      specs.emplace_back(text);
    }
  }
}

// One target a line, # begins a comment, "-" is standard input.
Result<std::vector<std::string>> specsOf(const TargetAddOptions& options) {
  std::vector<std::string> specs = options.specs;
  if (options.file == "-") {
    addLines(std::cin, specs);
  } else if (!options.file.empty()) {
    std::ifstream in(options.file);
    if (!in) {
      return Error(Errc::Io, fmt::format("cannot read {}; check --file", printable(options.file)));
    }
    addLines(in, specs);
  }
  if (specs.empty()) {
    return Error(Errc::InvalidArgument, fmt::format("{} names no target", printable(options.file)));
  }
  return specs;
}

}  // namespace

Outcome addTargets(const Invocation& invocation, const TargetAddOptions& options) {
  MTP_TRY(const auto interval, parseInterval(options.interval));
  MTP_TRY(const auto specs, specsOf(options));
  MTP_TRY(auto engine, invocation.engine());
  v1::TargetsReply added;
  for (std::size_t from = 0; from < specs.size(); from += kBatch) {
    v1::Envelope request;
    v1::AddTargets& wanted = *request.mutable_add_targets();
    for (std::size_t i = from; i < std::min(from + kBatch, specs.size()); ++i) {
      wanted.add_specs(specs[i]);
    }
    wanted.set_user_id(options.user);
    wanted.set_history(options.history);
    wanted.set_interval_s(interval);
    MTP_TRY(const auto answer, engine.ask(std::move(request)));
    added.MergeFrom(answer.targets_reply());
  }
  invocation.show(added, targetTable(added));
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
