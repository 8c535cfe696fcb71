// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

Outcome removeTargets(const Invocation& invocation, const std::vector<std::string>& specs, bool purge) {
  MTP_TRY(auto engine, invocation.engine());
  if (purge) {
    MTP_DO(invocation.confirm(
        fmt::format("Remove {} and delete every message collected there?", fmt::join(specs, ", "))));
  }
  std::size_t removed = 0;
  for (const auto& spec : specs) {
    v1::Envelope request;
    request.mutable_remove_target()->set_spec(spec);
    request.mutable_remove_target()->set_purge(purge);
    const auto answer = engine.ask(std::move(request));
    if (answer.ok()) {
      ++removed;
      say(fmt::format("Target {} removed, its messages {}.", spec, purge ? "deleted" : "kept"));
      continue;
    }
    if (specs.size() == 1 || exitCodeOf(answer.error().code()) != ExitCode::Failed) {
      return answer.error();
    }
    const std::string& why = answer.error().text();
    say(why.find(spec) == std::string::npos ? fmt::format("{}: {}", spec, why) : why);
  }
  return removed == specs.size() ? ExitCode::Ok : removed == 0 ? ExitCode::Failed : ExitCode::PartlyDone;
}

}  // namespace mtpool::cli
