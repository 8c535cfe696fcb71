// SPDX-License-Identifier: GPL-3.0-or-later
// The look of the console: one set of colours per theme, from which palette, style sheet, icons and charts
// are made. Every pair of text and ground keeps a contrast of 4.5:1 or more (tests/gui/theme_test.cc).
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>

class QApplication;

namespace mtpool::gui {

enum class ThemeKind { Light, Dark };

/// How something fares; always shown by shape and text as well, never by colour alone.
enum class Tone { Neutral, Good, Warn, Bad, Accent };

struct ThemeColors {
  QColor window;   // behind everything
  QColor surface;  // cards, tables, fields
  QColor raised;   // hover, header rows
  QColor border;
  QColor text;
  QColor muted;  // secondary text
  QColor accent;
  QColor onAccent;  // text on accent
  QColor good;
  QColor warn;
  QColor bad;
  QColor warnGround;  // banners
  QColor selection;
};

const ThemeColors& themeColors(ThemeKind kind);

/// The theme of this process; widgets that paint themselves read it and repaint on changed().
class Theme : public QObject {
  Q_OBJECT
 public:
  static Theme& instance();

  void apply(QApplication& app, ThemeKind kind);

  ThemeKind kind() const { return kind_; }

  const ThemeColors& colors() const { return themeColors(kind_); }

  QColor tone(Tone tone) const;

  /// A Breeze icon from the resources in the theme's text colour, sharp at 1x and 2x. Empty for unknown
  /// names.
  QIcon icon(const QString& name) const;

 Q_SIGNALS:
  void changed();

 private:
  ThemeKind kind_ = ThemeKind::Light;
};

/// Makes icons and translations findable; called once before either is used.
void initResources();

/// The interface font with figures of equal width, so that numbers don't dance while they change.
QFont interfaceFont();

/// WCAG contrast ratio, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

}  // namespace mtpool::gui
