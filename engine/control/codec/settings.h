// SPDX-License-Identifier: Apache-2.0
// Settings on the wire. Values of secrets do not leave, whatever the settings service gave: neither as a
// value, nor in the record of a change, nor inside a URL.
#pragma once

#include "engine/config/change.h"
#include "engine/config/setting.h"

#include "mtpool/control/v1/settings.pb.h"

namespace mtpool::control::codec {

void encode(const config::SettingView& from, v1::Setting& to);
void encode(const config::SettingsView& from, v1::SettingsReply& to);

/// Which of the settings asked for `refusal` is about: the one its sentence names first. Empty if none.
std::string settingAtFault(const v1::SetSettings& asked, const Error& refusal);

config::ChangeRequest decode(const v1::SetSettings& from);
/// `known` says which of the changed keys are secrets; a key it does not have is treated as one.
void encode(const config::ChangeOutcome& from, const config::SettingsView& known, v1::SetSettingsReply& to);

}  // namespace mtpool::control::codec
