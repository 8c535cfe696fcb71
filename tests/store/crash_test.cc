// SPDX-License-Identifier: Apache-2.0
// kill -9 in the middle of commits: what was acknowledged is there, rows and cursors agree, nothing is twice.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <iostream>

#include "engine/base/random.h"
#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

constexpr std::size_t kSessions = 4;
constexpr int kRounds = 12;

struct Acknowledged {
  std::int64_t session = 0;
  std::int64_t oldestId = 0;
};

model::ChatId chatOf(std::size_t session) {
  return model::ChatId::ofChannel(static_cast<std::int64_t>(session) + 1);
}

void tell(int pipe, std::size_t session, std::int64_t oldestId) {
  const Acknowledged told{static_cast<std::int64_t>(session), oldestId};
  if (::write(pipe, &told, sizeof told) != static_cast<ssize_t>(sizeof told)) {
    ::_exit(1);
  }
}

/// Reads downwards for ever, telling each durable page through the pipe.
Task<Result<void>> collectForEver(MessageStore* store, TargetRecord record, std::size_t session, int pipe) {
  model::Cursor cursor = record.cursor;
  for (;;) {
    const std::int64_t high = cursor.oldestId == 0 ? 10'000'000 : cursor.oldestId - 1;
    HistoryCommit commit = commitOf(record.target.id, cursor, high - 49, high, chatOf(session));
    MTP_CO_TRY(const CommitReceipt receipt, co_await store->commitHistory(std::move(commit)));
    cursor = receipt.cursor;
    tell(pipe, session, cursor.oldestId);
  }
}

[[noreturn]] void childMain(const MessageStoreOptions& options, int pipe) {
  auto store = MessageStore::open(options);
  if (!store.ok()) {
    ::_exit(2);
  }
  auto records = finish((*store)->targets());
  std::vector<Task<Result<void>>> sessions;
  for (std::size_t i = 0; i < records->size(); ++i) {
    sessions.push_back(collectForEver(store->get(), (*records)[i], i, pipe));
  }
  finishAll(std::move(sessions));
  ::_exit(3);
}

class CrashTest : public StoreTest {
 protected:
  /// Lets a child collect until it has told `pages` pages, kills it, and answers the lowest id told by each.
  std::array<std::int64_t, kSessions> killAfter(std::uint64_t pages) {
    std::array<std::int64_t, kSessions> lowest{};
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      childMain(options_, ends[1]);
    }
    ::close(ends[1]);
    Acknowledged told;
    std::uint64_t heard = 0;
    while (::read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told)) {
      lowest.at(static_cast<std::size_t>(told.session)) = told.oldestId;
      if (++heard == pages) {
        ::kill(child, SIGKILL);
      }
    }
    ::close(ends[0]);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "status " << status;
    EXPECT_GE(heard, pages);
    return lowest;
  }

  void expectAgreement(const std::array<std::int64_t, kSessions>& acknowledged) {
    Probe probe(path());
    EXPECT_EQ(probe.text("PRAGMA integrity_check"), "ok");
    const auto records = finish(store_->targets());
    for (std::size_t i = 0; i < kSessions; ++i) {
      const model::Cursor& cursor = (*records)[i].cursor;
      const std::string where = " FROM messages WHERE chat_id = " + std::to_string(chatOf(i).value);
      if (acknowledged[i] != 0) {
        EXPECT_LE(cursor.oldestId, acknowledged[i]);
      }
      EXPECT_EQ(probe.number("SELECT count(*)" + where), cursor.stored);
      EXPECT_EQ(probe.number("SELECT count(DISTINCT message_id)" + where), cursor.stored);
      if (cursor.stored > 0) {
        EXPECT_EQ(probe.number("SELECT min(message_id)" + where), cursor.oldestId);
        EXPECT_EQ(probe.coverage(chatOf(i)), std::to_string(cursor.oldestId) + "-10000000");
      }
    }
  }
};

TEST_F(CrashTest, LosesNothingAcknowledgedAndKeepsRowsAndCursorsTogether) {
  const std::uint64_t seed = SystemRandom().u64();
  std::cout << "seed " << seed << "\n";
  SeededRandom random(seed);
  open();
  for (std::size_t i = 0; i < kSessions; ++i) {
    addTarget("@s" + std::to_string(i), chatOf(i));
  }
  for (int round = 0; round < kRounds; ++round) {
    store_.reset();
    const auto acknowledged = killAfter(1 + random.below(40));
    open();
    expectAgreement(acknowledged);
  }
}

}  // namespace
}  // namespace mtpool::store
