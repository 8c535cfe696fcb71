// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/style_sheet.h"

namespace mtpool::gui {
namespace {

// @name is a colour of the theme.
constexpr char kSheet[] = R"(
QMainWindow, QWidget#page, QScrollArea, QWidget#scrolled { background: @window; border: none; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 4px 6px; }
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="rail"] { background: @raised; border: none; border-right: 1px solid @border; }
QFrame[role="topbar"] { background: @surface; border: none; border-bottom: 1px solid @border; }
QFrame[role="statusbar"] { background: @surface; border: none; border-top: 1px solid @border; }
QFrame[role="banner"] { background: @warnGround; border: none; border-bottom: 1px solid @warn; }
QFrame[role="line"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; color: @text; }
QLabel[role="brand"] { font-size: 15px; font-weight: 600; }
QLabel[role="heading"] { font-size: 18px; font-weight: 600; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; font-size: 12px; }
QLabel[role="value"] { font-size: 22px; font-weight: 600; }
QLabel[role="value"][stale="true"] { color: @muted; }
QLabel[role="bad"] { color: @bad; font-size: 12px; }
QLabel[role="warn"] { color: @warn; font-size: 12px; }
QLabel[role="accent"] { color: @accent; font-size: 12px; }
QLabel[role="code"] { font-family: "DejaVu Sans Mono", monospace; font-size: 12px; background: @raised;
  border: 1px solid @border; border-radius: 4px; padding: 8px; }
QPushButton { background: @surface; color: @text; border: 1px solid @border; border-radius: 4px; padding: 6px 14px; }
QPushButton:hover { background: @raised; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @muted; background: @raised; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[role="primary"]:disabled { background: @raised; color: @muted; border-color: @border; }
QPushButton[role="primary"]:focus { border: 1px solid @text; }
QPushButton[role="link"] { border: 1px solid transparent; padding: 3px 6px; color: @accent; background: transparent; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: @accent; }
QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 4px; padding: 5px; }
QToolButton:hover { background: @raised; }
QToolButton:focus { border-color: @accent; }
QToolButton[role="rail"] { text-align: left; padding: 8px 10px; }
QToolButton[role="rail"]:hover { background: @surface; }
QToolButton[role="rail"]:checked { background: @selection; font-weight: 600; }
QLineEdit, QAbstractSpinBox, QComboBox { background: @surface; border: 1px solid @border;
  border-radius: 4px; padding: 5px 8px; min-height: 18px; selection-background-color: @selection;
  selection-color: @text; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: @accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @muted; background: @raised; }
QAbstractSpinBox[invalid="true"], QLineEdit[invalid="true"], QComboBox[invalid="true"] { border-color: @bad; }
QAbstractSpinBox { padding-right: 2px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/theme/down-@variant.svg); width: 10px; height: 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 18px; background: transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @raised; }
QAbstractSpinBox::up-arrow { image: url(:/theme/up-@variant.svg); width: 10px; height: 6px; }
QAbstractSpinBox::down-arrow { image: url(:/theme/down-@variant.svg); width: 10px; height: 6px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @border;
  selection-background-color: @selection; selection-color: @text; }
QCheckBox { color: @text; spacing: 8px; }
QCheckBox:disabled { color: @muted; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @muted; border-radius: 3px; background: @surface; }
QCheckBox::indicator:checked { image: url(:/theme/check-@variant.svg); }
QCheckBox::indicator:disabled { background: @raised; border-color: @border; }
QCheckBox::indicator:focus { border-color: @accent; }
QFrame[role="row"] { background: transparent; border: none; border-bottom: 1px solid @border; }
QTableView { background: @surface; alternate-background-color: @surface; color: @text; border: 1px solid @border;
  border-radius: 6px; gridline-color: transparent; selection-background-color: @selection;
  selection-color: @text; outline: none; }
QTableView[stale="true"] { color: @muted; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @border;
  padding: 7px 8px; font-weight: 600; font-size: 12px; }
QTableCornerButton::section { background: @surface; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: @border; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

}  // namespace

QString styleSheet(const ThemeColors& colors) {
  const std::pair<const char*, QColor> names[] = {
      {"@window", colors.window},       {"@surface", colors.surface},   {"@raised", colors.raised},
      {"@border", colors.border},       {"@text", colors.text},         {"@muted", colors.muted},
      {"@accent", colors.accent},       {"@onAccent", colors.onAccent}, {"@warnGround", colors.warnGround},
      {"@selection", colors.selection}, {"@bad", colors.bad},           {"@warn", colors.warn},
  };
  QString sheet = QString::fromLatin1(kSheet);
  for (const auto& [name, color] : names) {
    sheet.replace(QLatin1String(name), color.name());
  }
  const bool dark = colors.window.lightness() < 128;
  sheet.replace(QLatin1String("@variant"), dark ? QStringLiteral("dark") : QStringLiteral("light"));
  return sheet;
}

}  // namespace mtpool::gui
