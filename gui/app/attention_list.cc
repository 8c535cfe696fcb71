// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/attention_list.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <QVariant>

#include "gui/link/plain_text.h"
#include "gui/widgets/badge.h"
#include "gui/widgets/format.h"
#include "gui/widgets/plain_label.h"

namespace mtpool::gui {
namespace {

constexpr int kMaxTextChars = 400;

QString accountText(const pb::Account& account, qint64 nowUs) {
  QString text = plainText(account.why(), kMaxTextChars);
  if (account.wait_until_us() > nowUs) {
    const auto left = formatSpan((account.wait_until_us() - nowUs) / 1000000);
    text = AttentionList::tr("waits, %1 left").arg(left) +
           (text.isEmpty() ? text : QStringLiteral(" · ") + text);
  }
  return text.isEmpty() ? plainText(account.state(), kMaxTextChars) : text;
}

QWidget* makeRow(const AttentionRow& row) {
  auto* widget = new QWidget;
  auto* badge = new Badge;
  badge->set(row.tone, row.subject);
  auto* text = new PlainLabel("muted", row.text);
  text->setWordWrap(true);
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 4, 0, 6);
  layout->setSpacing(2);
  layout->addWidget(badge);
  layout->addWidget(text);
  widget->setAccessibleName(QStringLiteral("%1: %2").arg(row.subject, row.text));
  return widget;
}

}  // namespace

std::vector<AttentionRow> attentionRows(const Mirror& mirror, std::size_t limit) {
  std::vector<AttentionRow> rows;
  std::size_t more = 0;
  const auto add = [&](AttentionRow row) {
    if (rows.size() < limit) {
      rows.push_back(std::move(row));
    } else {
      ++more;
    }
  };
  for (const auto& condition : mirror.status().conditions()) {
    if (!condition.ok()) {
      add({Tone::Bad, plainText(condition.name(), 80), plainText(condition.text(), kMaxTextChars)});
    }
  }
  const auto nowUs = mirror.engineNowUs();
  for (const auto& [alias, account] : mirror.accounts()) {
    const bool broken = account.state() == "needs_login" || account.state() == "quarantined";
    if (broken || account.wait_until_us() > nowUs) {
      add({broken ? Tone::Bad : Tone::Warn, plainText(alias, 80), accountText(account, nowUs)});
    }
  }
  if (more > 0) {
    rows.push_back({Tone::Neutral, AttentionList::tr("%n more", nullptr, static_cast<int>(more)), {}});
  }
  return rows;
}

AttentionList::AttentionList(QWidget* parent) : QFrame(parent) {
  setProperty("role", QStringLiteral("card"));
  setAccessibleName(tr("Needs attention"));
  auto* content = new QWidget;
  content->setStyleSheet(QStringLiteral("background: transparent"));
  list_ = new QVBoxLayout(content);
  list_->setContentsMargins(0, 0, 8, 0);
  list_->setSpacing(2);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setStyleSheet(QStringLiteral("background: transparent"));
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(content);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 12, 6, 10);
  layout->setSpacing(8);
  layout->addWidget(new PlainLabel("title", tr("Needs attention")));
  layout->addWidget(scroll, 1);
}

void AttentionList::show(const std::vector<AttentionRow>& rows, bool hasData) {
  if (shown_ && hasData == shownData_ && rows == rows_) {
    return;
  }
  shown_ = true;
  shownData_ = hasData;
  rows_ = rows;
  while (auto* item = list_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const auto& row : rows) {
    list_->addWidget(makeRow(row));
  }
  if (rows.empty()) {
    auto* calm = new Badge;
    calm->set(hasData ? Tone::Good : Tone::Neutral,
              hasData ? tr("All conditions are ok") : tr("Nothing known yet"));
    list_->addWidget(calm);
  }
  list_->addStretch();
}

}  // namespace mtpool::gui
