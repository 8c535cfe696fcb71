// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/status_strip.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVariant>

#include "gui/app/contact_text.h"
#include "gui/link/plain_text.h"
#include "gui/widgets/badge.h"
#include "gui/widgets/format.h"
#include "gui/widgets/plain_label.h"

namespace mtpool::gui {

StatusStrip::StatusStrip(const Desk& desk, QWidget* parent) : QFrame(parent), desk_(desk) {
  setProperty("role", QStringLiteral("statusbar"));
  state_ = new Badge;
  facts_ = new PlainLabel("muted");
  facts_->setElided(true);
  time_ = new PlainLabel("muted");
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 5, 14, 5);
  layout->setSpacing(12);
  layout->addWidget(state_);
  layout->addWidget(facts_, 1);
  layout->addWidget(time_);
  refresh();
}

void StatusStrip::refresh() {
  const auto& link = desk_.link;
  const auto& mirror = desk_.mirror;
  QStringList facts;
  if (link.online()) {
    state_->set(mirror.stale() ? Tone::Warn : Tone::Good, mirror.stale() ? tr("silent") : tr("connected"));
    facts.append(link.peerName());
    if (link.latencyMs() >= 0) {
      facts.append(tr("%1 ms").arg(link.latencyMs()));
    }
  } else {
    state_->set(link.hasTried() ? Tone::Bad : Tone::Neutral,
                link.hasTried() ? tr("offline") : tr("connecting"));
    facts.append(link.problem().isEmpty() ? link.peerName() : link.problem());
  }
  if (mirror.ageMs() >= 0) {
    facts.append(
        tr("data %1 s old").arg(QLocale().toString(static_cast<double>(mirror.ageMs()) / 1000, 'f', 1)));
  }
  if (link.online()) {
    facts.append(tr("engine %1").arg(plainText(link.welcome().engine_version(), 32)));
    facts.append(tr("role %1").arg(roleName(link.welcome().role())));
  }
  facts_->setText(facts.join(QStringLiteral(" · ")));
  time_->setText(tr("%1 UTC").arg(formatUtcTime(desk_.clock.wallMs())));
  setAccessibleName(text());
}

QString StatusStrip::text() const {
  return state_->text() + QStringLiteral(" · ") + facts_->text();
}

}  // namespace mtpool::gui
