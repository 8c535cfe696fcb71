// SPDX-License-Identifier: Apache-2.0
#include "engine/client/rpc_errors.h"

#include <gtest/gtest.h>

#include <utility>

namespace mtpool::client {
namespace {

Error map(std::int32_t code, const char* name, std::optional<std::int64_t> argument = std::nullopt) {
  mtproto::RpcError error;
  error.code = code;
  error.name = name;
  error.argument = argument;
  return rpcError(error, "messages.getHistory");
}

Error mapText(std::int32_t code, std::string_view text) {
  return rpcError(mtproto::parseRpcError(code, text), "messages.getHistory");
}

TEST(RpcErrors, AFloodWaitCarriesItsSecondsWithinBounds) {
  EXPECT_EQ(map(420, "FLOOD_WAIT", 31).code(), Errc::FloodWait);
  EXPECT_EQ(map(420, "FLOOD_WAIT", 31).retryAfter(), std::chrono::seconds(31));
  EXPECT_EQ(map(420, "FLOOD_WAIT", 0).retryAfter(), std::chrono::seconds(1));
  EXPECT_EQ(map(420, "FLOOD_WAIT", 1LL << 60).retryAfter(), std::chrono::seconds(14 * 24 * 3600));
}

TEST(RpcErrors, Fuz14TheLongestWaitIsNeverTakenForTheShortest) {
  const Error error = mapText(420, "FLOOD_WAIT_99999999999999999999");
  EXPECT_EQ(error.code(), Errc::FloodWait);
  EXPECT_EQ(error.retryAfter(), std::chrono::seconds(14 * 24 * 3600));
}

TEST(RpcErrors, KnowsEveryWaitByItsName) {
  for (const char* text : {"FLOOD_WAIT_7", "FLOOD_PREMIUM_WAIT_7", "SLOWMODE_WAIT_7", "TAKEOUT_INIT_DELAY_7",
                           "2FA_CONFIRM_WAIT_7", "FLOOD_TEST_PHONE_WAIT_7"}) {
    EXPECT_EQ(mapText(420, text).retryAfter(), std::chrono::seconds(7)) << text;
  }
  EXPECT_EQ(mapText(420, "FLOOD_SKIP_FAILED_WAIT").retryAfter(), std::chrono::seconds(1));
}

TEST(RpcErrors, WhatIsNoWaitIsNotAskedAgain) {
  for (const char* text : {"STORY_SEND_FLOOD_MONTHLY", "STORY_SEND_FLOOD_MONTHLY_1700000000",
                           "PREMIUM_SUB_ACTIVE_UNTIL_1700000000", "SOMETHING_NEW", "SOMETHING_NEW_30",
                           "FLOOD_WAIT", "FLOOD_WAIT_", "FLOOD_WAIT_12X", "FLOOD_WAIT__5", "FLOOD_WAIT_-5"}) {
    const Error error = mapText(420, text);
    EXPECT_EQ(error.code(), Errc::RpcBadRequest) << text;
    EXPECT_EQ(error.disposition(), Disposition::CallerFault) << text;
    EXPECT_FALSE(error.retryAfter()) << text;
  }
}

TEST(RpcErrors, AFrozenAccountIsTakenOutWithTheReason) {
  for (const auto& [code, text] :
       {std::pair(420, "FROZEN_METHOD_INVALID"), std::pair(406, "FROZEN_METHOD_INVALID"),
        std::pair(400, "FROZEN_PARTICIPANT_MISSING")}) {
    const Error error = mapText(code, text);
    EXPECT_EQ(error.code(), Errc::AccountFrozen) << text;
    EXPECT_EQ(error.disposition(), Disposition::QuarantineAccount) << text;
    EXPECT_NE(error.text().find("appeal"), std::string::npos) << error.text();
  }
}

TEST(RpcErrors, AMigrationNamesTheDataCentre) {
  for (const char* name : {"PHONE_MIGRATE", "USER_MIGRATE", "STATS_MIGRATE"}) {
    const Error error = map(303, name, 4);
    EXPECT_EQ(error.code(), Errc::Migrate);
    EXPECT_EQ(error.argument(), 4);
  }
}

TEST(RpcErrors, Fuz14OnlyADataCentreThatCanBeIsAPlaceToGoTo) {
  EXPECT_EQ(mapText(303, "USER_MIGRATE_1").argument(), 1);
  EXPECT_EQ(mapText(303, "USER_MIGRATE_1000").argument(), 1000);
  for (const char* text :
       {"USER_MIGRATE", "USER_MIGRATE_0", "USER_MIGRATE_X", "USER_MIGRATE_1001", "SOMETHING",
        "USER_MIGRATE_4294967298", "USER_MIGRATE_99999999999999999999", "SOMETHING_2"}) {
    EXPECT_EQ(mapText(303, text).code(), Errc::RpcBadRequest) << text;
  }
}

TEST(RpcErrors, TheNameWinsOverTheNumber) {
  EXPECT_EQ(map(400, "SESSION_PASSWORD_NEEDED").code(), Errc::PasswordNeeded);
  EXPECT_EQ(map(401, "SESSION_PASSWORD_NEEDED").code(), Errc::PasswordNeeded);
}

TEST(RpcErrors, WhatEndsAnAccountQuarantinesIt) {
  EXPECT_EQ(map(401, "AUTH_KEY_UNREGISTERED").disposition(), Disposition::QuarantineAccount);
  EXPECT_EQ(map(406, "AUTH_KEY_DUPLICATED").disposition(), Disposition::QuarantineAccount);
}

TEST(RpcErrors, UnknownNamesGoByTheirNumber) {
  EXPECT_EQ(map(500, "SOMETHING_NEW").code(), Errc::RpcServer);
  EXPECT_EQ(map(-503, "Timeout").code(), Errc::RpcServer);
  EXPECT_EQ(map(403, "SOMETHING_NEW").code(), Errc::RpcForbidden);
  EXPECT_EQ(map(400, "SOMETHING_NEW").code(), Errc::RpcBadRequest);
}

TEST(RpcErrors, TextFromTheServerIsMadePrintable) {
  const Error error = map(400, "EVIL\n\x1b[31m");
  EXPECT_EQ(error.text().find('\n'), std::string::npos);
  EXPECT_EQ(error.text().find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace mtpool::client
