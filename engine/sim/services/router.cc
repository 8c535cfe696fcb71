// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/services/router.h"

#include <fmt/format.h>

#include "tl/api/names.h"

namespace mtpool::sim {

const Router& router() {
  static const Router kRouter = [] {
    Router all;
    addHelp(all);
    addAuth(all);
    addAccount(all);
    addUsers(all);
    addContacts(all);
    addChannels(all);
    addMessages(all);
    addUpdates(all);
    return all;
  }();
  return kRouter;
}

std::string Router::nameOf(ByteView query) {
  const std::uint32_t id = tl::Reader(query).peekId();
  const std::string_view name = tl::api::methodName(id);
  return std::string(name.empty() ? "unknown" : name);
}

Answer Router::malformed(Request& request, const Error& error) {
  request.violation("malformed_call", error.text());
  return refuse(400, "INPUT_FETCH_ERROR");
}

std::optional<Refusal> Router::mayCall(Request& request, Access access, const std::string& name) {
  if (access == Access::Anytime) {
    return std::nullopt;
  }
  if (request.key.temporary() && request.key.boundTo == 0) {
    request.violation("unbound_temporary_key", name);
    return Refusal{401, "AUTH_KEY_PERM_EMPTY"};
  }
  if (request.owner.login.destroyed) {
    return Refusal{406, "AUTH_KEY_DUPLICATED"};
  }
  if (access == Access::NoLogin) {
    return std::nullopt;
  }
  const Account* account = request.account();
  if (account == nullptr) {
    if (access != Access::Probe) {
      request.violation("call_without_login", name);
    }
    return Refusal{
        401, request.owner.login.passwordOwed != 0 ? "SESSION_PASSWORD_NEEDED" : "AUTH_KEY_UNREGISTERED"};
  }
  if (account->bot && access == Access::UserOnly) {
    request.violation("not_for_bots", name);
    return Refusal{400, "BOT_METHOD_INVALID"};
  }
  return std::nullopt;
}

// A method that Telegram has and the simulator lacks is our gap, not the client's fault: counted among the
// requests by name, refused, no violation.
Answer Router::unknown(Request& request, std::uint32_t id) {
  if (tl::api::methodName(id).empty()) {
    request.violation("unknown_method", fmt::format("{:08x}", id));
  }
  return refuse(404, "METHOD_INVALID");
}

Answer Router::route(Request& request, ByteView query) const {
  const std::uint32_t id = tl::Reader(query).peekId();
  const std::string name = nameOf(query);
  request.scene.report.request(name);
  const auto found = methods_.find(id);
  if (found == methods_.end()) {
    return unknown(request, id);
  }
  if (auto refusal = mayCall(request, found->second.access, name)) {
    return std::move(*refusal);
  }
  return found->second.run(request, query);
}

}  // namespace mtpool::sim
