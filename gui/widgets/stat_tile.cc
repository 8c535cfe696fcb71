// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/stat_tile.h"

#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>
#include <algorithm>

namespace mtpool::gui {
namespace {

constexpr int kBarHeight = 6;
constexpr int kMarkOverhang = 3;

}  // namespace

GaugeBar::GaugeBar(QWidget* parent) : QWidget(parent) {
  setFixedHeight(kBarHeight + 2 * kMarkOverhang);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GaugeBar::set(double share, double threshold, Tone tone) {
  share_ = share;
  threshold_ = threshold;
  tone_ = tone;
  update();
}

void GaugeBar::paintEvent(QPaintEvent*) {
  if (share_ < 0) {
    return;
  }
  const auto& theme = Theme::instance();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  const QRectF groove(0, kMarkOverhang, width(), kBarHeight);
  painter.setBrush(theme.colors().border);
  painter.drawRoundedRect(groove, 3, 3);
  QRectF filled = groove;
  filled.setWidth(std::max(share_ > 0 ? double{kBarHeight} : 0.0, groove.width() * std::min(1.0, share_)));
  painter.setBrush(theme.tone(tone_));
  painter.drawRoundedRect(filled, 3, 3);
  if (threshold_ > 0 && threshold_ <= 1) {
    painter.setBrush(theme.colors().text);
    painter.drawRect(QRectF(std::min(width() * threshold_, width() - 2.0), 0, 2, height()));
  }
}

StatTile::StatTile(const QString& title, QWidget* parent) : QFrame(parent) {
  setProperty("role", QStringLiteral("card"));
  title_ = new PlainLabel("muted", title);
  value_ = new PlainLabel("value");
  caption_ = new PlainLabel("muted");
  caption_->setElided(true);
  gauge_ = new GaugeBar;
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 10, 14, 10);
  layout->setSpacing(3);
  layout->addWidget(title_);
  layout->addWidget(value_);
  layout->addWidget(caption_);
  layout->addWidget(gauge_);
}

void StatTile::setValue(const QString& value, const QString& caption) {
  if (value_->text() != value) {
    value_->setText(value);
  }
  if (caption_->text() != caption) {
    caption_->setText(caption);
  }
  setAccessibleName(QStringLiteral("%1: %2, %3").arg(title_->text(), value, caption));
}

void StatTile::setGauge(double share, double threshold, Tone tone) {
  gauge_->set(share, threshold, tone);
}

void StatTile::setStale(bool stale) {
  value_->setProperty("stale", stale);
  value_->style()->unpolish(value_);
  value_->style()->polish(value_);
}

}  // namespace mtpool::gui
