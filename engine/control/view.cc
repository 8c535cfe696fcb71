// SPDX-License-Identifier: Apache-2.0
#include "engine/control/view.h"

#include <fmt/format.h>

#include "engine/control/codec/accounts.h"
#include "engine/control/codec/sessions.h"
#include "engine/control/codec/settings.h"
#include "engine/control/codec/status.h"
#include "engine/control/codec/targets.h"
#include "engine/control/sent_rows.h"

namespace mtpool::control {

namespace {

using admin::Operations;
using admin::Topic;

// The sources of the three table topics: where rows come from, what names one, where they stand in an item.

struct Sessions {
  using Row = v1::Session;
  using Key = std::int64_t;
  static constexpr Topic kTopic = Topic::Sessions;

  static auto load(Operations& operations) { return operations.sessions(); }

  static Key keyOf(const Row& row) { return row.id(); }

  static auto* rowsOf(v1::Item& item) { return item.mutable_sessions(); }

  static void addRemoved(v1::Item& item, const Key& key) { item.add_removed_ids(key); }
};

struct Accounts {
  using Row = v1::Account;
  using Key = std::string;
  static constexpr Topic kTopic = Topic::Accounts;

  static auto load(Operations& operations) { return operations.accounts(); }

  static Key keyOf(const Row& row) { return row.alias(); }

  static auto* rowsOf(v1::Item& item) { return item.mutable_accounts(); }

  static void addRemoved(v1::Item& item, const Key& key) { item.add_removed_names(key); }
};

struct Targets {
  using Row = v1::Target;
  using Key = std::int64_t;
  static constexpr Topic kTopic = Topic::Targets;

  static auto load(Operations& operations) { return operations.targets(); }

  static Key keyOf(const Row& row) { return row.id(); }

  static auto* rowsOf(v1::Item& item) { return item.mutable_targets(); }

  static void addRemoved(v1::Item& item, const Key& key) { item.add_removed_ids(key); }
};

template <class Source>
class TableView final : public View {
 public:
  Topic topic() const override { return Source::kTopic; }

  Task<Result<Answer>> next(Operations& operations) override {
    using Row = typename Source::Row;
    MTP_CO_TRY(const auto models, co_await Source::load(operations));
    std::vector<Row> changed;
    sent_.begin();
    for (const auto& model : models) {
      Row row;
      codec::encode(model, row);
      if (sent_.changed(Source::keyOf(row), row)) {
        changed.push_back(std::move(row));
      }
    }
    const auto removed = sent_.removed();
    if (changed.empty() && removed.empty() && !first_) {
      co_return Answer();
    }
    first_ = false;
    auto parts = inParts(
        changed, [](v1::Envelope& part) { return Source::rowsOf(*part.mutable_item()); },
        [](Row& from, Row& to) { to.Swap(&from); });
    for (const auto& key : removed) {
      Source::addRemoved(*parts.back().mutable_item(), key);
    }
    co_return parts;
  }

 private:
  SentRows<typename Source::Key> sent_;
  bool first_ = true;
};

class StatusView final : public View {
 public:
  Topic topic() const override { return Topic::Status; }

  Task<Result<Answer>> next(Operations& operations) override {
    MTP_CO_TRY(const auto status, co_await operations.status());
    Answer answer(1);
    v1::Item& item = *answer.front().mutable_item();
    codec::encode(status, *item.mutable_status());
    if (first_) {
      first_ = false;
      for (const auto& point : operations.statusHistory()) {
        codec::encode(point, *item.add_history());
      }
    }
    co_return answer;
  }

 private:
  bool first_ = true;
};

class SettingsView final : public View {
 public:
  Topic topic() const override { return Topic::Settings; }

  Task<Result<Answer>> next(Operations& operations) override {
    MTP_CO_TRY(const auto settings, operations.settings(""));
    Answer answer(1);
    codec::encode(settings, *answer.front().mutable_item()->mutable_settings());
    co_return answer;
  }
};

class ProgressView final : public View {
 public:
  explicit ProgressView(std::string target) : target_(std::move(target)) {}

  Topic topic() const override { return Topic::Progress; }

  Task<Result<Answer>> next(Operations& operations) override {
    MTP_CO_TRY(const auto progress, co_await operations.progress(target_));
    Answer answer(1);
    codec::encode(progress, *answer.front().mutable_item()->mutable_progress());
    co_return answer;
  }

 private:
  std::string target_;
};

}  // namespace

Result<std::unique_ptr<View>> makeView(const v1::Subscribe& wanted) {
  std::unique_ptr<View> view;
  switch (wanted.topic()) {
    case v1::TOPIC_STATUS:
      view = std::make_unique<StatusView>();
      break;
    case v1::TOPIC_SESSIONS:
      view = std::make_unique<TableView<Sessions>>();
      break;
    case v1::TOPIC_ACCOUNTS:
      view = std::make_unique<TableView<Accounts>>();
      break;
    case v1::TOPIC_TARGETS:
      view = std::make_unique<TableView<Targets>>();
      break;
    case v1::TOPIC_SETTINGS:
      view = std::make_unique<SettingsView>();
      break;
    case v1::TOPIC_PROGRESS:
      view = std::make_unique<ProgressView>(wanted.target());
      break;
    default:
      return Error(Errc::InvalidArgument,
                   fmt::format("topic {} is not known to this engine", static_cast<int>(wanted.topic())));
  }
  return view;
}

}  // namespace mtpool::control
