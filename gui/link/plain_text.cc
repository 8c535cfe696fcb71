// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/plain_text.h"

#include <algorithm>

namespace mtpool::gui {
namespace {

constexpr int kMaxMarksInARow = 3;

bool isBidiControl(uint c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

bool isHidden(uint c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0x200B ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F) || isBidiControl(c);
}

bool isMark(uint c) {
  const auto category = QChar::category(c);
  return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

}  // namespace

QString plainText(const std::string& utf8, int maxChars) {
  // A character takes at most four bytes: what lies beyond that can't be shown and isn't decoded.
  const auto bytes = std::min(utf8.size(), static_cast<std::size_t>(maxChars) * 4 + 4);
  return plainText(QString::fromUtf8(utf8.data(), static_cast<int>(bytes)), maxChars);
}

QString plainText(const QString& text, int maxChars) {
  QString shown;
  shown.reserve(std::min(text.size(), maxChars) + 1);
  int marks = 0;
  for (int i = 0; i < text.size(); ++i) {
    if (shown.size() >= maxChars) {
      shown.append(QChar(0x2026));
      break;
    }
    uint c = text.at(i).unicode();
    if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
      c = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
      ++i;
    } else if (QChar::isSurrogate(c)) {
      c = QChar::ReplacementCharacter;
    }
    marks = isMark(c) ? marks + 1 : 0;
    if (marks > kMaxMarksInARow) {
      continue;
    }
    if (isHidden(c)) {
      shown.append(QStringLiteral("\\u{%1}").arg(c, 0, 16));
    } else {
      shown.append(QString::fromUcs4(&c, 1));
    }
  }
  return shown;
}

QString plainToolTip(const QString& plain) {
  return QStringLiteral("<span style=\"white-space:pre-wrap\">%1</span>").arg(plain.toHtmlEscaped());
}

}  // namespace mtpool::gui
