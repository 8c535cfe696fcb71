// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about its contact with the engine.
#pragma once

#include <QString>

#include "gui/app/page.h"

namespace mtpool::gui {

/// The engine's name, or the place we look for it at.
QString engineName(const Desk& desk);

/// The banner's sentence; empty while there is contact and the data is fresh.
QString contactBanner(const Desk& desk);

QString roleName(pb::Role role);

}  // namespace mtpool::gui
