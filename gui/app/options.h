// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of mtpool-console.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <variant>

#include "gui/widgets/theme.h"

namespace mtpool::gui {

struct Options {
  QString socket;
  QString sshHost;
  std::optional<ThemeKind> theme;
  int scale = 0;     // 0 = the desktop's
  QString language;  // empty = the desktop's
  QString screenshotPage;
  QString screenshotFile;
  bool help = false;
  bool version = false;
};

struct UsageError {
  QString text;  // one sentence
};

/// The pages by the names the command line knows, in the order of the rail.
QStringList pageNames();

/// arguments without the program's name.
std::variant<Options, UsageError> parseOptions(const QStringList& arguments);

QString helpText();

}  // namespace mtpool::gui
