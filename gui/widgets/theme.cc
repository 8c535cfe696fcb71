// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>
#include <QSvgRenderer>
#include <algorithm>
#include <cmath>

#include "gui/widgets/style_sheet.h"

// Resources of a static library are dropped by the linker unless someone asks for them, outside any
// namespace.
static void initConsoleResources() {
  Q_INIT_RESOURCE(console_icons);
  Q_INIT_RESOURCE(console_translations);
}

namespace mtpool::gui {
namespace {

constexpr int kFontPixels = 13;
constexpr int kIconPixels = 22;
// Breeze paints in this colour, to be replaced by the theme's.
constexpr char kBreezeText[] = "#232629";

bool hasTabularFigures(const QFont& font) {
  const QFontMetricsF metrics(font);
  const double zero = metrics.horizontalAdvance(QLatin1Char('0'));
  for (char digit = '1'; digit <= '9'; ++digit) {
    if (std::abs(metrics.horizontalAdvance(QLatin1Char(digit)) - zero) > 0.01) {
      return false;
    }
  }
  return true;
}

QPalette makePalette(const ThemeColors& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.window);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.surface);
  palette.setColor(QPalette::AlternateBase, c.raised);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::Button, c.surface);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::BrightText, c.bad);
  palette.setColor(QPalette::Highlight, c.selection);
  palette.setColor(QPalette::HighlightedText, c.text);
  palette.setColor(QPalette::ToolTipBase, c.surface);
  palette.setColor(QPalette::ToolTipText, c.text);
  palette.setColor(QPalette::PlaceholderText, c.muted);
  palette.setColor(QPalette::Link, c.accent);
  palette.setColor(QPalette::Light, c.raised);
  palette.setColor(QPalette::Mid, c.border);
  palette.setColor(QPalette::Dark, c.border);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, c.muted);
  }
  return palette;
}

double luminance(const QColor& color) {
  const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}  // namespace

const ThemeColors& themeColors(ThemeKind kind) {
  static const ThemeColors light{QColor(0xF4, 0xF6, 0xF9), QColor(0xFF, 0xFF, 0xFF), QColor(0xEE, 0xF1, 0xF6),
                                 QColor(0xD5, 0xDB, 0xE4), QColor(0x17, 0x20, 0x2C), QColor(0x54, 0x60, 0x70),
                                 QColor(0x1B, 0x5F, 0xC1), QColor(0xFF, 0xFF, 0xFF), QColor(0x17, 0x76, 0x41),
                                 QColor(0x8F, 0x54, 0x00), QColor(0xB4, 0x23, 0x18), QColor(0xFF, 0xF3, 0xDC),
                                 QColor(0xD6, 0xE4, 0xFA)};
  static const ThemeColors dark{QColor(0x12, 0x16, 0x1C), QColor(0x1A, 0x20, 0x29), QColor(0x23, 0x2B, 0x36),
                                QColor(0x2F, 0x39, 0x47), QColor(0xE6, 0xEA, 0xF0), QColor(0x9C, 0xA9, 0xBA),
                                QColor(0x6C, 0xA8, 0xFF), QColor(0x0B, 0x14, 0x22), QColor(0x5A, 0xC8, 0x8A),
                                QColor(0xF2, 0xB7, 0x56), QColor(0xFF, 0x8B, 0x80), QColor(0x3A, 0x2D, 0x12),
                                QColor(0x27, 0x42, 0x69)};
  return kind == ThemeKind::Light ? light : dark;
}

Theme& Theme::instance() {
  static Theme theme;
  return theme;
}

void Theme::apply(QApplication& app, ThemeKind kind) {
  kind_ = kind;
  app.setStyle(QStringLiteral("Fusion"));
  app.setPalette(makePalette(colors()));
  app.setFont(interfaceFont());
  app.setStyleSheet(styleSheet(colors()));
  Q_EMIT changed();
}

QColor Theme::tone(Tone tone) const {
  switch (tone) {
    case Tone::Good:
      return colors().good;
    case Tone::Warn:
      return colors().warn;
    case Tone::Bad:
      return colors().bad;
    case Tone::Accent:
      return colors().accent;
    case Tone::Neutral:
      break;
  }
  return colors().muted;
}

QIcon Theme::icon(const QString& name) const {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) {
    return {};
  }
  auto svg = file.readAll();
  svg.replace(kBreezeText, colors().text.name().toLatin1());
  QSvgRenderer renderer(svg);
  QIcon icon;
  for (const int ratio : {1, 2}) {
    QPixmap pixmap(kIconPixels * ratio, kIconPixels * ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    icon.addPixmap(pixmap);
  }
  return icon;
}

void initResources() {
  initConsoleResources();
}

QFont interfaceFont() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
  font.setPixelSize(kFontPixels);
  if (!hasTabularFigures(font)) {
    const auto families = QFontDatabase().families();
    for (const auto* family : {"Noto Sans", "DejaVu Sans", "Liberation Sans"}) {
      if (families.contains(QLatin1String(family))) {
        font.setFamily(QLatin1String(family));
        break;
      }
    }
  }
  return font;
}

double contrastRatio(const QColor& a, const QColor& b) {
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace mtpool::gui
