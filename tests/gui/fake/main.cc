// SPDX-License-Identifier: GPL-3.0-or-later
// gui_demo_engine SOCKET [SESSIONS]: a FakeEngine with a living DemoWorld, to look at the console with.
#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>
#include <cstdio>

#include "tests/gui/fake/demo_world.h"

int main(int argc, char** argv) {
  QCoreApplication app(argc, argv);
  const auto arguments = QCoreApplication::arguments();
  if (arguments.size() < 2) {
    std::fputs("gui_demo_engine SOCKET [SESSIONS]\n", stderr);
    return 2;
  }
  mtpool::gui::FakeEngine engine;
  const int sessions = arguments.size() > 2 ? arguments[2].toInt() : 24;
  mtpool::gui::DemoWorld world(engine, QDateTime::currentMSecsSinceEpoch() * 1000, sessions);
  if (!engine.listen(arguments[1])) {
    std::fprintf(stderr, "gui_demo_engine: cannot listen at %s\n", qPrintable(arguments[1]));
    return 1;
  }
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, [&] { world.step(); });
  timer.start(500);
  return QCoreApplication::exec();
}
