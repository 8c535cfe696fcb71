// SPDX-License-Identifier: GPL-3.0-or-later
// A whole console against a FakeEngine in one process, on a private socket.
#pragma once

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "gui/app/main_window.h"
#include "gui/link/local_transport.h"
#include "tests/gui/fake/demo_world.h"

namespace mtpool::gui {

/// Time that moves only when told.
class ManualClock final : public Clock {
 public:
  qint64 monoMs() const override { return now; }

  qint64 wallMs() const override { return 1'718'100'000'000 + now; }

  qint64 now = 1000;
};

class ConsoleTest : public testing::Test {
 protected:
  static constexpr int kPatienceMs = 5000;

  ConsoleTest() : world_(engine_, clock_.wallMs() * 1000) {}

  QString socketPath() const { return dir_.filePath(QStringLiteral("engine.sock")); }

  /// Opens a console; the engine may be listening or not.
  void openConsole() {
    LinkTiming timing;
    timing.backoffMin = 10;
    timing.backoffMax = 40;
    auto transport = std::make_unique<LocalTransport>(QStringList{socketPath()});
    link_ = std::make_unique<EngineLink>(std::move(transport), clock_, timing);
    mirror_ = std::make_unique<Mirror>(clock_);
    window_ = std::make_unique<MainWindow>(Desk{*link_, *mirror_, clock_});
    window_->show();
    link_->start();
  }

  void openConnectedConsole(const QString& page = QStringLiteral("overview")) {
    ASSERT_TRUE(engine_.listen(socketPath()));
    openConsole();
    window_->showPage(page);
    ASSERT_TRUE(eventually([this] { return window_->page()->ready() && mirror_->hasStatus(); }));
  }

  template <typename Condition>
  static bool eventually(Condition condition) {
    return QTest::qWaitFor(condition, kPatienceMs);
  }

  ~ConsoleTest() override {
    window_.reset();
    mirror_.reset();
    link_.reset();
  }

  QTemporaryDir dir_;
  ManualClock clock_;
  FakeEngine engine_;
  DemoWorld world_;
  std::unique_ptr<EngineLink> link_;
  std::unique_ptr<Mirror> mirror_;
  std::unique_ptr<MainWindow> window_;
};

}  // namespace mtpool::gui
