// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/main_window.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <QVariant>

#include "gui/app/config_page.h"
#include "gui/app/contact_text.h"
#include "gui/app/overview_page.h"
#include "gui/app/sessions_page.h"
#include "gui/app/shortcut_sheet.h"
#include "gui/app/status_strip.h"
#include "gui/widgets/badge.h"
#include "gui/widgets/banner.h"

namespace mtpool::gui {
namespace {

constexpr int kRailWidth = 188;
constexpr int kTickMs = 1000;
constexpr char kIconProperty[] = "iconName";

/// Widgets that need the space bar and the question mark themselves.
bool takesText(const QWidget* widget) {
  return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
         qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QComboBox*>(widget);
}

}  // namespace

MainWindow::MainWindow(const Desk& desk) : desk_(desk) {
  setMinimumSize(960, 600);
  resize(1280, 800);
  rail_ = new QFrame;
  rail_->setProperty("role", QStringLiteral("rail"));
  rail_->setFixedWidth(kRailWidth);
  auto* railLayout = new QVBoxLayout(rail_);
  railLayout->setContentsMargins(8, 12, 8, 8);
  railLayout->setSpacing(4);
  railLayout->addStretch();
  railGroup_ = new QButtonGroup(this);
  stack_ = new QStackedWidget;
  banner_ = new Banner;
  strip_ = new StatusStrip(desk_);

  auto* central = new QWidget;
  auto* outer = new QVBoxLayout(central);
  auto* middle = new QHBoxLayout;
  auto* right = new QVBoxLayout;
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  middle->setSpacing(0);
  right->setSpacing(0);
  outer->addWidget(buildTopBar());
  outer->addLayout(middle, 1);
  outer->addWidget(strip_);
  middle->addWidget(rail_);
  middle->addLayout(right, 1);
  right->addWidget(banner_);
  right->addWidget(stack_, 1);
  setCentralWidget(central);
  sheet_ = new ShortcutSheet(this);

  addPage(QStringLiteral("overview"), tr("Overview"), "speedometer", new OverviewPage(desk_));
  addPage(QStringLiteral("config"), tr("Pool config"), "settings-configure", new ConfigPage(desk_));
  addPage(QStringLiteral("sessions"), tr("Sessions"), "view-list-details", new SessionsPage(desk_));
  addShortcuts();
  qApp->installEventFilter(this);

  connect(&desk_.link, &EngineLink::itemReceived, &desk_.mirror, &Mirror::apply);
  connect(&desk_.link, &EngineLink::stateChanged, this, &MainWindow::refreshContact);
  connect(&desk_.link, &EngineLink::latencyChanged, strip_, &StatusStrip::refresh);
  connect(&desk_.mirror, &Mirror::staleChanged, this, &MainWindow::refreshContact);
  connect(banner_, &Banner::actionTriggered, &desk_.link, &EngineLink::retryNow);
  connect(&Theme::instance(), &Theme::changed, this, &MainWindow::refreshIcons);
  tick_.setInterval(kTickMs);
  connect(&tick_, &QTimer::timeout, this, [this] {
    desk_.mirror.tick();
    refreshContact();
    page()->tick();
  });
  tick_.start();
  desk_.link.setSubscribed(pb::TOPIC_STATUS, true);
  refreshIcons();
  showPage(pages_.front().name);
  refreshContact();
}

MainWindow::~MainWindow() {
  qApp->removeEventFilter(this);
}

void MainWindow::addPage(const QString& name, const QString& title, const char* icon, Page* page) {
  auto* button = new QToolButton;
  button->setProperty("role", QStringLiteral("rail"));
  button->setProperty(kIconProperty, QLatin1String(icon));
  button->setText(title);
  button->setCheckable(true);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  button->setIconSize(QSize(22, 22));
  const int index = static_cast<int>(pages_.size());
  button->setToolTip(QStringLiteral("Ctrl+%1").arg(index + 1));
  static_cast<QVBoxLayout*>(rail_->layout())->insertWidget(index, button);
  railGroup_->addButton(button, index);
  stack_->addWidget(page);
  pages_.push_back({name, page, button});
  connect(button, &QToolButton::clicked, this, [this, index] { activate(index); });
  auto* key = new QShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(index + 1)), this);
  connect(key, &QShortcut::activated, this, [this, index] { activate(index); });
}

QFrame* MainWindow::buildTopBar() {
  auto* bar = new QFrame;
  bar->setProperty("role", QStringLiteral("topbar"));
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(16, 7, 12, 7);
  layout->setSpacing(8);
  engine_ = new Badge;
  layout->addWidget(new PlainLabel("brand", tr("mtpool Console")));
  layout->addSpacing(16);
  layout->addWidget(engine_);
  layout->addStretch();
  pause_ = addTopButton(layout, "media-playback-pause", tr("Pause (Space)"));
  connect(pause_, &QToolButton::clicked, this, [this] { setPaused(!paused_); });
  auto* again = addTopButton(layout, "view-refresh", tr("Ask again (F5)"));
  connect(again, &QToolButton::clicked, this, &MainWindow::reload);
  auto* theme = addTopButton(layout, "contrast", tr("Light or dark"));
  connect(theme, &QToolButton::clicked, this, &MainWindow::themeToggled);
  auto* help = addTopButton(layout, "help-contents", tr("Keyboard shortcuts (F1)"));
  connect(help, &QToolButton::clicked, this, [this] { sheet_->toggle(); });
  return bar;
}

QToolButton* MainWindow::addTopButton(QLayout* layout, const char* icon, const QString& name) {
  auto* button = new QToolButton;
  button->setProperty(kIconProperty, QLatin1String(icon));
  button->setToolTip(name);
  button->setAccessibleName(name);
  button->setIconSize(QSize(22, 22));
  layout->addWidget(button);
  return button;
}

void MainWindow::addShortcuts() {
  const auto on = [this](const QKeySequence& key, auto action) {
    connect(new QShortcut(key, this), &QShortcut::activated, this, action);
  };
  on(QKeySequence::Find, [this] { page()->focusFilter(); });
  on(QKeySequence(Qt::Key_F5), [this] { reload(); });
  on(QKeySequence(Qt::Key_F1), [this] { sheet_->toggle(); });
  on(QKeySequence(QStringLiteral("Ctrl+Q")), [this] { close(); });
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  // Space and ? act on the window wherever the focus is, except where they are typed or press a button.
  if (event->type() == QEvent::KeyPress && isActiveWindow() && watched == QApplication::focusWidget()) {
    const auto* widget = static_cast<QWidget*>(watched);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isButton = qobject_cast<const QAbstractButton*>(widget) != nullptr;
    if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier && !isButton &&
        !takesText(widget)) {
      setPaused(!paused_);
      return true;
    }
    if (key->text() == QLatin1String("?") && !takesText(widget) && widget != sheet_) {
      sheet_->toggle();
      return true;
    }
  }
  return QMainWindow::eventFilter(watched, event);
}

void MainWindow::showPage(const QString& name) {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    if (pages_[i].name == name) {
      activate(static_cast<int>(i));
    }
  }
}

Page* MainWindow::page() const {
  return pages_.at(static_cast<std::size_t>(current_)).page;
}

void MainWindow::activate(int index) {
  if (index == current_) {
    return;
  }
  if (current_ >= 0) {
    page()->setActive(false);
  }
  current_ = index;
  pages_.at(static_cast<std::size_t>(index)).button->setChecked(true);
  stack_->setCurrentIndex(index);
  pages_.at(static_cast<std::size_t>(index)).button->setFocus();
  page()->setStale(desk_.mirror.stale());
  page()->setActive(true);
  page()->setPaused(paused_);
}

void MainWindow::setPaused(bool paused) {
  paused_ = paused;
  page()->setPaused(paused);
  pause_->setProperty(kIconProperty, paused ? QStringLiteral("media-playback-start")
                                            : QStringLiteral("media-playback-pause"));
  pause_->setToolTip(paused ? tr("Go on (Space)") : tr("Pause (Space)"));
  pause_->setAccessibleName(pause_->toolTip());
  refreshIcons();
  refreshContact();
}

void MainWindow::reload() {
  desk_.link.retryNow();
  page()->reload();
}

void MainWindow::refreshContact() {
  desk_.mirror.setOnline(desk_.link.online());
  const auto text = contactBanner(desk_);
  if (text.isEmpty()) {
    banner_->hide();
  } else {
    banner_->show(text, desk_.link.state() == EngineLink::State::Waiting ? tr("Retry now") : QString());
  }
  const bool stale = desk_.mirror.stale();
  const QString name = engineName(desk_);
  engine_->set(desk_.link.online() ? (stale ? Tone::Warn : Tone::Good) : Tone::Neutral,
               paused_ ? tr("%1 · paused").arg(name) : name);
  setWindowTitle(tr("%1 – mtpool Console").arg(name));
  strip_->refresh();
  page()->setStale(stale);
}

void MainWindow::refreshIcons() {
  for (auto* button : findChildren<QToolButton*>()) {
    const auto name = button->property(kIconProperty).toString();
    if (!name.isEmpty()) {
      button->setIcon(Theme::instance().icon(name));
    }
  }
}

QString MainWindow::bannerText() const {
  return banner_->isHidden() ? QString() : banner_->text();
}

QString MainWindow::statusText() const {
  return strip_->text();
}

void MainWindow::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings.setValue(QStringLiteral("window/page"), pages_.at(static_cast<std::size_t>(current_)).name);
}

void MainWindow::restoreState(QSettings& settings) {
  restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
  showPage(settings.value(QStringLiteral("window/page")).toString());
}

}  // namespace mtpool::gui
