// SPDX-License-Identifier: GPL-3.0-or-later
// The installed program itself: its pictures and its exit codes.
#include <QImage>
#include <QProcess>
#include <QSignalSpy>

#include "tests/gui/console_fixture.h"

namespace mtpool::gui {
namespace {

class ProgramTest : public ConsoleTest {
 protected:
  /// Runs mtpool-console without a display while this process may play the engine.
  int run(const QStringList& arguments) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto* name :
         {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "MTPOOL_SOCKET"}) {
      environment.remove(QLatin1String(name));
    }
    environment.insert(QStringLiteral("HOME"), dir_.path());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), dir_.path());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(MTPOOL_BIN_DIR "/mtpool-console"), arguments);
    EXPECT_TRUE(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000));
    said_ = QString::fromUtf8(process.readAllStandardError());
    return process.exitCode();
  }

  QString said_;
};

TEST_F(ProgramTest, DrawsEveryPageInBothThemesAndSizes) {
  ASSERT_TRUE(engine_.listen(socketPath()));
  for (const auto* page : {"overview", "config", "sessions"}) {
    QImage light;
    for (const auto& [theme, scale] : {std::pair("light", 1), {"dark", 1}, {"light", 2}, {"dark", 2}}) {
      const auto file = dir_.filePath(
          QStringLiteral("%1-%2-%3.png").arg(QLatin1String(page), QLatin1String(theme)).arg(scale));
      ASSERT_EQ(run({QStringLiteral("--socket"), socketPath(), QStringLiteral("--theme"),
                     QLatin1String(theme), QStringLiteral("--scale"), QString::number(scale),
                     QStringLiteral("--screenshot"), QLatin1String(page), file}),
                0)
          << said_.toStdString();
      const QImage image(file);
      EXPECT_EQ(image.size(), QSize(1280, 800) * scale) << file.toStdString();
      const int corner = image.pixelColor(4, 4).lightness();
      EXPECT_EQ(corner > 128, QLatin1String(theme) == QLatin1String("light")) << file.toStdString();
    }
  }
}

TEST_F(ProgramTest, DrawsTheOfflineStateWithoutAnEngine) {
  const auto file = dir_.filePath(QStringLiteral("offline.png"));
  EXPECT_EQ(run({QStringLiteral("--socket"), socketPath(), QStringLiteral("--lang"), QStringLiteral("ru"),
                 QStringLiteral("--screenshot"), QStringLiteral("sessions"), file}),
            0)
      << said_.toStdString();
  EXPECT_EQ(QImage(file).size(), QSize(1280, 800));
}

TEST_F(ProgramTest, AnswersAnUnknownPageWithTheOnesThereAre) {
  EXPECT_EQ(run({QStringLiteral("--screenshot"), QStringLiteral("nope"), QStringLiteral("x.png")}), 2);
  EXPECT_TRUE(said_.contains(QStringLiteral("overview, config, sessions"))) << said_.toStdString();
}

TEST_F(ProgramTest, SaysWhenThereIsNoDisplay) {
  EXPECT_EQ(run({}), 1);
  EXPECT_TRUE(said_.contains(QStringLiteral("no display"))) << said_.toStdString();
}

}  // namespace
}  // namespace mtpool::gui
