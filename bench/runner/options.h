// SPDX-License-Identifier: Apache-2.0
// The command line of mtpool-bench.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace mtpool::bench {

enum class Verb : std::uint8_t { Ingest, Idle };

struct Options {
  Verb verb = Verb::Ingest;
  std::string bin;      // the folder of mtpoold and mtpool-simdc; that of this program unless given
  std::string out;      // JSON file, empty for none
  std::string command;  // as typed, for the record
  std::int64_t runs = 3;
  std::uint64_t seed = 1;  // of the simulated world
  // ingest
  std::string profile = "chat";
  std::int64_t messages = 100'000;  // in each channel
  std::int64_t channels = 4;
  std::int64_t accounts = 4;
  // idle
  std::int64_t seconds = 10;
};

/// The program ends here: text for standard output (code 0) or standard error.
struct Exit {
  int code = 0;
  std::string text;
};

std::variant<Options, Exit> parseOptions(int argc, const char* const* argv);

}  // namespace mtpool::bench
