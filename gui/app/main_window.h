// SPDX-License-Identifier: GPL-3.0-or-later
// The window: rail, top bar, banner, one page at a time, status strip. Owns no data; carries items from the
// link to the mirror and lets the shown page draw.
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <vector>

#include "gui/app/page.h"

class QButtonGroup;
class QFrame;
class QSettings;
class QStackedWidget;
class QToolButton;

namespace mtpool::gui {

class Badge;
class Banner;
class ShortcutSheet;
class StatusStrip;

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(const Desk& desk);
  ~MainWindow() override;

  /// By the names of pageNames().
  void showPage(const QString& name);
  Page* page() const;
  void setPaused(bool paused);

  bool paused() const { return paused_; }

  QString bannerText() const;
  QString statusText() const;

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 Q_SIGNALS:
  void themeToggled();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Entry {
    QString name;
    Page* page;
    QToolButton* button;
  };

  void addPage(const QString& name, const QString& title, const char* icon, Page* page);
  QFrame* buildTopBar();
  QToolButton* addTopButton(QLayout* layout, const char* icon, const QString& name);
  void addShortcuts();
  void activate(int index);
  void reload();
  void refreshContact();
  void refreshIcons();

  Desk desk_;
  QTimer tick_;
  std::vector<Entry> pages_;
  int current_ = -1;
  bool paused_ = false;
  QFrame* rail_;
  QButtonGroup* railGroup_;
  QStackedWidget* stack_;
  Banner* banner_;
  Badge* engine_ = nullptr;
  QToolButton* pause_ = nullptr;
  StatusStrip* strip_;
  ShortcutSheet* sheet_;
};

}  // namespace mtpool::gui
