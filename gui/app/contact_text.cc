// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/contact_text.h"

#include <QCoreApplication>

#include "gui/link/plain_text.h"
#include "gui/widgets/format.h"

namespace mtpool::gui {
namespace {

constexpr int kMaxNameChars = 64;

struct ContactText {
  Q_DECLARE_TR_FUNCTIONS(ContactText)
};

}  // namespace

QString engineName(const Desk& desk) {
  const auto name = plainText(desk.link.welcome().engine_name(), kMaxNameChars);
  return name.isEmpty() ? desk.link.peerName() : name;
}

QString contactBanner(const Desk& desk) {
  const auto& mirror = desk.mirror;
  const bool hasData = mirror.ageMs() >= 0;
  const QString age = formatSpan(mirror.ageMs() / 1000);
  const QString of = formatUtcTime(mirror.lastNewsWallMs());
  if (desk.link.online()) {
    return hasData && mirror.stale()
               ? ContactText::tr("%1 is connected but silent for %2; showing data of %3.")
                     .arg(engineName(desk), age, of)
               : QString();
  }
  if (!desk.link.hasTried()) {
    return {};
  }
  const QString next = desk.link.state() == EngineLink::State::Waiting
                           ? ContactText::tr("Next try in %1 s.").arg((desk.link.nextTryMs() + 999) / 1000)
                           : ContactText::tr("Trying now.");
  if (!hasData) {
    return QStringLiteral("%1 %2").arg(desk.link.problem(), next);
  }
  return ContactText::tr("No contact with %1 for %2; showing data of %3. %4")
      .arg(engineName(desk), age, of, next);
}

QString roleName(pb::Role role) {
  switch (role) {
    case pb::ROLE_VIEWER:
      return ContactText::tr("viewer");
    case pb::ROLE_OPERATOR:
      return ContactText::tr("operator");
    case pb::ROLE_ADMIN:
      return ContactText::tr("admin");
    default:
      return ContactText::tr("unknown");
  }
}

}  // namespace mtpool::gui
