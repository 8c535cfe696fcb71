// SPDX-License-Identifier: GPL-3.0-or-later
// The style sheet of a theme. Widgets choose a role by the dynamic property "role" (card, title, muted,
// value, …).
#pragma once

#include <QString>

#include "gui/widgets/theme.h"

namespace mtpool::gui {

QString styleSheet(const ThemeColors& colors);

}  // namespace mtpool::gui
