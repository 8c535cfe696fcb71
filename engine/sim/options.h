// SPDX-License-Identifier: Apache-2.0
// The command line of mtpool-simdc.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/sim/scene.h"
#include "engine/sim/world/world.h"

namespace mtpool::sim {

struct Options {
  std::vector<DcAddress> listen;
  WorldOptions world;
  std::string keyOut;
  std::string ledger;
  std::string faults;
  bool legacyRsa = false;
};

/// The program ends here: text for standard output (code 0) or standard error.
struct Exit {
  int code = 0;
  std::string text;
};

std::variant<Options, Exit> parseOptions(int argc, const char* const* argv);

/// "1=127.0.0.1:4430,2=[::1]:0"; Errc::InvalidArgument names the part that is wrong.
Result<std::vector<DcAddress>> parseListen(const std::string& text);

}  // namespace mtpool::sim
