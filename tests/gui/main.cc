// SPDX-License-Identifier: GPL-3.0-or-later
// The console's tests need an application object and no display.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLocale>

#include "gui/widgets/theme.h"

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_SCALE_FACTOR", "1");
  testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  QCoreApplication::setApplicationVersion(QStringLiteral("test"));
  QLocale::setDefault(QLocale(QLocale::English));
  mtpool::gui::initResources();
  mtpool::gui::Theme::instance().apply(app, mtpool::gui::ThemeKind::Light);
  return RUN_ALL_TESTS();
}
