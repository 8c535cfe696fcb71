// SPDX-License-Identifier: GPL-3.0-or-later
// What every page of the console is. A page subscribes while it is shown and lets go when it is left, so that
// hidden pages cost neither the engine nor this window anything.
#pragma once

#include <QWidget>

#include "gui/link/clock.h"
#include "gui/link/engine_link.h"
#include "gui/link/mirror.h"

namespace mtpool::gui {

/// What a page works with; owned by main, outlives every window.
struct Desk {
  EngineLink& link;
  Mirror& mirror;
  const Clock& clock;
};

class Page : public QWidget {
  Q_OBJECT
 public:
  explicit Page(const Desk& desk) : desk_(desk) { setObjectName(QStringLiteral("page")); }

  /// Shown or left.
  virtual void setActive(bool active) = 0;
  /// Freezes what moves by itself; typing and scrolling go on.
  virtual void setPaused(bool paused) = 0;

  /// Once a second while shown: ages and countdowns.
  virtual void tick() {}

  /// Data is missing, old, or fresh again.
  virtual void setStale(bool stale) = 0;

  /// F5.
  virtual void reload() {}

  /// Ctrl+F; pages without a filter ignore it.
  virtual void focusFilter() {}

  /// Everything this page shows at first has arrived.
  virtual bool ready() const = 0;

 protected:
  Desk desk_;
};

}  // namespace mtpool::gui
