// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/invocation.h"

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cli/json.h"

namespace mtpool::cli {

Result<void> Invocation::confirm(std::string_view question) const {
  if (!terminal.input || yes || format == Format::Json) {
    return {};
  }
  MTP_TRY(const auto typed, prompt(fmt::format("{} [y/N] ", question), Echo::On));
  const auto answer = trim(typed.reveal());
  if (answer == "y" || answer == "Y" || answer == "yes") {
    return {};
  }
  return Error(Errc::Cancelled, "nothing was done; answer y, or give --yes, to go on");
}

void Invocation::show(const google::protobuf::Message& answer, const Table& rows) const {
  print(format == Format::Json ? toJson(answer) + "\n" : rows.text(format, terminal.output));
}

}  // namespace mtpool::cli
