// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said about a setting's text before the engine is asked. The engine stays the judge: what these
// rules don't understand they let through.
#pragma once

#include <QString>
#include <optional>

#include "gui/link/protocol.h"

namespace mtpool::gui {

/// A number, for a duration with an optional suffix (ms, s, m, h, d) as the engine reads it: seconds. Nothing
/// when the text is no such number.
std::optional<double> settingNumber(const pb::Setting& setting, const QString& text);

/// Why the text can't be this setting's value, in one sentence; empty when it may.
QString settingProblem(const pb::Setting& setting, const QString& text);

/// "1–200 s"; empty without limits.
QString settingRange(const pb::Setting& setting);

}  // namespace mtpool::gui
