// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/admin/operations.h"

#include "mtpool/control/v1/accounts.pb.h"

namespace mtpool::control::codec {

void encode(const admin::AccountView& from, v1::Account& to);
void encode(const admin::LoginState& from, v1::LoginReply& to);

/// The token leaves the message for the Secret; nothing of it stays behind.
admin::LoginRequest decode(v1::StartLogin& from);

/// A code or password out of a message, which keeps nothing of it.
SecretString takeSecret(std::string& from);

}  // namespace mtpool::control::codec
