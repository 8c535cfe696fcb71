// SPDX-License-Identifier: GPL-3.0-or-later
// The shape that goes with a tone, for those who can't tell the colours apart.
#pragma once

#include <QRectF>

#include "gui/widgets/theme.h"

class QPainter;

namespace mtpool::gui {

/// Good: disc. Warn: triangle. Bad: square. Accent: half disc. Neutral: ring.
void paintToneShape(QPainter& painter, const QRectF& box, Tone tone);

}  // namespace mtpool::gui
