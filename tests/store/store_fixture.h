// SPDX-License-Identifier: Apache-2.0
// What tests of the store share: a directory that goes away, a way to await from plain code, pages to commit,
// and a look at the file past the store.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "engine/async/scope.h"
#include "engine/store/message_store.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/statement.h"

namespace mtpool::store {

class TempDirectory {
 public:
  TempDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "mtpool-store-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }

  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  ~TempDirectory() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Runs tasks side by side on one loop until all have ended; their values in the same order.
template <class T>
std::vector<T> finishAll(std::vector<Task<T>> tasks) {
  boost::asio::io_context io;
  async::TaskScope scope(io.get_executor());
  std::vector<std::optional<T>> values(tasks.size());
  const auto one = [](Task<T> task, std::optional<T>& value) -> Task<void> {
    value.emplace(co_await std::move(task));
  };
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    scope.spawn("test", one(std::move(tasks[i]), values[i]));
  }
  io.run();
  std::vector<T> out;
  for (auto& value : values) {
    out.push_back(std::move(*value));
  }
  return out;
}

template <class T>
T finish(Task<T> task) {
  std::vector<Task<T>> tasks;
  tasks.push_back(std::move(task));
  return std::move(finishAll(std::move(tasks)).front());
}

inline constexpr model::ChatId kChat = model::ChatId::ofChannel(77);

/// Rows high … low as Telegram sends them, of ids with texts of their own.
inline model::MessagePage pageOf(model::ChatId chat, std::int64_t low, std::int64_t high,
                                 const std::string& text = "") {
  model::MessagePage page;
  for (std::int64_t id = high; id >= low; --id) {
    auto& row = page.rows.emplace_back();
    row.chat = chat;
    row.messageId = id;
    row.date = 1'700'000'000 + id;
    row.views = id;
    row.text = page.arena.keep(text.empty() ? "message " + std::to_string(id) : text);
  }
  return page;
}

/// The next page down from `cursor`: ids low … high.
inline HistoryCommit commitOf(model::TargetId target, const model::Cursor& previous, std::int64_t low,
                              std::int64_t high, model::ChatId chat = kChat) {
  HistoryCommit commit;
  commit.target = target;
  commit.chat = chat;
  commit.page = pageOf(chat, low, high);
  commit.previous = previous;
  commit.next = previous;
  commit.next.newestId = std::max(previous.newestId, high);
  commit.next.oldestId = low;
  commit.covered = IdRange{low, high};
  return commit;
}

/// Another connection to the same file.
class Probe {
 public:
  explicit Probe(const std::filesystem::path& path, sqlite::Access access = sqlite::Access::Write) {
    sqlite::ConnectionOptions options;
    options.path = path;
    options.access = access;
    options.applicationId = idOf(path);
    auto opened = sqlite::Connection::open(options);
    if (!opened.ok()) {
      ADD_FAILURE() << opened.error().text();
      return;
    }
    connection_ = std::move(*opened);
  }

  std::int64_t number(std::string_view sql) { return connection_->number(sql).value(); }

  std::string text(std::string_view sql) {
    auto statement = sqlite::PreparedStatement::prepare(connection_->handle(), connection_->name(), sql);
    EXPECT_TRUE(statement.ok()) << statement.error().text();
    const auto row = (*statement)->step();
    return row.ok() && *row ? (*statement)->string(0) : "";
  }

  /// "1-8 10-70": what is covered of a chat.
  std::string coverage(model::ChatId chat, std::int64_t boxId = 0) {
    return text(
        "SELECT coalesce(group_concat(low || '-' || high, ' '), '') FROM (SELECT low, high FROM coverage" +
        std::string(" WHERE chat_id = ") + std::to_string(chat.value) +
        " AND box_id = " + std::to_string(boxId) + " ORDER BY low)");
  }

  bool isNull(std::string_view sql) {
    auto statement = sqlite::PreparedStatement::prepare(connection_->handle(), connection_->name(), sql);
    return (*statement)->step().value() && (*statement)->isNull(0);
  }

  void run(const std::string& sql) {
    const auto done = connection_->run(sql);
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().text());
  }

 private:
  static std::int32_t idOf(const std::filesystem::path& path) {
    return path.filename() == "state.db" ? 0x6d747073 : 0x6d74706d;
  }

  std::unique_ptr<sqlite::Connection> connection_;
};

/// A message store in a directory of its own, with one target.
class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.url = "sqlite:" + path().string();
    options_.clock = &clock_;
  }

  std::filesystem::path path() const { return directory_ / "mtpool.db"; }

  void open() {
    store_.reset();
    auto opened = MessageStore::open(options_);
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    store_ = std::move(*opened);
  }

  model::TargetId addTarget(const std::string& spec, model::ChatId chat = kChat) {
    model::Target target;
    target.spec = spec;
    target.chat = chat;
    std::vector<model::Target> targets{target};
    auto added = finish(store_->addTargets(std::move(targets)));
    EXPECT_TRUE(added.ok()) << added.error().text();
    return added->front().target.id;
  }

  CommitReceipt commit(HistoryCommit page) {
    auto receipt = finish(store_->commitHistory(std::move(page)));
    EXPECT_TRUE(receipt.ok()) << (receipt.ok() ? "" : receipt.error().text());
    return receipt.ok() ? *receipt : CommitReceipt();
  }

  SystemClock clock_;
  TempDirectory directory_;
  MessageStoreOptions options_;
  std::unique_ptr<MessageStore> store_;
};

}  // namespace mtpool::store
