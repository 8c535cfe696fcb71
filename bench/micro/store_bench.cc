// SPDX-License-Identifier: Apache-2.0
// What a row costs in SQLite: pages of 100 from 20 chats in turn, 1,000 rows a transaction, with cursor,
// coverage and versions, as CommitWriter writes them. us_per_row is CPU of the writing thread; rows are of
// the sizes chats (86 bytes of text) and channels (497 bytes, most with reactions) have. Needs no idle
// machine, but compare only figures of one run.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <string>

#include "engine/base/random.h"
#include "engine/store/migration.h"
#include "engine/store/repo/history.h"
#include "engine/store/repo/targets.h"
#include "engine/store/sqlite/sqlite_executor.h"

namespace mtpool::store {
namespace {

constexpr std::size_t kChats = 20;
constexpr std::size_t kPagesOfBatch = 10;
constexpr std::int64_t kPageRows = 100;
constexpr std::int64_t kTop = 10'000'000;

struct Shape {
  std::size_t textBytes;
  std::uint64_t mediaPercent;
  std::uint64_t reactionsPercent;
};

constexpr Shape kChatShape{86, 16, 5};
constexpr Shape kChannelShape{497, 68, 95};
constexpr std::string_view kReactions =
    R"({"custom:5368324170671202286":12,"paid":3,"\u2764":1024,"\ud83d\udc4d":512,"\ud83d\udd25":77,"x":1})";

class Writer {
 public:
  explicit Writer(Shape shape) : shape_(shape), random_(1) {
    std::string name = (std::filesystem::temp_directory_path() / "mtpool-bench-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    sqlite::ConnectionOptions options;
    options.path = directory_ / "mtpool.db";
    options.applicationId = 1;
    executor_ = std::move(*sqlite::SqliteExecutor::open(options));
    MTP_CHECK(migrate(*executor_, kSqliteDialect, messageMigrations()).ok());
    for (std::size_t i = 0; i < kChats; ++i) {
      model::Target target;
      target.spec = "@chat" + std::to_string(i);
      records_[i] = std::move(*addTarget(*executor_, target));
    }
  }

  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  ~Writer() {
    executor_.reset();
    std::filesystem::remove_all(directory_);
  }

  std::vector<HistoryCommit> nextBatch() {
    std::vector<HistoryCommit> batch;
    for (std::size_t i = 0; i < kPagesOfBatch; ++i) {
      batch.push_back(nextPage(turn_++ % kChats));
    }
    return batch;
  }

  void write(std::vector<HistoryCommit>& batch) {
    auto transaction = executor_->begin();
    for (HistoryCommit& commit : batch) {
      auto receipt = storeHistory(*executor_, commit, 1'700'000'000);
      MTP_CHECK(receipt.ok() && (again_ ? receipt->unchanged : receipt->inserted) == kPageRows);
    }
    MTP_CHECK(transaction->commit().ok());
  }

  /// From the top again: the same rows a second time.
  void rewind() {
    again_ = true;
    turn_ = 0;
    random_ = SeededRandom(1);
  }

 private:
  HistoryCommit nextPage(std::size_t chat) {
    model::Cursor& cursor = records_[chat].cursor;
    if (again_ && turn_ <= kChats) {
      place_[chat] = kTop;
    }
    std::int64_t& top = place_[chat];
    HistoryCommit commit;
    commit.target = records_[chat].target.id;
    commit.chat = model::ChatId::ofChannel(static_cast<std::int64_t>(chat) + 1);
    commit.previous = cursor;
    for (std::int64_t i = 0; i < kPageRows; ++i) {
      fill(commit.page, commit.chat, top - i);
    }
    commit.covered = IdRange{top - kPageRows + 1, top};
    top -= kPageRows;
    if (!again_) {
      cursor.newestId = kTop;
      cursor.oldestId = top + 1;
    }
    commit.next = cursor;
    return commit;
  }

  void fill(model::MessagePage& page, model::ChatId chat, std::int64_t id) {
    auto& row = page.rows.emplace_back();
    row.chat = chat;
    row.messageId = id;
    row.date = 1'600'000'000 + id;
    row.senderId = static_cast<std::int64_t>(random_.below(1'000'000'000));
    row.views = static_cast<std::int64_t>(random_.below(100'000));
    row.forwards = static_cast<std::int64_t>(random_.below(1000));
    const std::size_t length = shape_.textBytes / 2 + random_.below(shape_.textBytes);
    row.text = page.arena.keep(std::string(length, static_cast<char>('a' + random_.below(26))));
    row.mediaKind = random_.below(100) < shape_.mediaPercent ? "photo" : "";
    row.reactions = random_.below(100) < shape_.reactionsPercent ? kReactions : "";
  }

  Shape shape_;
  SeededRandom random_;
  std::filesystem::path directory_;
  std::unique_ptr<Executor> executor_;
  std::array<TargetRecord, kChats> records_;
  std::array<std::int64_t, kChats> place_ = [] {
    std::array<std::int64_t, kChats> tops{};
    tops.fill(kTop);
    return tops;
  }();
  std::size_t turn_ = 0;
  bool again_ = false;
};

void countRows(benchmark::State& state) {
  using benchmark::Counter;
  const auto rows =
      static_cast<double>(state.iterations() * static_cast<std::int64_t>(kPagesOfBatch) * kPageRows);
  state.counters["us_per_row"] = Counter(rows / 1e6, Counter::kIsRate | Counter::kInvert);
}

void writeNew(benchmark::State& state, Shape shape) {
  Writer writer(shape);
  for (auto _ : state) {
    state.PauseTiming();
    auto batch = writer.nextBatch();
    state.ResumeTiming();
    writer.write(batch);
  }
  countRows(state);
}

void writeEqual(benchmark::State& state, Shape shape) {
  Writer writer(shape);
  for (benchmark::IterationCount i = 0; i < state.max_iterations; ++i) {
    auto batch = writer.nextBatch();
    writer.write(batch);
  }
  writer.rewind();
  for (auto _ : state) {
    state.PauseTiming();
    auto batch = writer.nextBatch();
    state.ResumeTiming();
    writer.write(batch);
  }
  countRows(state);
}

BENCHMARK_CAPTURE(writeNew, chat, kChatShape)->Iterations(200);
BENCHMARK_CAPTURE(writeNew, channel, kChannelShape)->Iterations(100);
BENCHMARK_CAPTURE(writeEqual, chat, kChatShape)->Iterations(100);
BENCHMARK_CAPTURE(writeEqual, channel, kChannelShape)->Iterations(100);

}  // namespace
}  // namespace mtpool::store
