// SPDX-License-Identifier: Apache-2.0
// What every verb gets: where the engine is, and how answers are shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/cli/control_client.h"
#include "engine/cli/exit_code.h"
#include "engine/cli/table.h"
#include "engine/cli/terminal.h"

namespace mtpool::cli {

struct Invocation {
  std::vector<std::string> sockets;
  Format format = Format::Table;
  Terminal terminal;
  bool yes = false;  // --yes: nothing is asked back

  Result<ControlClient> engine() const { return ControlClient::connect(sockets); }

  /// What cannot be undone is asked of a person before; scripts (no terminal, --yes, -o json) are taken at
  /// their word. Errc::Cancelled unless the answer is yes.
  Result<void> confirm(std::string_view question) const;

  /// The answer as JSON, or the rows made of it.
  void show(const google::protobuf::Message& answer, const Table& rows) const;
};

}  // namespace mtpool::cli
