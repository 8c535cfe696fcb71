// SPDX-License-Identifier: Apache-2.0
#include "engine/control/dispatch.h"

#include <gtest/gtest.h>

#include "engine/control/codec/settings.h"
#include "tests/control/fake_engine.h"
#include "tests/control/raw_client.h"

namespace mtpool::test {
namespace {

// One welcomed client of one engine.
struct Conversation {
  explicit Conversation(admin::Role role = admin::Role::Admin)
      : engine(everybodyIs(role)), client(engine.socket()) {
    client.hello();
  }

  std::string lastCall() {
    const auto calls = engine.calls();
    return calls.empty() ? "" : calls.back();
  }

  FakeEngine engine;
  RawClient client;
};

TEST(Dispatch, AnswersTheStatus) {
  Conversation talk;
  v1::Envelope request;
  request.mutable_get_status();
  EXPECT_EQ(talk.client.ask(request).status_reply().engine_version(), "0.1.0");
}

TEST(Dispatch, PassesForceOnToShutdown) {
  Conversation talk;
  v1::Envelope request;
  request.mutable_shutdown()->set_force(true);
  EXPECT_TRUE(talk.client.ask(request).has_done());
  EXPECT_EQ(talk.lastCall(), "shutdown now");
}

TEST(Dispatch, WalksThroughALoginWithCodeAndPassword) {
  Conversation talk;
  v1::Envelope start;
  start.mutable_start_login()->set_alias("a");
  start.mutable_start_login()->set_phone("+99900000");
  const auto code = talk.client.ask(start).login_reply();
  EXPECT_EQ(code.step(), v1::LoginReply::STEP_CODE);
  v1::Envelope wrong;
  wrong.mutable_submit_code()->set_login_id(code.login_id());
  wrong.mutable_submit_code()->set_code("1");
  EXPECT_EQ(talk.client.ask(wrong).failure().code(), "code_invalid");
  v1::Envelope right;
  right.mutable_submit_code()->set_login_id(code.login_id());
  right.mutable_submit_code()->set_code("12345");
  const auto password = talk.client.ask(right).login_reply();
  EXPECT_EQ(password.step(), v1::LoginReply::STEP_PASSWORD);
  EXPECT_EQ(password.hint(), "theatre");
  v1::Envelope last;
  last.mutable_submit_password()->set_login_id(code.login_id());
  last.mutable_submit_password()->set_password("rehearsal");
  const auto done = talk.client.ask(last).login_reply();
  EXPECT_EQ(done.step(), v1::LoginReply::STEP_DONE);
  EXPECT_EQ(done.account().state(), "ready");
  v1::Envelope cancel;
  cancel.mutable_cancel_login()->set_login_id("login-1");
  EXPECT_TRUE(talk.client.ask(cancel).has_done());
}

TEST(Dispatch, ListsShowsAndRemovesAccounts) {
  Conversation talk;
  talk.engine.on([](FakeOperations& operations) { operations.accounts_.emplace_back().account.alias = "a"; });
  v1::Envelope list;
  list.mutable_list_accounts();
  EXPECT_EQ(talk.client.ask(list).accounts_reply().accounts(0).alias(), "a");
  v1::Envelope show;
  show.mutable_get_account()->set_alias("a");
  EXPECT_EQ(talk.client.ask(show).account_reply().account().alias(), "a");
  show.mutable_get_account()->set_alias("b");
  EXPECT_EQ(talk.client.ask(show).failure().code(), "not_found");
  v1::Envelope remove;
  remove.mutable_remove_account()->set_alias("a");
  remove.mutable_remove_account()->set_keep_authorisation(true);
  EXPECT_TRUE(talk.client.ask(remove).has_done());
  EXPECT_EQ(talk.lastCall(), "remove a keep");
}

TEST(Dispatch, AddsListsCollectsAndRemovesTargets) {
  Conversation talk;
  talk.engine.on([](FakeOperations& operations) { operations.targets_.emplace_back().target.spec = "@a"; });
  v1::Envelope add;
  add.mutable_add_targets()->add_specs("@a");
  add.mutable_add_targets()->set_history("100");
  add.mutable_add_targets()->set_interval_s(900);
  add.mutable_add_targets()->set_user_id(3);
  EXPECT_EQ(talk.client.ask(add).targets_reply().targets(0).spec(), "@a");
  EXPECT_EQ(talk.lastCall(), "add 1 for 3 history '100' every 900");
  v1::Envelope list;
  list.mutable_list_targets();
  EXPECT_EQ(talk.client.ask(list).targets_reply().targets_size(), 1);
  v1::Envelope collect;
  collect.mutable_collect()->set_target("@a");
  EXPECT_EQ(talk.client.ask(collect).collect_reply().targets(), 1);
  v1::Envelope remove;
  remove.mutable_remove_target()->set_spec("@a");
  remove.mutable_remove_target()->set_purge(true);
  EXPECT_TRUE(talk.client.ask(remove).has_done());
  EXPECT_EQ(talk.lastCall(), "drop @a purge");
}

TEST(Dispatch, ListsSessions) {
  Conversation talk;
  talk.engine.on(
      [](FakeOperations& operations) { operations.sessions_.emplace_back().id = model::SessionId(5); });
  v1::Envelope list;
  list.mutable_list_sessions();
  EXPECT_EQ(talk.client.ask(list).sessions_reply().sessions(0).id(), 5);
}

TEST(Dispatch, ShowsAndChangesSettings) {
  Conversation talk;
  static const config::Setting kSetting = [] {
    config::Setting setting;
    setting.key = "KEY";
    return setting;
  }();
  talk.engine.on([](FakeOperations& operations) {
    operations.settings_.settings.emplace_back().setting = &kSetting;
    operations.settings_.version = 4;
    operations.outcome_.applied.push_back({"KEY", "1", "2", true});
    operations.outcome_.version = 5;
  });
  v1::Envelope list;
  list.mutable_list_settings()->set_group("pool");
  EXPECT_EQ(talk.client.ask(list).settings_reply().version(), 4);
  EXPECT_EQ(talk.lastCall(), "settings pool");
  v1::Envelope set;
  auto* change = set.mutable_set_settings()->add_changes();
  change->set_key("KEY");
  change->set_value("2");
  set.mutable_set_settings()->set_comment("why not");
  const auto reply = talk.client.ask(set).set_settings_reply();
  EXPECT_EQ(reply.applied(0).after(), "2");
  EXPECT_EQ(reply.version(), 5);
  EXPECT_EQ(talk.lastCall(), "set KEY=2 because why not");
}

TEST(Dispatch, RefusesWhatTheRoleMayNotWithoutAskingTheEngine) {
  Conversation talk(admin::Role::Operator);
  v1::Envelope set;
  set.mutable_set_settings();
  const auto refused = talk.client.ask(set).failure();
  EXPECT_EQ(refused.code(), "refused");
  EXPECT_NE(refused.text().find("mtpool-admin"), std::string::npos) << refused.text();
  EXPECT_TRUE(talk.engine.calls().empty());
}

TEST(Dispatch, LetsOnlyAnAdminDeleteWhatWasCollected) {
  Conversation talk(admin::Role::Operator);
  v1::Envelope remove;
  remove.mutable_remove_target()->set_spec("@a");
  remove.mutable_remove_target()->set_purge(true);
  const auto refused = talk.client.ask(remove).failure();
  EXPECT_EQ(refused.code(), "refused");
  EXPECT_NE(refused.text().find("delete what was collected"), std::string::npos) << refused.text();
  EXPECT_TRUE(talk.engine.calls().empty());
  remove.mutable_remove_target()->set_purge(false);
  EXPECT_TRUE(talk.client.ask(remove).has_done());
}

TEST(Dispatch, SaysWhoChangesSettings) {
  Conversation talk;
  v1::Envelope set;
  set.mutable_set_settings();
  EXPECT_TRUE(talk.client.ask(set).has_set_settings_reply());
  EXPECT_EQ(talk.engine.on([](FakeOperations& operations) { return operations.who_; }),
            "uid " + std::to_string(::getuid()));
}

TEST(Dispatch, NamesTheSettingAtFault) {
  Conversation talk;
  talk.engine.on([](FakeOperations& operations) {
    operations.refusal_ = Error(Errc::InvalidConfig, "A_KEY_B must be 1 to 5, not 9; A_KEY=3 bounds it");
  });
  v1::Envelope set;
  for (const char* key : {"OTHER", "KEY", "A_KEY", "A_KEY_B"}) {
    set.mutable_set_settings()->add_changes()->set_key(key);
  }
  EXPECT_EQ(talk.client.ask(set).failure().setting(), "A_KEY_B");
  v1::SetSettings asked = set.set_settings();
  const Error refusal(Errc::InvalidConfig, "A_KEY_B must be 1 to 5, not 9; A_KEY=3 bounds it");
  EXPECT_EQ(control::codec::settingAtFault(asked, refusal), "A_KEY_B");
  asked.mutable_changes()->RemoveLast();
  EXPECT_EQ(control::codec::settingAtFault(asked, refusal), "A_KEY");
  asked.mutable_changes()->RemoveLast();
  EXPECT_EQ(control::codec::settingAtFault(asked, refusal), "");
}

TEST(Dispatch, GivesAnErrorOfTheEngineAsItIs) {
  Conversation talk;
  talk.engine.on(
      [](FakeOperations& operations) { operations.failure_ = Error(Errc::StorageFull, "the disk is full"); });
  v1::Envelope request;
  request.mutable_get_status();
  const auto failure = talk.client.ask(request).failure();
  EXPECT_EQ(failure.code(), "storage_full");
  EXPECT_EQ(failure.text(), "the disk is full");
}

TEST(Dispatch, SendsALongListInPartsOfOneAnswer) {
  constexpr int kMany = 20'000;
  Conversation talk;
  talk.engine.on([](FakeOperations& operations) {
    for (int i = 0; i < kMany; ++i) {
      auto& view = operations.targets_.emplace_back();
      view.target.id = model::TargetId(i);
      view.title = "a channel with a title of some length";
    }
  });
  v1::Envelope list;
  list.mutable_list_targets();
  list.set_request_id(3);
  talk.client.send(list);
  int parts = 0;
  int rows = 0;
  bool more = true;
  while (more) {
    const auto part = talk.client.receive();
    ASSERT_TRUE(part);
    EXPECT_LT(part->ByteSizeLong(), 2 * control::kPartBytes);
    more = part->more();
    rows += part->targets_reply().targets_size();
    ++parts;
  }
  EXPECT_EQ(rows, kMany);
  EXPECT_GT(parts, 2);
}

}  // namespace
}  // namespace mtpool::test
