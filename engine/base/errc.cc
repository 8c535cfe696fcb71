// SPDX-License-Identifier: Apache-2.0
#include "engine/base/errc.h"

#include <array>

namespace mtpool {

namespace {

struct Row {
  std::string_view name;
  Disposition disposition;
};

// Indexed by Errc; the static_assert below keeps the two lists together.
constexpr std::array kRows{
    Row{"internal", Disposition::Fatal},
    Row{"invalid_argument", Disposition::CallerFault},
    Row{"invalid_config", Disposition::CallerFault},
    Row{"not_found", Disposition::CallerFault},
    Row{"already_exists", Disposition::CallerFault},
    Row{"refused", Disposition::CallerFault},
    Row{"busy", Disposition::RetrySame},
    Row{"timeout", Disposition::RetrySame},
    Row{"cancelled", Disposition::CallerFault},
    Row{"unsupported", Disposition::CallerFault},
    Row{"io", Disposition::Fatal},
    Row{"storage_busy", Disposition::RetrySame},
    Row{"storage_full", Disposition::RetrySame},
    Row{"storage_corrupt", Disposition::Fatal},
    Row{"storage", Disposition::Fatal},
    Row{"unreachable", Disposition::RetrySame},
    Row{"connection_lost", Disposition::DropConnection},
    Row{"outcome_unknown", Disposition::CallerFault},
    Row{"transport_flood", Disposition::DropConnection},
    Row{"auth_key_unknown", Disposition::DropConnection},
    Row{"invalid_dc", Disposition::Fatal},
    Row{"malformed", Disposition::DropConnection},
    Row{"unknown_constructor", Disposition::CallerFault},
    Row{"limit_exceeded", Disposition::DropConnection},
    Row{"security_check", Disposition::DropConnection},
    Row{"unknown_server_key", Disposition::Fatal},
    Row{"flood_wait", Disposition::WaitThenRetry},
    Row{"migrate", Disposition::RetryElsewhere},
    Row{"rpc_bad_request", Disposition::CallerFault},
    Row{"rpc_forbidden", Disposition::RetryElsewhere},
    Row{"rpc_server", Disposition::RetrySame},
    Row{"unauthorized", Disposition::QuarantineAccount},
    Row{"auth_key_duplicated", Disposition::QuarantineAccount},
    Row{"account_frozen", Disposition::QuarantineAccount},
    Row{"password_needed", Disposition::CallerFault},
    Row{"code_invalid", Disposition::CallerFault},
    Row{"password_invalid", Disposition::CallerFault},
    Row{"connection_not_inited", Disposition::RetrySame},
};
static_assert(kRows.size() == static_cast<std::size_t>(Errc::ConnectionNotInited) + 1);

}  // namespace

std::string_view name(Errc code) {
  return kRows[static_cast<std::size_t>(code)].name;
}

Disposition dispositionOf(Errc code) {
  return kRows[static_cast<std::size_t>(code)].disposition;
}

}  // namespace mtpool
