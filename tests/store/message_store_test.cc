// SPDX-License-Identifier: Apache-2.0
#include "engine/store/message_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

class MessageStoreTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    open();
    target_ = addTarget("@chat");
  }

  /// Opening as it stands must fail; the sentence.
  Error refusal() {
    store_.reset();
    auto opened = MessageStore::open(options_);
    EXPECT_FALSE(opened.ok());
    return opened.ok() ? Error(Errc::Internal, "opened") : std::move(opened).error();
  }

  model::TargetId target_;
};

TEST_F(MessageStoreTest, KeepsAPageWithItsCursorAndCoverage) {
  const auto receipt = commit(commitOf(target_, {}, 101, 200));
  EXPECT_EQ(receipt.inserted, 100);
  EXPECT_EQ(receipt.cursor.stored, 100);
  commit(commitOf(target_, receipt.cursor, 1, 100));
  open();
  const model::Cursor cursor = finish(store_->target(target_))->cursor;
  EXPECT_EQ(cursor.oldestId, 1);
  EXPECT_EQ(cursor.newestId, 200);
  EXPECT_EQ(cursor.stored, 200);
  EXPECT_EQ(Probe(path()).coverage(kChat), "1-200");
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 200);
}

TEST_F(MessageStoreTest, RefusesAWriterWhoseCursorIsStale) {
  const auto receipt = commit(commitOf(target_, {}, 101, 200));
  auto late = commitOf(target_, {}, 50, 60);
  const auto refused = finish(store_->commitHistory(std::move(late)));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Refused);
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 100);
  EXPECT_EQ(finish(store_->target(target_))->cursor, receipt.cursor);
}

TEST_F(MessageStoreTest, RefusesAPageOfAnotherChatThanTheTargetsOwn) {
  const auto refused =
      finish(store_->commitHistory(commitOf(target_, {}, 1, 2, model::ChatId::ofChannel(78))));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Refused);
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 0);
}

TEST_F(MessageStoreTest, BeginsAnewWhenATargetStandsForAnotherChat) {
  const auto receipt = commit(commitOf(target_, {}, 101, 200));
  EXPECT_EQ(finish(store_->bindTarget(target_, kChat))->cursor, receipt.cursor);
  const auto moved = finish(store_->bindTarget(target_, model::ChatId::ofChannel(78)));
  EXPECT_EQ(moved->target.chat, model::ChatId::ofChannel(78));
  EXPECT_EQ(moved->cursor, model::Cursor());
  EXPECT_EQ(finish(store_->target(target_))->cursor, model::Cursor());
}

TEST_F(MessageStoreTest, RefusesAPageOfARemovedTarget) {
  ASSERT_TRUE(finish(store_->removeTarget(target_, false)).ok());
  const auto refused = finish(store_->commitHistory(commitOf(target_, {}, 1, 2)));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::NotFound);
}

TEST_F(MessageStoreTest, RefusesRowsOfAnotherChat) {
  auto page = commitOf(target_, {}, 1, 2);
  page.page.rows.front().chat = model::ChatId::ofChannel(78);
  const auto refused = finish(store_->commitHistory(std::move(page)));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::InvalidArgument);
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 0);
}

TEST_F(MessageStoreTest, WritesRowsInAscendingOrder) {
  auto page = commitOf(target_, {}, 1, 50);
  std::swap(page.page.rows[3], page.page.rows[40]);
  commit(std::move(page));
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages WHERE rowid = message_id"), 50);
}

TEST_F(MessageStoreTest, LeavesEqualRowsAloneTheSecondTime) {
  const auto first = commit(commitOf(target_, {}, 1, 100));
  const auto again = commit(commitOf(target_, first.cursor, 1, 100));
  EXPECT_EQ(again.inserted, 0);
  EXPECT_EQ(again.updated, 0);
  EXPECT_EQ(again.unchanged, 100);
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM message_versions"), 0);
}

TEST_F(MessageStoreTest, KeepsWhatAChangeOfViewsReplaced) {
  const auto first = commit(commitOf(target_, {}, 1, 3));
  auto more = commitOf(target_, first.cursor, 1, 3);
  more.page.rows[0].views = 1000;  // id 3
  const auto receipt = commit(std::move(more));
  EXPECT_EQ(receipt.updated, 1);
  EXPECT_EQ(receipt.unchanged, 2);
  Probe probe(path());
  EXPECT_EQ(probe.number("SELECT views FROM messages WHERE message_id = 3"), 1000);
  EXPECT_EQ(probe.number("SELECT views FROM message_versions WHERE message_id = 3"), 3);
  EXPECT_TRUE(probe.isNull("SELECT text FROM message_versions"));
  EXPECT_EQ(probe.number("SELECT content_changed FROM message_versions"), 0);
}

TEST_F(MessageStoreTest, KeepsTheTextAnEditReplaced) {
  const auto first = commit(commitOf(target_, {}, 1, 1));
  auto edited = commitOf(target_, first.cursor, 1, 1);
  edited.page.rows[0].text = "new";
  edited.page.rows[0].editDate = 1'800'000'000;
  commit(std::move(edited));
  Probe probe(path());
  EXPECT_EQ(probe.text("SELECT text FROM messages"), "new");
  EXPECT_EQ(probe.text("SELECT text FROM message_versions"), "message 1");
  EXPECT_TRUE(probe.isNull("SELECT edit_date FROM message_versions"));
  EXPECT_GT(probe.number("SELECT seen_at FROM message_versions"), 1'700'000'000);
}

// Each column in turn: a column forgotten in the comparison or in the rewrite would be left behind.
TEST_F(MessageStoreTest, NoticesAChangeInAnyColumn) {
  using Change = void (*)(model::MessageRow&);
  const std::vector<std::pair<std::string, Change>> changes{
      {"date", [](auto& row) { row.date = 5; }},
      {"edit_date", [](auto& row) { row.editDate = 0; }},
      {"sender_id", [](auto& row) { row.senderId = 0; }},
      {"kind", [](auto& row) { row.kind = model::MessageKind::Service; }},
      {"text", [](auto& row) { row.text = ""; }},
      {"media_kind", [](auto& row) { row.mediaKind = "photo"; }},
      {"views", [](auto& row) { row.views = std::nullopt; }},
      {"forwards", [](auto& row) { row.forwards = 0; }},
      {"replies", [](auto& row) { row.replies = 0; }},
      {"reactions", [](auto& row) { row.reactions = "{}"; }},
      {"reply_to_id", [](auto& row) { row.replyToId = 0; }},
      {"forward_from_id", [](auto& row) { row.forwardFromId = 0; }},
      {"grouped_id", [](auto& row) { row.groupedId = 0; }},
      {"extra", [](auto& row) { row.extra = "{}"; }},
  };
  const auto first = commit(commitOf(target_, {}, 1, 1));
  for (const auto& [column, change] : changes) {
    auto changed = commitOf(target_, first.cursor, 1, 1);
    change(changed.page.rows[0]);
    EXPECT_EQ(commit(std::move(changed)).updated, 1) << column;
    EXPECT_EQ(commit(commitOf(target_, first.cursor, 1, 1)).updated, 1) << column << " and back";
  }
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM message_versions"),
            2 * static_cast<int>(changes.size()));
}

TEST_F(MessageStoreTest, TellsNoReactionsFromEmptyOnesAndZeroFromAbsent) {
  auto page = commitOf(target_, {}, 1, 2);
  page.page.rows[0].reactions = "{}";
  page.page.rows[0].forwards = 0;
  commit(std::move(page));
  Probe probe(path());
  EXPECT_TRUE(probe.isNull("SELECT reactions FROM messages WHERE message_id = 1"));
  EXPECT_EQ(probe.text("SELECT reactions FROM messages WHERE message_id = 2"), "{}");
  EXPECT_TRUE(probe.isNull("SELECT forwards FROM messages WHERE message_id = 1"));
  EXPECT_FALSE(probe.isNull("SELECT forwards FROM messages WHERE message_id = 2"));
  EXPECT_EQ(probe.text("SELECT typeof(text) FROM messages WHERE message_id = 1"), "text");
}

TEST_F(MessageStoreTest, StoresHostileTextAsText) {
  const std::string hostile =
      "'); DROP TABLE messages; --\"\\ %s $1 ?1 \xd0\x9f\xd1\x80\xd0\xb8 \xf0\x9f\x99\x82";
  auto page = commitOf(target_, {}, 1, 1);
  page.page.rows[0].text = hostile;
  page.chatRow = model::ChatRow{kChat, "channel", "name'); --", hostile};
  commit(std::move(page));
  Probe probe(path());
  EXPECT_EQ(probe.text("SELECT text FROM messages"), hostile);
  EXPECT_EQ(probe.text("SELECT title FROM chats"), hostile);
}

TEST_F(MessageStoreTest, TurnsNulIntoTheReplacementCharacter) {
  using std::string_view_literals::operator""sv;
  auto page = commitOf(target_, {}, 1, 1);
  page.page.rows[0].text = "a\0b"sv;
  commit(std::move(page));
  EXPECT_EQ(Probe(path()).text("SELECT text FROM messages"),
            "a\xef\xbf\xbd"
            "b");
}

TEST_F(MessageStoreTest, KeepsDeadLettersWithTheirBytes) {
  auto page = commitOf(target_, {}, 1, 1);
  page.deadLetters.push_back({7, 227, 0xdeadbeef, "unknown constructor", Bytes{0, 1, 0xff}});
  page.deadLetters.push_back({0, 227, 1, "empty", Bytes{}});
  commit(std::move(page));
  Probe probe(path());
  EXPECT_EQ(probe.text("SELECT hex(raw) FROM dead_letters WHERE message_id = 7"), "0001FF");
  EXPECT_EQ(probe.number("SELECT constructor_id FROM dead_letters WHERE message_id = 7"), 0xdeadbeef);
  EXPECT_TRUE(probe.isNull("SELECT message_id FROM dead_letters WHERE reason = 'empty'"));
  EXPECT_EQ(probe.number("SELECT count(*) FROM dead_letters"), 2);
}

TEST_F(MessageStoreTest, JoinsCoverageThatTouchesOrOverlaps) {
  model::Cursor cursor;
  for (const auto& [low, high] : {std::pair{50, 60}, {10, 20}, {30, 40}, {61, 70}, {15, 35}, {41, 49}}) {
    cursor = commit(commitOf(target_, cursor, low, high)).cursor;
  }
  EXPECT_EQ(Probe(path()).coverage(kChat), "10-70");
  commit(commitOf(target_, cursor, 1, 8));
  EXPECT_EQ(Probe(path()).coverage(kChat), "1-8 10-70");
}

TEST_F(MessageStoreTest, GivesAKnownTargetItsNewDepthAndKeepsItsCursor) {
  commit(commitOf(target_, {}, 1, 5));
  model::Target again;
  again.spec = "@chat";
  again.history = *model::HistoryDepth::parse("500");
  again.interval = std::chrono::seconds(60);
  std::vector<model::Target> targets{again};
  const auto added = finish(store_->addTargets(std::move(targets)));
  ASSERT_TRUE(added.ok());
  EXPECT_EQ(added->front().target.id, target_);
  EXPECT_EQ(added->front().target.history.text(), "500");
  EXPECT_EQ(added->front().cursor.stored, 5);
  EXPECT_EQ(added->front().lastMessageDate, 1'700'000'005);
  EXPECT_EQ(finish(store_->targets())->size(), 1U);
}

TEST_F(MessageStoreTest, RemembersTheStateOfATarget) {
  model::Target target = finish(store_->target(target_))->target;
  target.state = model::TargetState::Failed;
  target.why = "no such channel";
  target.nextDueAt = WallTime(std::chrono::seconds(1'900'000'000));
  target.lastRunAt = WallTime(std::chrono::seconds(1'800'000'000));
  ASSERT_TRUE(finish(store_->saveTargetState(target)).ok());
  open();
  const auto stored = finish(store_->target(target_))->target;
  EXPECT_EQ(stored.state, model::TargetState::Failed);
  EXPECT_EQ(stored.why, "no such channel");
  EXPECT_EQ(stored.nextDueAt, target.nextDueAt);
  EXPECT_EQ(stored.lastRunAt, target.lastRunAt);
  EXPECT_EQ(stored.spec, "@chat");
}

TEST_F(MessageStoreTest, KeepsTheRowsOfARemovedTargetUnlessPurged) {
  const auto other = addTarget("-1000000000077");
  commit(commitOf(target_, {}, 1, 5));
  commit(commitOf(other, {}, 1, 5));
  ASSERT_TRUE(finish(store_->removeTarget(target_, false)).ok());
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 5);
  const auto third = addTarget("@third");
  ASSERT_TRUE(finish(store_->removeTarget(third, true)).ok());
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 0);
  // Its cursor would claim rows that are gone.
  EXPECT_EQ(finish(store_->target(other))->cursor, model::Cursor());
  EXPECT_EQ(Probe(path()).coverage(kChat), "");
}

TEST_F(MessageStoreTest, EndsRunsACrashLeftOpenAsKilled) {
  model::CollectionRun run;
  run.account = "main";
  run.startedAt = clock_.wall();
  const auto open1 = finish(store_->startRun(run));
  const auto open2 = finish(store_->startRun(run));
  run.id = *open1;
  run.durationSeconds = 10;
  run.channels = 2;
  run.messages = 300;
  run.errors = 1;
  run.outcome = model::RunOutcome::Complete;
  ASSERT_TRUE(finish(store_->finishRun(run)).ok());
  EXPECT_EQ(finish(store_->runMetrics())->totalSessions, 1);
  open();
  const auto outcomeOf = [this](model::SessionId id) {
    return Probe(path()).text("SELECT outcome FROM collection_runs WHERE id = " + std::to_string(id.value));
  };
  EXPECT_EQ(outcomeOf(*open1), "complete");
  EXPECT_EQ(outcomeOf(*open2), "killed");
  const auto metrics = finish(store_->runMetrics());
  EXPECT_EQ(metrics->totalSessions, 2);
  EXPECT_EQ(metrics->recentSessions, 2);
  EXPECT_EQ(metrics->avgDurationSeconds, 10);
  EXPECT_EQ(metrics->avgMessagesPerSession, 300);
  EXPECT_EQ(metrics->totalErrors, 1);
}

TEST_F(MessageStoreTest, AnswersAFullDatabaseWithoutHalfAPage) {
  options_.maxPages = 60;
  open();
  model::Cursor cursor;
  std::optional<Error> full;
  for (std::int64_t high = 100'000; !full; high -= 100) {
    auto receipt = finish(store_->commitHistory(commitOf(target_, cursor, high - 99, high)));
    if (receipt.ok()) {
      cursor = receipt->cursor;
    } else {
      full = receipt.error();
    }
  }
  EXPECT_EQ(full->code(), Errc::StorageFull);
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), cursor.stored);
  EXPECT_EQ(finish(store_->target(target_))->cursor, cursor);
  options_.maxPages = 0;
  open();
  EXPECT_EQ(commit(commitOf(target_, cursor, cursor.oldestId - 100, cursor.oldestId - 1)).inserted, 100);
}

TEST_F(MessageStoreTest, TurnsASecondEngineAwayByPid) {
  auto second = MessageStore::open(options_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code(), Errc::Refused);
  EXPECT_NE(second.error().text().find("process " + std::to_string(::getpid())), std::string::npos);
}

TEST_F(MessageStoreTest, RefusesANewerSchema) {
  Probe(path()).run("PRAGMA user_version = 99");
  const Error error = refusal();
  EXPECT_EQ(error.code(), Errc::Refused);
  EXPECT_NE(error.text().find("schema version 99"), std::string::npos) << error.text();
}

TEST_F(MessageStoreTest, RefusesADatabaseOfAnotherProgram) {
  Probe(path()).run("PRAGMA application_id = 1");
  EXPECT_EQ(refusal().code(), Errc::Refused);
}

TEST_F(MessageStoreTest, FollowsNoLinkInPlaceOfItsFile) {
  store_.reset();
  std::filesystem::create_symlink(path(), directory_ / "link.db");
  options_.url = "sqlite:" + (directory_ / "link.db").string();
  EXPECT_EQ(MessageStore::open(options_).error().code(), Errc::Refused);
  // A folder may be one: systems link whole trees.
  std::filesystem::create_directory_symlink(directory_.path(), directory_ / "folder");
  options_.url = "sqlite:" + (directory_ / "folder").string() + "/mtpool.db";
  open();
}

TEST_F(MessageStoreTest, KeepsOneLetterOfAnAnswerThatIsTriedAgain) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    HistoryCommit letter;
    letter.target = target_;
    letter.chat = kChat;
    letter.deadLetters.push_back(DeadLetter{0, 227, 0x12345678, "byte " + std::to_string(attempt), Bytes(8)});
    EXPECT_EQ(commit(std::move(letter)).cursor, model::Cursor());
  }
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM dead_letters"), 1);
}

TEST_F(MessageStoreTest, SavesManyStatesAndPassesOverTargetsThatAreGone) {
  model::Target kept = finish(store_->target(target_))->target;
  model::Target gone = kept;
  gone.id = model::TargetId(99);
  kept.state = model::TargetState::Failed;
  std::vector<model::Target> both{gone, kept};
  ASSERT_TRUE(finish(store_->saveTargetStates(std::move(both))).ok());
  EXPECT_EQ(finish(store_->target(target_))->target.state, model::TargetState::Failed);
}

TEST_F(MessageStoreTest, SaysThatAFileIsNoDatabase) {
  store_.reset();
  std::ofstream(path(), std::ios::trunc) << std::string(8192, 'x');
  const Error error = refusal();
  EXPECT_EQ(error.code(), Errc::StorageCorrupt);
  EXPECT_NE(error.text().find("restore it from a backup"), std::string::npos) << error.text();
}

TEST_F(MessageStoreTest, NamesADirectoryThatCannotBeWritten) {
  options_.url = "sqlite:/proc/mtpool.db";
  const Error error = refusal();
  EXPECT_EQ(error.code(), Errc::Io);
  EXPECT_NE(error.text().find("/proc/mtpool.db"), std::string::npos) << error.text();
}

TEST_F(MessageStoreTest, AnswersCancelledAfterClose) {
  store_->close();
  EXPECT_EQ(finish(store_->commitHistory(commitOf(target_, {}, 1, 2))).error().code(), Errc::Cancelled);
  EXPECT_EQ(finish(store_->targets()).error().code(), Errc::Cancelled);
  EXPECT_EQ(finish(store_->saveChat(model::ChatRow())).error().code(), Errc::Cancelled);
}

TEST_F(MessageStoreTest, WritesTheDatabaseForItsOwnerAndGroupOnly) {
  struct stat info {};

  ASSERT_EQ(::stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0137U, 0U);
}

}  // namespace
}  // namespace mtpool::store
