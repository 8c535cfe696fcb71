// SPDX-License-Identifier: Apache-2.0
#include "engine/client/rpc_errors.h"

#include <gtest/gtest.h>

namespace mtpool::client {
namespace {

Error map(std::int32_t code, const char* name, std::int64_t argument = 0) {
  mtproto::RpcError error;
  error.code = code;
  error.name = name;
  error.argument = argument;
  return rpcError(error, "messages.getHistory");
}

TEST(RpcErrors, AFloodWaitCarriesItsSecondsWithinBounds) {
  EXPECT_EQ(map(420, "FLOOD_WAIT", 31).code(), Errc::FloodWait);
  EXPECT_EQ(map(420, "FLOOD_WAIT", 31).retryAfter(), std::chrono::seconds(31));
  EXPECT_EQ(map(420, "FLOOD_WAIT", -5).retryAfter(), std::chrono::seconds(1));
  EXPECT_EQ(map(420, "FLOOD_WAIT", 1LL << 60).retryAfter(), std::chrono::seconds(14 * 24 * 3600));
}

TEST(RpcErrors, AMigrationNamesTheDataCentre) {
  for (const char* name : {"PHONE_MIGRATE", "USER_MIGRATE", "STATS_MIGRATE"}) {
    const Error error = map(303, name, 4);
    EXPECT_EQ(error.code(), Errc::Migrate);
    EXPECT_EQ(error.argument(), 4);
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
