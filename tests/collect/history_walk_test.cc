// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/history_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/random.h"

namespace mtpool::collect {
namespace {

// A chat as Telegram pages it: existing ids, some of them messageEmpty, and pages that come short for no
// reason.
class Chat {
 public:
  explicit Chat(Random& random) : random_(random) {}

  void post(std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
      next_ += 1 + static_cast<std::int64_t>(random_.below(4) == 0 ? random_.below(50) : 0);
      empty_[next_] = random_.below(20) == 0;
    }
  }

  PageFacts page(const PageRequest& request) {
    PageFacts facts;
    facts.count = static_cast<std::int64_t>(empty_.size());
    auto it = request.offsetId == 0 ? empty_.end() : empty_.lower_bound(request.offsetId);
    const std::int64_t limit =
        std::max<std::int64_t>(1, request.limit - static_cast<std::int64_t>(random_.below(3)) * 7);
    for (std::int64_t taken = 0; it != empty_.begin() && taken < limit; ++taken) {
      --it;
      if (it->first <= request.minId) {
        break;
      }
      facts.ids.push_back(it->first);
      facts.messages += it->second ? 0 : 1;
    }
    return facts;
  }

  std::set<std::int64_t> messages() const {
    std::set<std::int64_t> out;
    for (const auto& [id, empty] : empty_) {
      if (!empty) {
        out.insert(id);
      }
    }
    return out;
  }

  bool isMessage(std::int64_t id) const { return !empty_.at(id); }

 private:
  Random& random_;
  std::int64_t next_ = 0;
  std::map<std::int64_t, bool> empty_;
};

struct Store {
  model::Cursor cursor;
  std::map<std::int64_t, int> rows;  // id -> times inserted

  void apply(const Advance& advance, const PageFacts& page, const Chat& chat) {
    cursor = advance.cursor;
    for (const std::int64_t id : page.ids) {
      if (chat.isMessage(id)) {
        ++rows[id];
        ++cursor.stored;
      }
    }
  }
};

// One run, which may be killed after any page, before or after its commit.
bool run(Store& store, Chat& chat, model::HistoryDepth depth, std::int64_t limit, std::int64_t killAfter) {
  HistoryWalk walk(store.cursor, depth, limit);
  for (std::int64_t pages = 0; walk.next(); ++pages) {
    const PageFacts page = chat.page(*walk.next());
    const auto advance = walk.take(page);
    EXPECT_TRUE(advance.ok()) << advance.error().text();
    if (pages == killAfter) {
      return false;
    }
    store.apply(*advance, page, chat);
    walk.commit(store.cursor, page.messages);
  }
  return walk.complete();
}

TEST(HistoryWalk, CollectsEveryMessageExactlyOnceAcrossKillsAndNewPosts) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SeededRandom random(seed);
    Chat chat(random);
    chat.post(static_cast<std::int64_t>(random.below(2000)));
    Store store;
    for (int round = 0; round < 40; ++round) {
      run(store, chat, {}, 1 + static_cast<std::int64_t>(random.below(900)),
          static_cast<std::int64_t>(random.below(12)));
      if (random.below(3) == 0) {
        chat.post(static_cast<std::int64_t>(random.below(300)));
      }
    }
    while (!run(store, chat, {}, 5000, -1)) {
    }
    std::set<std::int64_t> stored;
    for (const auto& [id, times] : store.rows) {
      stored.insert(id);
      EXPECT_EQ(times, 1) << "message " << id;
    }
    ASSERT_EQ(stored, chat.messages());
  }
}

TEST(HistoryWalk, AShortPageIsNotTheEnd) {
  HistoryWalk walk({}, {}, 1000);
  PageFacts page;
  page.ids = {50, 49};
  page.messages = 2;
  const auto advance = walk.take(page);
  ASSERT_TRUE(advance.ok());
  walk.commit(advance->cursor, 2);
  ASSERT_TRUE(walk.next());
  EXPECT_EQ(walk.next()->offsetId, 49);
  EXPECT_FALSE(walk.complete());
}

TEST(HistoryWalk, StopsAtTheRunLimitAndAtTheDepth) {
  SeededRandom random(7);
  Chat chat(random);
  chat.post(1000);
  Store store;
  EXPECT_FALSE(run(store, chat, {}, 250, -1));
  EXPECT_GE(store.cursor.stored, 250 - 14);
  EXPECT_LE(store.cursor.stored, 250);
  Store newest;
  EXPECT_TRUE(run(newest, chat, model::HistoryDepth{300}, 5000, -1));
  EXPECT_EQ(newest.cursor.stored, 300);
  const auto all = chat.messages();
  auto expected = all.rbegin();
  for (auto it = newest.rows.rbegin(); it != newest.rows.rend(); ++it, ++expected) {
    EXPECT_EQ(it->first, *expected);
  }
}

TEST(HistoryWalk, AnEmptyChatIsCompleteAndLooksAgainLater) {
  SeededRandom random(7);
  Chat chat(random);
  Store store;
  EXPECT_TRUE(run(store, chat, {}, 100, -1));
  EXPECT_TRUE(store.cursor.reachedStart);
  chat.post(30);
  EXPECT_TRUE(run(store, chat, {}, 100, -1));
  EXPECT_EQ(store.rows.size(), chat.messages().size());
}

TEST(HistoryWalk, RefusesIdsThatCannotBeTheAnswer) {
  model::Cursor cursor;
  cursor.newestId = 90;
  cursor.oldestId = 40;
  cursor.headNewestId = 200;
  cursor.headOldestId = 150;
  const HistoryWalk walk(cursor, {}, 1000);
  for (const std::vector<std::int64_t>& ids :
       {std::vector<std::int64_t>{150}, {149, 149}, {120, 130}, {90}, {0}, {-5}}) {
    PageFacts page;
    page.ids = ids;
    EXPECT_FALSE(walk.take(page).ok()) << ids.front();
  }
}

TEST(HistoryWalk, ProvesTheHolesAroundWhatItRead) {
  HistoryWalk walk({}, {}, 1000);
  PageFacts page;
  page.ids = {50, 44};
  page.messages = 2;
  auto advance = walk.take(page);
  ASSERT_TRUE(advance.ok());
  EXPECT_EQ(advance->proven, (Proven{44, 50}));
  walk.commit(advance->cursor, 2);
  PageFacts end;
  advance = walk.take(end);
  ASSERT_TRUE(advance.ok());
  EXPECT_EQ(advance->proven, (Proven{1, 43}));
  EXPECT_TRUE(advance->cursor.reachedStart);
}

}  // namespace
}  // namespace mtpool::collect
