// SPDX-License-Identifier: GPL-3.0-or-later
// The console's tests need an application object and no display.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLocale>

#include "gui/widgets/theme.h"

/// Read by the leak detector of a sanitized build, and handed on to the programs that tests start.
extern "C" const char* __lsan_default_options();

extern "C" const char* __lsan_default_options() {
  return "print_suppressions=0:suppressions=" MTPOOL_SOURCE_DIR "/tests/gui/leaks_of_qt.txt";
}

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_SCALE_FACTOR", "1");
  qputenv("LSAN_OPTIONS", __lsan_default_options());
  testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  QCoreApplication::setApplicationVersion(QStringLiteral("test"));
  QLocale::setDefault(QLocale(QLocale::English));
  mtpool::gui::initResources();
  mtpool::gui::Theme::instance().apply(app, mtpool::gui::ThemeKind::Light);
  return RUN_ALL_TESTS();
}
