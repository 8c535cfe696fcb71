// SPDX-License-Identifier: Apache-2.0
#include "engine/store/state_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "engine/base/bytes.h"
#include "engine/store/database_thread.h"
#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

model::DcKey keyOf(std::uint64_t seed) {
  model::DcKey key;
  key.authKey = SecretBytes(SeededRandom(seed).bytes(256));
  key.salt = 0x8000'0000'0000'0000U + seed;
  return key;
}

model::AccountKeys keysOf(std::initializer_list<int> dcs, std::uint64_t seed = 0) {
  model::AccountKeys keys;
  for (const int dc : dcs) {
    keys.byDc.emplace(dc, keyOf(seed + static_cast<std::uint64_t>(dc)));
  }
  return keys;
}

class StateStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.directory = directory_ / "state";
    options_.random = &random_;
    options_.clock = &clock_;
    open();
  }

  void open() {
    store_.reset();
    auto opened = StateStore::open(options_);
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    store_ = std::move(*opened);
  }

  Error refusal() {
    store_.reset();
    auto opened = StateStore::open(options_);
    EXPECT_FALSE(opened.ok());
    return opened.ok() ? Error(Errc::Internal, "opened") : std::move(opened).error();
  }

  std::filesystem::path file(const char* name) const { return options_.directory / name; }

  model::AccountId add(const std::string& alias, model::AccountKeys keys) {
    model::Account account;
    account.alias = alias;
    account.state = model::AccountState::Ready;
    account.homeDc = 2;
    auto id = finish(store_->addAccount(std::move(account), std::move(keys)));
    EXPECT_TRUE(id.ok()) << (id.ok() ? "" : id.error().text());
    return *id;
  }

  std::vector<StoredAccount> accounts() { return std::move(*finish(store_->accounts())); }

  /// Changes state.db behind the back of a closed store and opens it again.
  void tamper(const std::string& sql) {
    store_.reset();
    Probe(file("state.db")).run(sql);
    open();
  }

  TempDirectory directory_;
  SeededRandom random_{1};
  ManualClock clock_{WallTime(seconds(1'700'000'000))};
  StateStoreOptions options_;
  std::unique_ptr<StateStore> store_;
};

TEST_F(StateStoreTest, GivesBackAnAccountWithItsKeys) {
  model::Account account;
  account.alias = "main";
  account.kind = model::AccountKind::Bot;
  account.state = model::AccountState::NeedsLogin;
  account.why = "revoked";
  account.telegramId = 42;
  account.user = model::UserId(43);
  account.phoneMasked = "+99***21";
  account.username = "mainbot";
  account.homeDc = 4;
  account.addedAt = clock_.wall();
  account.lastUsedAt = clock_.wall() + std::chrono::microseconds(7);
  ASSERT_TRUE(finish(store_->addAccount(account, keysOf({2, 4}))).ok());
  open();
  const auto stored = accounts();
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_FALSE(stored[0].damage.has_value());
  EXPECT_EQ(stored[0].account.alias, "main");
  EXPECT_EQ(stored[0].account.kind, model::AccountKind::Bot);
  EXPECT_EQ(stored[0].account.state, model::AccountState::NeedsLogin);
  EXPECT_EQ(stored[0].account.why, "revoked");
  EXPECT_EQ(stored[0].account.telegramId, 42);
  EXPECT_EQ(stored[0].account.user.value, 43);
  EXPECT_EQ(stored[0].account.phoneMasked, "+99***21");
  EXPECT_EQ(stored[0].account.username, "mainbot");
  EXPECT_EQ(stored[0].account.homeDc, 4);
  EXPECT_EQ(stored[0].account.addedAt, account.addedAt);
  EXPECT_EQ(stored[0].account.lastUsedAt, account.lastUsedAt);
  ASSERT_EQ(stored[0].keys.byDc.size(), 2U);
  EXPECT_EQ(stored[0].keys.byDc.at(4).authKey.reveal(), keyOf(4).authKey.reveal());
  EXPECT_EQ(stored[0].keys.byDc.at(4).salt, keyOf(4).salt);
}

TEST_F(StateStoreTest, SavesAnAccountUnderItsId) {
  add("main", keysOf({2}));
  model::Account account = accounts().front().account;
  account.state = model::AccountState::Quarantined;
  account.why = "key duplicated";
  ASSERT_TRUE(finish(store_->saveAccount(account)).ok());
  EXPECT_EQ(accounts().front().account.why, "key duplicated");
  account.id = model::AccountId(99);
  EXPECT_EQ(finish(store_->saveAccount(account)).error().code(), Errc::NotFound);
}

TEST_F(StateStoreTest, RefusesAnAliasTwice) {
  add("main", keysOf({2}));
  model::Account again;
  again.alias = "main";
  EXPECT_EQ(finish(store_->addAccount(again, keysOf({5}))).error().code(), Errc::AlreadyExists);
  EXPECT_EQ(accounts().size(), 1U);
  EXPECT_EQ(accounts().front().keys.byDc.count(5), 0U);
}

TEST_F(StateStoreTest, ReplacesAllKeysAfterANewLogin) {
  const auto id = add("main", keysOf({2, 4}));
  ASSERT_TRUE(finish(store_->saveKeys(id, keysOf({4, 5}, 100))).ok());
  const auto keys = accounts().front().keys;
  EXPECT_EQ(keys.byDc.size(), 2U);
  EXPECT_EQ(keys.byDc.at(4).authKey.reveal(), keyOf(104).authKey.reveal());
  EXPECT_EQ(keys.byDc.at(5).authKey.reveal(), keyOf(105).authKey.reveal());
}

TEST_F(StateStoreTest, SavesTheSaltOfAKeyAlone) {
  const auto id = add("main", keysOf({2, 3}));
  ASSERT_TRUE(finish(store_->saveSalt(id, 3, 77)).ok());
  const auto keys = accounts().front().keys;
  EXPECT_EQ(keys.byDc.at(3).salt, 77U);
  EXPECT_EQ(keys.byDc.at(3).authKey.reveal(), keyOf(3).authKey.reveal());
  EXPECT_NE(keys.byDc.at(2).salt, 77U);
}

TEST_F(StateStoreTest, RemovesAnAccountWithAllThatIsIts) {
  const auto id = add("main", keysOf({2}));
  ASSERT_TRUE(finish(store_->savePeer(Peer{id, "chan", kChat, 5, clock_.wall()})).ok());
  ASSERT_TRUE(finish(store_->saveWait(Wait{id, "x", clock_.wall() + hours(1), "flood"})).ok());
  ASSERT_TRUE(finish(store_->removeAccount(id)).ok());
  EXPECT_TRUE(accounts().empty());
  EXPECT_TRUE(finish(store_->waits())->empty());
  store_.reset();
  Probe probe(file("state.db"));
  EXPECT_EQ(probe.number("SELECT (SELECT count(*) FROM account_keys) + (SELECT count(*) FROM peers)"), 0);
}

TEST_F(StateStoreTest, NeverGivesAnIdTwice) {
  const auto first = add("main", keysOf({2}));
  ASSERT_TRUE(finish(store_->removeAccount(first)).ok());
  EXPECT_GT(add("main", keysOf({2})), first);
}

TEST_F(StateStoreTest, KeepsNoKeyReadableOnDisk) {
  add("main", keysOf({2}));
  const Bytes key = keyOf(2).authKey.reveal();
  store_.reset();
  const std::string needle(charsOf(ByteView(key).first(16)));
  for (const auto& entry : std::filesystem::directory_iterator(options_.directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(all.find(needle), std::string::npos) << entry.path();
  }
}

TEST_F(StateStoreTest, NoticesSwappedRecordsOfTwoAccounts) {
  add("a", keysOf({2}));
  add("b", keysOf({2}, 50));
  add("c", keysOf({2}, 90));
  tamper(
      "CREATE TEMP TABLE old AS SELECT account_id, sealed FROM account_keys;"
      "UPDATE account_keys SET sealed = (SELECT sealed FROM old WHERE old.account_id = 3 - "
      "account_keys.account_id)"
      " WHERE account_id < 3");
  const auto stored = accounts();
  ASSERT_TRUE(stored[0].damage.has_value());
  EXPECT_EQ(stored[0].damage->code(), Errc::StorageCorrupt);
  EXPECT_NE(stored[0].damage->text().find("account a"), std::string::npos) << stored[0].damage->text();
  EXPECT_TRUE(stored[0].keys.byDc.empty());
  EXPECT_TRUE(stored[1].damage.has_value());
  EXPECT_FALSE(stored[2].damage.has_value());
  EXPECT_EQ(stored[2].keys.byDc.size(), 1U);
}

TEST_F(StateStoreTest, NoticesARecordMovedToAnotherDataCentre) {
  add("a", keysOf({2}));
  tamper("UPDATE account_keys SET dc = 4");
  EXPECT_TRUE(accounts()[0].damage.has_value());
}

TEST_F(StateStoreTest, NoticesAnOldRecordPutBack) {
  const auto id = add("a", keysOf({2}));
  store_.reset();
  Probe(file("state.db")).run("CREATE TABLE old AS SELECT * FROM account_keys");
  open();
  ASSERT_TRUE(finish(store_->saveKeys(id, keysOf({2}, 9))).ok());
  tamper("UPDATE account_keys SET sealed = (SELECT sealed FROM old)");
  EXPECT_TRUE(accounts()[0].damage.has_value());
}

TEST_F(StateStoreTest, NoticesEveryFlippedByteOfARecord) {
  add("a", keysOf({2}));
  store_.reset();
  const std::string sealed = Probe(file("state.db")).text("SELECT hex(sealed) FROM account_keys");
  const Bytes good = *parseHex(sealed);
  for (std::size_t i = 0; i < good.size(); i += 7) {
    Bytes bad = good;
    bad[i] ^= 1;
    tamper("UPDATE account_keys SET sealed = x'" + toHex(bad) + "'");
    EXPECT_TRUE(accounts()[0].damage.has_value()) << i;
  }
}

TEST_F(StateStoreTest, RemembersWaitsOverARestartUntilTheyEnd) {
  const auto account = model::AccountId(7);
  ASSERT_TRUE(
      finish(store_->saveWait(Wait{account, "messages.getHistory", clock_.wall() + hours(2), "31 s"})).ok());
  open();
  auto waits = finish(store_->waits());
  ASSERT_EQ(waits->size(), 1U);
  EXPECT_EQ(waits->front().scope, "messages.getHistory");
  EXPECT_EQ(waits->front().until, clock_.wall() + hours(2));
  clock_.advance(hours(2));
  EXPECT_TRUE(finish(store_->waits())->empty());
}

TEST_F(StateStoreTest, NeverShortensAWait) {
  const auto account = model::AccountId(7);
  const auto end = clock_.wall() + hours(2);
  ASSERT_TRUE(finish(store_->saveWait(Wait{account, "x", end, "long"})).ok());
  ASSERT_TRUE(finish(store_->saveWait(Wait{account, "x", clock_.wall() + hours(1), "short"})).ok());
  EXPECT_EQ(finish(store_->waits())->front().until, end);
  EXPECT_EQ(finish(store_->waits())->front().reason, "long");
  ASSERT_TRUE(finish(store_->saveWait(Wait{account, "x", end + hours(1), "longer"})).ok());
  EXPECT_EQ(finish(store_->waits())->front().reason, "longer");
}

TEST_F(StateStoreTest, GivesChangesMadeTogetherOneVersion) {
  ConfigChange change;
  change.key = "MTPROTO_GLOBAL_RPS";
  change.before = "2.5";
  change.after = "3";
  change.who = "root";
  change.comment = "faster";
  change.at = clock_.wall();
  std::vector<ConfigChange> two{change, change};
  EXPECT_EQ(*finish(store_->addConfigChanges(two)), 1);
  EXPECT_EQ(*finish(store_->addConfigChanges({change})), 2);
  Probe probe(file("state.db"));
  EXPECT_EQ(
      probe.text("SELECT group_concat(version, ' ') FROM (SELECT version FROM config_history ORDER BY id)"),
      "1 1 2");
  EXPECT_EQ(probe.text("SELECT DISTINCT key || ' ' || before || ' ' || after || ' ' || who || ' ' || comment"
                       " FROM config_history"),
            "MTPROTO_GLOBAL_RPS 2.5 3 root faster");
  EXPECT_EQ(probe.number("SELECT max(at_us) FROM config_history"), clock_.wall().time_since_epoch().count());
}

TEST_F(StateStoreTest, FindsAPeerByNameInAnyCaseUntilItIsRemoved) {
  const auto id = add("main", keysOf({2}));
  const auto other = add("other", keysOf({2}));
  ASSERT_TRUE(finish(store_->savePeer(Peer{id, "DurovChannel", kChat, -5, clock_.wall()})).ok());
  EXPECT_EQ((*finish(store_->peer(id, "durovchannel")))->accessHash, -5);
  EXPECT_FALSE(finish(store_->peer(other, "durovchannel"))->has_value());
  ASSERT_TRUE(finish(store_->removePeer(id, kChat)).ok());
  EXPECT_FALSE(finish(store_->peer(id, "durovchannel"))->has_value());
}

TEST_F(StateStoreTest, TakesAUsernameFromTheChatThatLostIt) {
  const auto id = add("main", keysOf({2}));
  const auto newChat = model::ChatId::ofChannel(78);
  ASSERT_TRUE(finish(store_->savePeer(Peer{id, "name", kChat, 1, clock_.wall()})).ok());
  ASSERT_TRUE(finish(store_->savePeer(Peer{id, "name", newChat, 2, clock_.wall()})).ok());
  EXPECT_EQ((*finish(store_->peer(id, "name")))->chat, newChat);
  EXPECT_EQ(Probe(file("state.db")).number("SELECT count(*) FROM peers WHERE username IS NULL"), 1);
}

TEST_F(StateStoreTest, SaysOnceThatTheMasterKeyWasMade) {
  EXPECT_TRUE(store_->masterKey().created);
  EXPECT_EQ(store_->masterKey().path, file("master.key"));
  open();
  EXPECT_FALSE(store_->masterKey().created);
}

TEST_F(StateStoreTest, RefusesToMakeANewKeyWhileRecordsAreSealed) {
  add("main", keysOf({2}));
  store_.reset();
  std::filesystem::remove(file("master.key"));
  EXPECT_EQ(refusal().code(), Errc::Refused);
  EXPECT_FALSE(std::filesystem::exists(file("master.key")));
}

TEST_F(StateStoreTest, TellsAnotherMasterKeyFromTheRightOne) {
  add("main", keysOf({2}));
  options_.masterKeyFile = directory_ / "other.key";
  std::ofstream(options_.masterKeyFile) << std::string(32, 'k');
  std::filesystem::permissions(options_.masterKeyFile, std::filesystem::perms::owner_read);
  open();
  EXPECT_TRUE(accounts()[0].damage.has_value());
}

TEST_F(StateStoreTest, OpensItsFilesToTheOwnerOnly) {
  for (const char* name : {"state.db", "engine.lock", "master.key"}) {
    struct stat info {};

    ASSERT_EQ(::stat(file(name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0077U, 0U) << name;
  }
  EXPECT_EQ(std::filesystem::status(options_.directory).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(StateStoreTest, RefusesADirectoryOpenToOthers) {
  store_.reset();
  std::filesystem::permissions(options_.directory, std::filesystem::perms(0755));
  EXPECT_EQ(refusal().code(), Errc::Refused);
}

TEST_F(StateStoreTest, RefusesADirectoryOfAnotherUser) {
  store_.reset();
  if (::geteuid() == 0) {
    ASSERT_EQ(::chown(options_.directory.c_str(), 65534, 65534), 0);
  } else {
    options_.directory = "/usr";
  }
  const Error error = refusal();
  EXPECT_EQ(error.code(), Errc::Refused);
  EXPECT_NE(error.text().find("another user"), std::string::npos) << error.text();
}

TEST_F(StateStoreTest, NamesADirectoryThatCannotBeMade) {
  options_.directory = "/proc/mtpool";
  const Error error = refusal();
  EXPECT_EQ(error.code(), Errc::Io);
  EXPECT_NE(error.text().find("MTPOOL_STATE_DIR"), std::string::npos) << error.text();
}

TEST_F(StateStoreTest, TurnsASecondEngineAway) {
  EXPECT_EQ(StateStore::open(options_).error().code(), Errc::Refused);
}

TEST_F(StateStoreTest, RefusesANewerSchema) {
  store_.reset();
  Probe(file("state.db")).run("PRAGMA user_version = 99");
  EXPECT_EQ(refusal().code(), Errc::Refused);
}

TEST_F(StateStoreTest, AnswersCancelledAfterClose) {
  store_->close();
  EXPECT_EQ(finish(store_->accounts()).error().code(), Errc::Cancelled);
}

}  // namespace
}  // namespace mtpool::store
