// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that came from Telegram or from the engine is text, never markup, and cannot reorder or hide its
// neighbours. Every such string passes through here on its way to a widget.
#pragma once

#include <QString>
#include <string>

namespace mtpool::gui {

/// Longest text a widget shows; the rest is cut and marked with an ellipsis.
inline constexpr int kMaxShownChars = 4096;
/// Longest text of one table cell.
inline constexpr int kMaxCellChars = 256;

/// Controls and bidirectional overrides become visible as \u{…} (as in mtpoolctl), stacks of combining marks
/// are cut to a readable height, malformed UTF-8 becomes U+FFFD, and what is longer than maxChars is cut.
/// Costs O(maxChars), however long the input.
QString plainText(const std::string& utf8, int maxChars = kMaxShownChars);
QString plainText(const QString& text, int maxChars = kMaxShownChars);

/// Tooltips guess markup; this gives them the text in a form that cannot be mistaken for it.
QString plainToolTip(const QString& plain);

}  // namespace mtpool::gui
