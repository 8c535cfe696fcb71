// SPDX-License-Identifier: Apache-2.0
// mtpool-bench: what the shipped programs cost, beside the goals.
#include <fmt/format.h>

#include <cstdio>

#include "bench/runner/idle.h"
#include "bench/runner/ingest.h"
#include "bench/runner/machine.h"
#include "bench/runner/options.h"

namespace {

using namespace mtpool;         // NOLINT(google-build-using-namespace)
using namespace mtpool::bench;  // NOLINT(google-build-using-namespace)

int run(const Options& options) {
  auto figures = options.verb == Verb::Ingest ? measureIngest(options) : measureIdle(options);
  if (!figures.ok()) {
    fmt::print(stderr, "mtpool-bench: {}\n", figures.error().text());
    return 1;
  }
  const Machine machine = thisMachine();
  fmt::print("{}\n{}", describe(machine), tableOf(*figures));
  if (options.out.empty()) {
    return 0;
  }
  auto written = writeRecord(options.out, *figures, machine, options.command);
  if (!written.ok()) {
    fmt::print(stderr, "mtpool-bench: {}\n", written.error().text());
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  auto parsed = parseOptions(argc, argv);
  if (const auto* end = std::get_if<Exit>(&parsed)) {
    std::fputs(end->text.c_str(), end->code == 0 ? stdout : stderr);
    return end->code;
  }
  return run(std::get<Options>(parsed));
}
