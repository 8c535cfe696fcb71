// SPDX-License-Identifier: Apache-2.0
// Where and of what a figure was taken: without it no two records can be compared.
#pragma once

#include <string>

namespace mtpool::bench {

struct Machine {
  std::string commit;  // of the source tree, with "+" when it has changes; empty outside a checkout
  std::string cpu;
  std::string kernel;
  std::string compiler;
  std::string build;
  double load = 0;  // average of the last minute: above 1 or so, times of the clock mean nothing
  unsigned cores = 0;
};

Machine thisMachine();

/// Two lines for people.
std::string describe(const Machine& machine);

}  // namespace mtpool::bench
