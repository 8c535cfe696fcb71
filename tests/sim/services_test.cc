// SPDX-License-Identifier: Apache-2.0
// What the services answer, over the wire.
#include <gtest/gtest.h>

#include "tests/sim/cluster_fixture.h"

namespace mtpool::sim {
namespace {

class ServicesTest : public ClusterTest {};

TEST_F(ServicesTest, SendsAPhoneToItsHome) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto ask = sendCode(kPhoneAtDc4);
    auto sent = co_await client_.call(std::move(ask));
    EXPECT_FALSE(sent);
    EXPECT_EQ(refusalOf(sent), "PHONE_MIGRATE_4");
    EXPECT_EQ(codeOf(sent), 303);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ServicesTest, RefusesWrongCodesAndTakesTheRightOneAfterwards) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto ask = sendCode(kPhoneAtDc2);
    auto sent = co_await client_.call(std::move(ask));
    const std::string hash = sent->as<api::auth::SentCode>()->phoneCodeHash;
    auto wrong = signIn(kPhoneAtDc2, hash, "54321");
    auto refused = co_await client_.call(std::move(wrong));
    EXPECT_EQ(refusalOf(refused), "PHONE_CODE_INVALID");
    auto stale = signIn(kPhoneAtDc2, "0123", kLoginCode);
    auto expired = co_await client_.call(std::move(stale));
    EXPECT_EQ(refusalOf(expired), "PHONE_CODE_EXPIRED");
    auto right = signIn(kPhoneAtDc2, hash, kLoginCode);
    auto done = co_await client_.call(std::move(right));
    EXPECT_TRUE(done);
    client_.close();
  };
  run(body);
}

TEST_F(ServicesTest, AsksForTheSecondFactor) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto ask = sendCode(kPhoneWithPassword);
    auto sent = co_await client_.call(std::move(ask));
    auto enter = signIn(kPhoneWithPassword, sent->as<api::auth::SentCode>()->phoneCodeHash, kLoginCode);
    auto needed = co_await client_.call(std::move(enter));
    EXPECT_EQ(refusalOf(needed), "SESSION_PASSWORD_NEEDED");
    EXPECT_EQ(codeOf(needed), 401);
    for (const char* given : {"guess", kLoginPassword}) {
      api::account::GetPassword getPassword;
      auto password = co_await client_.call(getPassword);
      const auto* algo =
          password->currentAlgo->as<api::PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow>();
      crypto::SrpParameters parameters{algo->salt1, algo->salt2, algo->g, algo->p};
      auto proof = crypto::srpProve(parameters, *password->srpB, SecretString(given), random_);
      api::InputCheckPasswordSRP input;
      input.srpId = *password->srpId;
      input.a = proof->a;
      input.m1 = toBytes(proof->m1);
      api::auth::CheckPassword check;
      check.password = input;
      auto done = co_await client_.call(std::move(check));
      EXPECT_EQ(done.ok(), given == kLoginPassword);
      if (!done) {
        EXPECT_EQ(refusalOf(done), "PASSWORD_HASH_INVALID");
      }
    }
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ServicesTest, LetsBotsInButNotIntoHistory) {
  auto body = [this]() -> Task<void> {
    const int home = scene_.accounts.homeDc("110201543");
    auto key = co_await open(client_, home);
    api::auth::ImportBotAuthorization login;
    login.apiId = 1;
    login.apiHash = "hash";
    login.botAuthToken = "110201543:text";
    auto in = co_await client_.call(login);
    EXPECT_TRUE(in) << in.error().text();
    auto peer = co_await resolve(client_, "simch1");
    api::messages::GetHistory history;
    history.peer = *peer;
    auto refused = co_await client_.call(std::move(history));
    EXPECT_EQ(refusalOf(refused), "BOT_METHOD_INVALID");
    client_.close();
  };
  run(body);
}

TEST_F(ServicesTest, CarriesAnAuthorisationToAnotherDataCentreOnce) {
  TestClient there(clock_, random_);
  auto body = [this, &there]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    api::auth::ExportAuthorization ask;
    ask.dcId = 4;
    auto exported = co_await client_.call(ask);
    EXPECT_TRUE(exported) << exported.error().text();
    auto second = co_await open(there, 4);
    api::auth::ImportAuthorization import;
    import.id = exported->id;
    import.bytes = exported->bytes;
    auto done = co_await there.call(import);
    EXPECT_TRUE(done) << done.error().text();
    auto peer = co_await resolve(there, "simch2");
    EXPECT_TRUE(peer);
    auto again = co_await there.call(import);
    EXPECT_EQ(refusalOf(again), "AUTH_BYTES_INVALID");
    ask.dcId = 2;
    auto home = co_await client_.call(ask);
    EXPECT_EQ(refusalOf(home), "DC_ID_INVALID");
    there.close();
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ServicesTest, RefusesCallsWithoutLoginAndForeignAccessHashes) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto early = co_await resolve(client_, "simch1");
    EXPECT_EQ(refusalOf(early), "AUTH_KEY_UNREGISTERED");
    EXPECT_EQ(codeOf(early), 401);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    auto peer = co_await resolve(client_, "simch1");
    peer->accessHash += 1;
    auto refused = co_await readAll(client_, *peer);
    EXPECT_EQ(refusalOf(refused), "CHANNEL_INVALID");
    auto nobody = co_await resolve(client_, "nobody_here");
    EXPECT_EQ(refusalOf(nobody), "USERNAME_NOT_OCCUPIED");
    auto wrong = co_await resolve(client_, "x");
    EXPECT_EQ(refusalOf(wrong), "USERNAME_INVALID");
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("call_without_login"), 1);
  EXPECT_EQ(scene_.report.violations("wrong_access_hash"), 1);
}

TEST_F(ServicesTest, ServesAPageAgainAsItWas) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    auto peer = co_await resolve(client_, "simch1");
    api::messages::GetHistory call;
    call.peer = *peer;
    call.limit = 100;
    const Bytes query = tl::serialize(call);
    Bytes first = query;
    auto one = co_await client_.callRaw(std::move(first));
    EXPECT_GT(scene_.pages.bytes(), 0u);
    Bytes second = query;
    auto two = co_await client_.callRaw(std::move(second));
    EXPECT_TRUE(one && two && *one == *two);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.messagesServed(), 200);
}

TEST_F(ServicesTest, GivesMessagesByNumberWithHolesAsEmpty) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    auto peer = co_await resolve(client_, "simch1");
    const IdIndex& ids = world_.channels()[0].ids();
    std::int32_t hole = 2;
    while (ids.exists(hole)) {
      ++hole;
    }
    api::channels::GetMessages call;
    api::InputChannel channel;
    channel.channelId = peer->channelId;
    channel.accessHash = peer->accessHash;
    call.channel = channel;
    for (const std::int32_t id : {1, hole}) {
      api::InputMessageID input;
      input.id = id;
      call.id.emplace_back(input);
    }
    auto answer = co_await client_.call(std::move(call));
    const auto* page = answer->as<api::messages::ChannelMessages>();
    EXPECT_NE(page->messages.at(0).as<api::MessageService>(), nullptr);
    EXPECT_NE(page->messages.at(1).as<api::MessageEmpty>(), nullptr);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

}  // namespace
}  // namespace mtpool::sim
