// SPDX-License-Identifier: GPL-3.0-or-later
// Invented but plausible data for a FakeEngine, the same for the same seed.
#pragma once

#include <random>

#include "tests/gui/fake/fake_engine.h"

namespace mtpool::gui {

class DemoWorld {
 public:
  /// nowUs: the moment the world shows; an hour of history lies before it, with one gap.
  DemoWorld(FakeEngine& engine, qint64 nowUs, int sessions = 24);

  /// Moves everything on by half a second and tells the subscribers.
  void step();

  static pb::Setting poolSetting(const char* key, const char* title, const char* value);
  static pb::SettingsReply poolSettings();

 private:
  void fillHistory();
  void fillSessions(int count);
  void fillAccounts();
  void fillStatus();

  FakeEngine& engine_;
  std::mt19937 random_{20240611};
  qint64 nowUs_;
};

}  // namespace mtpool::gui
