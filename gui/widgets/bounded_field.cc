// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/bounded_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVariant>

#include "gui/link/plain_text.h"
#include "gui/widgets/badge.h"
#include "gui/widgets/plain_label.h"
#include "gui/widgets/setting_rules.h"
#include "gui/widgets/step_edit.h"

namespace mtpool::gui {
namespace {

constexpr int kEditorWidth = 150;
constexpr int kUnitWidth = 28;

bool isNumber(const pb::Setting& setting) {
  return setting.type() == "int" || setting.type() == "double" || setting.type() == "duration";
}

/// Where the value comes from and, when that is not the default, what the default would be.
QStringList originFacts(const pb::Setting& setting) {
  QStringList facts;
  const auto fallback = plainText(setting.default_value(), 60);
  if (setting.origin() == "default") {
    facts.append(BoundedField::tr("default"));
  } else if (!fallback.isEmpty()) {
    facts.append(BoundedField::tr("default %1").arg(fallback));
  }
  if (setting.pinned()) {
    facts.append(BoundedField::tr("set in mtpoold's environment"));
  } else if (setting.read_only()) {
    facts.append(BoundedField::tr("only in the file"));
  } else if (setting.origin() == "file") {
    facts.append(BoundedField::tr("from the file"));
  }
  return facts;
}

}  // namespace

BoundedField::BoundedField(const pb::Setting& setting, QWidget* parent) : QFrame(parent), setting_(setting) {
  setProperty("role", QStringLiteral("row"));
  title_ = new PlainLabel("title");
  help_ = new PlainLabel("muted");
  help_->setWordWrap(true);
  facts_ = new PlainLabel("muted");
  facts_->setElided(true);
  message_ = new PlainLabel("bad");
  message_->setWordWrap(true);
  unit_ = new PlainLabel("muted");
  unit_->setFixedWidth(kUnitWidth);
  effect_ = new Badge;
  effect_->setFramed(true);
  origin_ = new Badge;
  origin_->setFramed(true);
  buildEditor();
  editor_->setFixedWidth(kEditorWidth);

  conflictBar_ = new QWidget;
  conflict_ = new PlainLabel("warn");
  conflict_->setWordWrap(true);
  auto* theirs = new QPushButton(tr("Take theirs"));
  auto* mine = new QPushButton(tr("Keep mine"));
  for (auto* button : {theirs, mine}) {
    button->setProperty("role", QStringLiteral("link"));
  }
  auto* conflictLayout = new QHBoxLayout(conflictBar_);
  conflictLayout->setContentsMargins(0, 0, 0, 0);
  conflictLayout->addWidget(conflict_, 1);
  conflictLayout->addWidget(theirs);
  conflictLayout->addWidget(mine);
  connect(theirs, &QPushButton::clicked, this, [this] { Q_EMIT conflictResolved(true); });
  connect(mine, &QPushButton::clicked, this, [this] { Q_EMIT conflictResolved(false); });

  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(16, 10, 12, 10);
  layout->setHorizontalSpacing(12);
  layout->setVerticalSpacing(3);
  layout->setColumnStretch(0, 1);
  layout->addLayout(buildHead(), 0, 0);
  layout->addWidget(help_, 1, 0);
  layout->addWidget(facts_, 2, 0);
  layout->addWidget(editor_, 0, 1, 3, 1, Qt::AlignVCenter);
  layout->addWidget(unit_, 0, 2, 3, 1, Qt::AlignVCenter);
  layout->addWidget(message_, 3, 0, 1, 3);
  layout->addWidget(conflictBar_, 4, 0, 1, 3);
  conflictBar_->hide();
  message_->hide();
  describe(setting);
}

QHBoxLayout* BoundedField::buildHead() {
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(title_);
  head->addWidget(effect_);
  head->addWidget(origin_);
  head->addStretch();
  return head;
}

void BoundedField::buildEditor() {
  if (setting_.type() == "bool") {
    editor_ = flag_ = new QCheckBox;
    connect(flag_, &QCheckBox::toggled, this, [this](bool on) {
      flag_->setText(on ? tr("on") : tr("off"));
      Q_EMIT edited(text());
    });
  } else if (setting_.type() == "choice") {
    editor_ = choice_ = new QComboBox;
    for (const auto& each : setting_.choices()) {
      choice_->addItem(plainText(each, kMaxCellChars), QString::fromStdString(each));
    }
    connect(choice_, qOverload<int>(&QComboBox::activated), this, [this] { Q_EMIT edited(text()); });
  } else if (isNumber(setting_)) {
    editor_ = number_ = new StepEdit;
    connect(number_, &StepEdit::textEdited, this, &BoundedField::edited);
  } else {
    editor_ = line_ = new QLineEdit;
    line_->setEchoMode(setting_.secret() ? QLineEdit::Password : QLineEdit::Normal);
    connect(line_, &QLineEdit::textEdited, this, &BoundedField::edited);
  }
}

void BoundedField::describe(const pb::Setting& setting) {
  setting_ = setting;
  const auto title = plainText(setting.title().empty() ? setting.key() : setting.title(), 120);
  title_->setText(title);
  help_->setText(plainText(setting.help(), 600));
  unit_->setText(plainText(setting.unit(), 8));
  effect_->set(setting.restart_pending() ? Tone::Warn : Tone::Neutral, setting.restart_pending()
                                                                           ? tr("restart pending")
                                                                       : setting.live() ? tr("live")
                                                                                        : tr("at restart"));
  const bool fixed = setting.pinned() || setting.read_only();
  origin_->setVisible(fixed);
  origin_->set(Tone::Accent, setting.pinned() ? tr("pinned") : tr("read-only"));
  QStringList facts{plainText(setting.key(), 120)};
  if (const auto range = settingRange(setting); !range.isEmpty()) {
    facts.append(range);
  }
  facts.append(originFacts(setting));
  facts_->setText(facts.join(QStringLiteral(" · ")));
  editor_->setAccessibleName(title);
  editor_->setAccessibleDescription(help_->text() + QLatin1Char(' ') + facts_->text());
  if (number_) {
    number_->setBounds(settingNumber(setting, plainText(setting.min())).value_or(0),
                       settingNumber(setting, plainText(setting.max())).value_or(1e15));
  }
  editor_->setToolTip(
      setting.pinned()      ? plainToolTip(tr("Pinned: set in the environment of mtpoold. Change it there."))
      : setting.read_only() ? plainToolTip(tr("Can be changed only in the file, never through a program."))
                            : QString());
  setEditable(allowed_);
}

QString BoundedField::text() const {
  return number_   ? number_->text()
         : flag_   ? (flag_->isChecked() ? QStringLiteral("true") : QStringLiteral("false"))
         : choice_ ? choice_->currentData().toString()
                   : line_->text();
}

void BoundedField::setText(const QString& text) {
  const QSignalBlocker quiet(editor_);
  if (number_) {
    number_->setText(text);
  } else if (flag_) {
    flag_->setChecked(text == QLatin1String("true"));
    flag_->setText(flag_->isChecked() ? tr("on") : tr("off"));
  } else if (choice_) {
    choice_->setCurrentIndex(choice_->findData(text));
  } else if (line_->text() != text) {
    line_->setText(text);
  }
}

void BoundedField::setEditable(bool editable) {
  allowed_ = editable;
  editor_->setEnabled(editable && !setting_.pinned() && !setting_.read_only());
}

bool BoundedField::editable() const {
  return editor_->isEnabled();
}

void BoundedField::setProblem(const QString& problem) {
  problem_ = problem;
  showMessage();
}

void BoundedField::setWarning(const QString& warning) {
  warning_ = warning;
  showMessage();
}

QString BoundedField::message() const {
  return problem_.isEmpty() ? warning_ : problem_;
}

void BoundedField::showMessage() {
  const bool bad = !problem_.isEmpty();
  if (editor_->property("invalid").toBool() != bad) {
    editor_->setProperty("invalid", bad);
    editor_->style()->unpolish(editor_);
    editor_->style()->polish(editor_);
  }
  message_->setRole(bad ? "bad" : "warn");
  message_->setText(message());
  message_->setVisible(!message().isEmpty());
}

void BoundedField::setConflict(const QString& conflict) {
  conflict_->setText(conflict);
  conflictBar_->setVisible(!conflict.isEmpty());
}

}  // namespace mtpool::gui
