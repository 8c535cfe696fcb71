// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/config_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <QVariant>

#include "gui/app/contact_text.h"
#include "gui/link/plain_text.h"
#include "gui/widgets/bounded_field.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/plain_label.h"
#include "gui/widgets/setting_rules.h"

namespace mtpool::gui {
namespace {

constexpr char kGroup[] = "pool";
constexpr char kIdleKey[] = "MTPROTO_IDLE_TIMEOUT";
constexpr char kSessionKey[] = "MTPROTO_SESSION_TIMEOUT";
constexpr int kDraftWidth = 364;
constexpr int kMaxCommentChars = 500;

}  // namespace

ConfigPage::ConfigPage(const Desk& desk) : Page(desk), draft_(desk.mirror) {
  build();
  connect(&desk_.mirror, &Mirror::settingsChanged, this, [this] {
    draft_.reconcile();
    settleSent();
    syncFields();
    refresh();
  });
  connect(&desk_.link, &EngineLink::stateChanged, this, &ConfigPage::refresh);
  refresh();
}

void ConfigPage::build() {
  auto* heading = new QHBoxLayout;
  heading->addWidget(new PlainLabel("heading", tr("Pool config")));
  heading->addSpacing(12);
  file_ = new PlainLabel("muted");
  file_->setElided(true);
  heading->addWidget(file_, 1);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(12);
  columns->addWidget(buildForm(), 1);
  columns->addWidget(buildDraftCard());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 16, 20, 16);
  layout->setSpacing(14);
  layout->addLayout(heading);
  layout->addLayout(columns, 1);
}

QWidget* ConfigPage::buildForm() {
  auto* card = new QFrame;
  card->setProperty("role", QStringLiteral("card"));
  auto* inside = new QWidget;
  form_ = new QVBoxLayout(inside);
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setSpacing(0);
  form_->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setStyleSheet(QStringLiteral("background: transparent"));
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(inside);
  scroll_ = scroll;
  empty_ = new EmptyState;
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(1, 1, 1, 1);
  layout->addWidget(scroll_);
  layout->addWidget(empty_);
  return card;
}

QWidget* ConfigPage::buildDraftCard() {
  auto* card = new QFrame;
  card->setProperty("role", QStringLiteral("card"));
  card->setFixedWidth(kDraftWidth);
  diff_ = new PlainLabel("code");
  diff_->setWordWrap(true);
  diff_->setAccessibleName(tr("What will change"));
  comment_ = new QLineEdit;
  comment_->setPlaceholderText(tr("Why? Kept with the change"));
  comment_->setAccessibleName(tr("Comment"));
  comment_->setMaxLength(kMaxCommentChars);
  outcome_ = new PlainLabel("muted");
  outcome_->setWordWrap(true);
  reason_ = new PlainLabel("warn");
  reason_->setWordWrap(true);
  command_ = new PlainLabel("code");
  command_->setWordWrap(true);
  command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  discard_ = new QPushButton(tr("Discard"));
  check_ = new QPushButton(tr("Dry run"));
  apply_ = new QPushButton(tr("Apply changes"));
  apply_->setProperty("role", QStringLiteral("primary"));
  copy_ = new QPushButton(tr("Copy command"));
  copy_->setProperty("role", QStringLiteral("link"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(discard_);
  buttons->addStretch();
  buttons->addWidget(check_);
  buttons->addWidget(apply_);
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(16, 14, 16, 14);
  layout->setSpacing(10);
  layout->addWidget(new PlainLabel("title", tr("What will change")));
  layout->addWidget(diff_);
  layout->addWidget(comment_);
  layout->addWidget(reason_);
  layout->addLayout(buttons);
  layout->addWidget(outcome_);
  layout->addStretch();
  layout->addWidget(new PlainLabel("muted", tr("The same in a terminal")));
  layout->addWidget(command_);
  layout->addWidget(copy_, 0, Qt::AlignRight);
  connect(comment_, &QLineEdit::textEdited, this, &ConfigPage::refreshDraftCard);
  connect(copy_, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(command_->text()); });
  connect(check_, &QPushButton::clicked, this, [this] { apply(true); });
  connect(apply_, &QPushButton::clicked, this, [this] { apply(false); });
  connect(discard_, &QPushButton::clicked, this, [this] {
    draft_.clear();
    refusals_.clear();
    outcome_->clear();
    syncFields();
    refresh();
  });
  return card;
}

void ConfigPage::setActive(bool active) {
  desk_.link.setSubscribed(pb::TOPIC_SETTINGS, active);
}

void ConfigPage::setStale(bool stale) {
  if (stale_ != stale) {
    stale_ = stale;
    refresh();
  }
}

void ConfigPage::reload() {
  desk_.link.setSubscribed(pb::TOPIC_SETTINGS, false);
  desk_.link.setSubscribed(pb::TOPIC_SETTINGS, true);
}

BoundedField* ConfigPage::findField(const QString& key) const {
  const auto known = fields_.find(key);
  return known == fields_.end() ? nullptr : known->second;
}

bool ConfigPage::mayChange() const {
  return desk_.link.online() && desk_.link.welcome().role() == pb::ROLE_ADMIN;
}

/// Makes fields for new keys and gives every field the text it should show.
void ConfigPage::syncFields() {
  for (const auto& setting : desk_.mirror.settings()) {
    if (setting.group() != kGroup) {
      continue;
    }
    const auto key = QString::fromStdString(setting.key());
    auto*& field = fields_[key];
    if (!field) {
      field = new BoundedField(setting);
      form_->insertWidget(form_->count() - 1, field);
      connect(field, &BoundedField::edited, this, [this, key](const QString& text) {
        draft_.edit(key, text);
        refusals_.erase(key);
        outcome_->clear();
        refresh();
      });
      connect(field, &BoundedField::conflictResolved, this, [this, key](bool takeTheirs) {
        takeTheirs ? draft_.drop(key) : draft_.keepMine(key);
        syncFields();
        refresh();
      });
    }
    field->describe(setting);
    field->setText(draft_.text(key));
  }
}

void ConfigPage::refresh() {
  const bool any = !fields_.empty();
  scroll_->setVisible(any);
  empty_->setVisible(!any);
  if (!any) {
    empty_->set(tr("No settings to show yet"),
                tr("The form is made from what the engine says about its settings; it appears with the first "
                   "contact."),
                QStringLiteral("mtpoolctl config show"));
  }
  file_->setText(desk_.mirror.hasSettings() ? tr("revision %1").arg(desk_.mirror.settingsVersion())
                                            : QString());
  for (const auto& [key, field] : fields_) {
    refreshField(key, *field);
  }
  refreshDraftCard();
}

void ConfigPage::refreshField(const QString& key, BoundedField& field) {
  field.setEditable(mayChange());
  const bool edited = draft_.isEdited(key);
  const auto refusal = refusals_.find(key);
  field.setProblem(refusal != refusals_.end() ? refusal->second
                   : edited                   ? settingProblem(field.setting(), draft_.text(key))
                                              : QString());
  field.setWarning(key == QLatin1String(kIdleKey) ? orderWarning() : QString());
  field.setConflict(draft_.hasConflict(key) ? tr("Changed elsewhere to %1 while you were editing.")
                                                  .arg(plainText(field.setting().value(), kMaxCellChars))
                                            : QString());
}

QString ConfigPage::orderWarning() const {
  const auto idle = fields_.find(QLatin1String(kIdleKey));
  const auto session = fields_.find(QLatin1String(kSessionKey));
  if (idle == fields_.end() || session == fields_.end()) {
    return {};
  }
  const auto idleTime = settingNumber(idle->second->setting(), draft_.text(idle->first));
  const auto sessionTime = settingNumber(session->second->setting(), draft_.text(session->first));
  return idleTime && sessionTime && *idleTime >= *sessionTime
             ? tr("Not below the session timeout: sessions will end before they count as idle.")
             : QString();
}

void ConfigPage::refreshDraftCard() {
  const auto edits = draft_.edits();
  QStringList lines;
  bool valid = true;
  for (const auto& edit : edits) {
    const auto shown = [&](const QString& value) {
      return edit.secret ? QStringLiteral("••••") : plainText(value, kMaxCellChars);
    };
    lines.append(
        QStringLiteral("− %1=%2\n+ %1=%3\n  %4")
            .arg(edit.key, shown(edit.before), shown(edit.after), edit.live ? tr("live") : tr("at restart")));
    const auto* field = findField(edit.key);
    valid = valid && field && settingProblem(field->setting(), edit.after).isEmpty();
  }
  diff_->setText(lines.isEmpty() ? tr("Nothing edited") : lines.join(QStringLiteral("\n")));
  const auto command = equivalentCommand(edits, comment_->text());
  command_->setText(command.isEmpty() ? QStringLiteral("mtpoolctl config show") : command);
  QString reason;
  if (!desk_.link.online()) {
    reason = tr("No contact with the engine: edits are kept and can be applied later.");
  } else if (!mayChange()) {
    reason = tr("Your role is %1; changing settings needs admin.").arg(roleName(desk_.link.welcome().role()));
  } else if (draft_.hasConflicts()) {
    reason = tr("Decide the conflicts first.");
  } else if (!valid) {
    reason = tr("Correct the marked fields first.");
  }
  reason_->setText(reason);
  reason_->setVisible(!reason.isEmpty());
  const bool can = reason.isEmpty() && !edits.empty() && !sending_;
  apply_->setEnabled(can);
  check_->setEnabled(can);
  discard_->setEnabled(!edits.empty() && !sending_);
}

void ConfigPage::apply(bool dryRun) {
  pb::Envelope envelope;
  auto* request = envelope.mutable_set_settings();
  sent_.clear();
  for (const auto& edit : draft_.edits()) {
    sent_[edit.key] = edit.after;
    auto* change = request->add_changes();
    change->set_key(edit.key.toStdString());
    change->set_value(edit.after.toStdString());
  }
  request->set_dry_run(dryRun);
  request->set_comment(comment_->text().trimmed().toStdString());
  request->set_expected_version(desk_.mirror.settingsVersion());
  refusals_.clear();
  sending_ = true;
  outcome_->setText(tr("Asking the engine …"));
  refresh();
  desk_.link.request(std::move(envelope), this,
                     [this, dryRun](const pb::Envelope& reply) { onReply(reply, dryRun); });
}

void ConfigPage::onReply(const pb::Envelope& reply, bool dryRun) {
  sending_ = false;
  outcome_->setRole(reply.has_failure() ? "bad" : "muted");
  if (reply.has_failure()) {
    const auto text = failureText(reply.failure());
    const auto key = QString::fromStdString(reply.failure().setting());
    if (fields_.count(key) > 0) {
      refusals_[key] = text;
      outcome_->setText(tr("Refused; nothing was changed. See the marked field."));
    } else {
      outcome_->setText(text);
    }
    refresh();
    return;
  }
  QStringList said{dryRun ? tr("Dry run: the engine would accept this.")
                          : tr("Applied as revision %1.").arg(reply.set_settings_reply().version())};
  for (const auto& key : reply.set_settings_reply().restart_required()) {
    said.append(tr("%1 takes effect at the next restart.").arg(plainText(key, 120)));
  }
  for (const auto& warning : reply.set_settings_reply().warnings()) {
    said.append(plainText(warning, 400));
  }
  outcome_->setText(said.join(QLatin1Char('\n')));
  if (!dryRun) {
    comment_->clear();
    sentVersion_ = reply.set_settings_reply().version();
    settleSent();
  }
  refresh();
}

/// Ends the edits that were applied, once the engine's own news shows them, perhaps written differently
/// ("15m").
void ConfigPage::settleSent() {
  if (sentVersion_ == 0 || desk_.mirror.settingsVersion() < sentVersion_) {
    return;
  }
  for (const auto& [key, text] : sent_) {
    if (draft_.text(key) == text) {
      draft_.drop(key);
    }
  }
  sent_.clear();
  sentVersion_ = 0;
  syncFields();
}

}  // namespace mtpool::gui
