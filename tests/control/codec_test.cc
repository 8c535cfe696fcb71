// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/base/text.h"
#include "engine/control/codec/accounts.h"
#include "engine/control/codec/failure.h"
#include "engine/control/codec/sessions.h"
#include "engine/control/codec/settings.h"
#include "engine/control/codec/status.h"
#include "engine/control/codec/targets.h"
#include "engine/control/codec/text.h"

namespace mtpool::control::codec {
namespace {

constexpr std::string_view kBroken = "a\xFF\xC0\x80z";

TEST(Codec, LetsOnlyValidUtf8Out) {
  v1::Failure failure;
  encode(Error(Errc::Refused, std::string(kBroken)), failure);
  EXPECT_TRUE(isCleanUtf8(failure.text()));
  v1::Target target;
  admin::TargetView view;
  view.title = kBroken;
  view.target.why = kBroken;
  encode(view, target);
  EXPECT_TRUE(isCleanUtf8(target.title()));
  EXPECT_TRUE(isCleanUtf8(target.why()));
  v1::Account account;
  admin::AccountView who;
  who.account.username = kBroken;
  encode(who, account);
  EXPECT_TRUE(isCleanUtf8(account.username()));
}

TEST(Codec, HidesPasswordsInsideUrls) {
  EXPECT_EQ(withoutPasswords("postgresql://me:secret@db:5432/x"), "postgresql://me:•••@db:5432/x");
  EXPECT_EQ(withoutPasswords("socks5://a:p1@h:1,socks5://b:p@2@h:2"),
            "socks5://a:•••@h:1,socks5://b:•••@h:2");
  EXPECT_EQ(withoutPasswords("sqlite:/var/lib/mtpool.db"), "sqlite:/var/lib/mtpool.db");
  EXPECT_EQ(withoutPasswords("http://host:80/a@b:c"), "http://host:80/a@b:c");
  EXPECT_EQ(withoutPasswords("x://"), "x://");
}

config::Setting secretSetting() {
  config::Setting setting;
  setting.key = "TELEGRAM_API_HASH";
  setting.type = config::Type::Secret;
  return setting;
}

TEST(Codec, KeepsTheValueOfASecretEvenWhenItIsGivenOne) {
  const auto setting = secretSetting();
  config::SettingView view;
  view.setting = &setting;
  view.value = "hunter2";
  v1::Setting out;
  encode(view, out);
  EXPECT_TRUE(out.secret());
  EXPECT_EQ(out.SerializeAsString().find("hunter2"), std::string::npos);
}

TEST(Codec, KeepsSecretsOutOfTheRecordOfAChange) {
  const auto setting = secretSetting();
  config::SettingsView known;
  known.settings.emplace_back().setting = &setting;
  config::ChangeOutcome outcome;
  outcome.applied.push_back({"TELEGRAM_API_HASH", "hunter1", "hunter2", true});
  outcome.applied.push_back({"NOT_IN_THE_TABLE", "hunter3", "hunter4", true});
  v1::SetSettingsReply reply;
  encode(outcome, known, reply);
  EXPECT_EQ(reply.applied_size(), 2);
  EXPECT_EQ(reply.SerializeAsString().find("hunter"), std::string::npos);
}

TEST(Codec, DescribesASettingAsTheTableDoes) {
  config::Setting setting;
  setting.key = "MTPROTO_MAX_CONCURRENT_USERS";
  setting.type = config::Type::Int;
  setting.defaultValue = "10";
  setting.min = 1;
  setting.max = 200;
  setting.choices = "a,b";
  setting.applies = config::Applies::Restart;
  config::SettingView view;
  view.setting = &setting;
  view.value = "12";
  view.origin = config::Origin::Environment;
  view.pinned = true;
  v1::Setting out;
  encode(view, out);
  EXPECT_EQ(out.type(), "int");
  EXPECT_EQ(out.min(), "1");
  EXPECT_EQ(out.max(), "200");
  EXPECT_EQ(out.origin(), "environment");
  EXPECT_EQ(out.choices_size(), 2);
  EXPECT_TRUE(out.pinned());
  EXPECT_FALSE(out.live());
  view.effectiveMax = "50";
  encode(view, out);
  EXPECT_EQ(out.max(), "50");
}

TEST(Codec, TakesASecretOutOfAMessageAndLeavesNothing) {
  v1::StartLogin message;
  message.set_alias("bot");
  message.set_bot_token("1:a-rather-long-bot-token-of-a-real-account");
  const char* where = message.bot_token().data();
  const auto request = decode(message);
  EXPECT_EQ(request.botToken.reveal(), "1:a-rather-long-bot-token-of-a-real-account");
  EXPECT_TRUE(message.bot_token().empty());
  EXPECT_EQ(std::string(where, 4), std::string(4, '\0'));
}

TEST(Codec, CarriesTheWaitOfAFailure) {
  v1::Failure failure;
  encode(Error(Errc::FloodWait, "wait").withRetryAfter(std::chrono::seconds(3)), failure);
  EXPECT_EQ(failure.code(), "flood_wait");
  EXPECT_EQ(failure.retry_after_ms(), 3000);
}

TEST(Codec, CarriesASession) {
  model::Session session;
  session.id = model::SessionId(4);
  session.user = model::UserId(9);
  session.state = model::SessionState::Collecting;
  session.startedAt = WallTime(std::chrono::microseconds(17));
  session.messages = 1000;
  v1::Session out;
  encode(session, out);
  EXPECT_EQ(out.id(), 4);
  EXPECT_EQ(out.user_id(), 9);
  EXPECT_EQ(out.state(), "collecting");
  EXPECT_EQ(out.started_at_us(), 17);
  EXPECT_EQ(out.messages(), 1000);
}

TEST(Codec, CarriesTheStatusWithoutThePasswordOfTheDatabase) {
  model::EngineStatus status;
  status.database = "postgresql://u:hunter2@h/d";
  status.memory.engineRssBytes = 5;
  status.conditions.push_back({"telegram", false, "no account"});
  v1::StatusReply out;
  encode(status, out);
  EXPECT_EQ(out.SerializeAsString().find("hunter2"), std::string::npos);
  EXPECT_EQ(out.memory().engine_rss_bytes(), 5U);
  EXPECT_FALSE(out.conditions(0).ok());
}

}  // namespace
}  // namespace mtpool::control::codec
