// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/connection.h"

#include <gtest/gtest.h>

#include "engine/mtproto/bind_key.h"
#include "engine/mtproto/packet.h"
#include "tests/sim/cluster_fixture.h"

namespace mtpool::sim {
namespace {

class ConnectionTest : public ClusterTest {};

class FramingTest : public ClusterTest,
                    public testing::WithParamInterface<std::pair<mtproto::Framing, bool>> {};

TEST_P(FramingTest, CarriesALoginAndAWholeChannel) {
  auto body = [this]() -> Task<void> {
    mtproto::ClientFraming framing;
    framing.framing = GetParam().first;
    framing.obfuscate = GetParam().second;
    auto connected = co_await client_.connect(endpoint(2), framing);
    EXPECT_TRUE(connected);
    crypto::RsaPublicKey publicKey = serverKey().publicKey();
    auto key = co_await client_.makeKey(2, 0, std::move(publicKey));
    if (!key) {
      ADD_FAILURE() << key.error().text();
      co_return;
    }
    client_.use(*key);
    api::help::GetConfig getConfig;
    auto config = co_await client_.firstCall(getConfig);
    EXPECT_TRUE(config) << config.error().text();
    auto in = co_await logIn(client_, kPhoneAtDc2);
    EXPECT_TRUE(in) << in.error().text();
    auto peer = co_await resolve(client_, "simch1");
    if (!peer) {
      ADD_FAILURE() << peer.error().text();
      co_return;
    }
    auto ids = co_await readAll(client_, *peer);
    EXPECT_TRUE(ids) << ids.error().text();
    EXPECT_EQ(ids ? ids->size() : 0, 350u);
    EXPECT_EQ(ids ? ids->back() : 0, 1);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
  EXPECT_EQ(scene_.report.deviations(), 0) << scene_.report.json();
  EXPECT_EQ(scene_.report.messagesServed(), 350);
}

INSTANTIATE_TEST_SUITE_P(Every, FramingTest,
                         testing::Values(std::pair(mtproto::Framing::Abridged, false),
                                         std::pair(mtproto::Framing::Intermediate, false),
                                         std::pair(mtproto::Framing::Padded, false),
                                         std::pair(mtproto::Framing::Full, false),
                                         std::pair(mtproto::Framing::Abridged, true),
                                         std::pair(mtproto::Framing::Intermediate, true),
                                         std::pair(mtproto::Framing::Padded, true)));

TEST_F(ConnectionTest, DestroysAnAuthorisationUsedByTwoConnectionsAtOnce) {
  TestClient twin(clock_, random_);
  auto body = [this, &twin]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    const mtproto::ClientFraming framing;
    auto connected = co_await twin.connect(endpoint(2), framing);
    ClientKey copy;
    copy.key = key->key;
    copy.session = std::make_unique<mtproto::ClientSession>(key->key, key->session->salt(), clock_, random_);
    copy.session->serverClock().set(unixSeconds(clock_.wall()) << 32);
    twin.use(copy);
    auto refused = co_await resolve(twin, "simch1");
    EXPECT_EQ(refusalOf(refused), "AUTH_KEY_DUPLICATED");
    EXPECT_EQ(codeOf(refused), 406);
    auto gone = co_await resolve(client_, "simch1");
    EXPECT_EQ(refusalOf(gone), "AUTH_KEY_DUPLICATED");
    twin.close();
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("second_home_connection"), 1) << scene_.report.json();
}

TEST_F(ConnectionTest, BearsAClientThatReconnects) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    const mtproto::ClientFraming framing;
    for (int round = 0; round < 5; ++round) {
      client_.close();
      auto connected = co_await client_.connect(endpoint(2), framing);
      auto peer = co_await resolve(client_, "simch1");
      EXPECT_TRUE(peer) << peer.error().text();
    }
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ConnectionTest, AnswersAnUnknownKeyWith404) {
  auto body = [this]() -> Task<void> {
    const mtproto::ClientFraming framing;
    auto connected = co_await client_.connect(endpoint(2), framing);
    Bytes packet(24 + 64, 7);
    auto sent = co_await client_.send(packet);
    auto answer = co_await client_.receive();
    EXPECT_EQ(codeOf(answer), 404);
    client_.close();
  };
  run(body);
}

TEST_F(ConnectionTest, RefusesAKeyForAnotherDataCentre) {
  auto body = [this]() -> Task<void> {
    const mtproto::ClientFraming framing;
    auto connected = co_await client_.connect(endpoint(2), framing);
    crypto::RsaPublicKey publicKey = serverKey().publicKey();
    auto key = co_await client_.makeKey(4, 0, std::move(publicKey));
    EXPECT_FALSE(key);
    EXPECT_EQ(codeOf(key), 444);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("wrong_dc"), 1);
}

/// auth.bindTempAuthKey as a packet of its own: the proof names the message that carries it, so the session
/// that numbers messages by itself cannot be used.
Bytes bindingPacket(const ClientKey& temporary, const ClientKey& permanent, std::int64_t now,
                    Random& random) {
  mtproto::Envelope envelope;
  envelope.salt = temporary.session->salt();
  envelope.sessionId = 77;
  envelope.msgId = now << 32;
  envelope.seqNo = 1;
  mtproto::KeyBinding binding;
  binding.nonce = 5;
  binding.temporaryKeyId = temporary.key->id();
  binding.permanentKeyId = permanent.key->id();
  binding.sessionId = envelope.sessionId;
  binding.expiresAt = static_cast<std::int32_t>(now + 3600);
  api::auth::BindTempAuthKey call;
  call.permAuthKeyId = static_cast<std::int64_t>(binding.permanentKeyId);
  call.nonce = binding.nonce;
  call.expiresAt = binding.expiresAt;
  call.encryptedMessage = mtproto::sealKeyBinding(*permanent.key, binding, envelope.msgId, random);
  Bytes packet;
  mtproto::encryptPacket(*temporary.key, crypto::Sender::Client, envelope, tl::serialize(call), random,
                         packet);
  return packet;
}

TEST_F(ConnectionTest, BindsATemporaryKeyToALogin) {
  auto body = [this]() -> Task<void> {
    auto permanent = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    crypto::RsaPublicKey publicKey = serverKey().publicKey();
    auto temporary = co_await client_.makeKey(2, 3600, std::move(publicKey));
    if (!temporary) {
      ADD_FAILURE() << temporary.error().text();
      co_return;
    }
    client_.use(*temporary);
    api::updates::GetState getState;
    auto unbound = co_await client_.firstCall(getState);
    EXPECT_EQ(refusalOf(unbound), "AUTH_KEY_PERM_EMPTY");
    const Bytes packet = bindingPacket(*temporary, *permanent, unixSeconds(clock_.wall()), random_);
    auto sent = co_await client_.send(packet);
    auto answered = co_await client_.receive();
    EXPECT_TRUE(answered);
    auto bound = co_await client_.firstCall(getState);
    EXPECT_TRUE(bound) << bound.error().text();
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("unbound_temporary_key"), 1) << scene_.report.json();
  EXPECT_EQ(scene_.report.violations(), 1) << scene_.report.json();
}

TEST_F(ConnectionTest, WantsAnIntroductionFirst) {
  auto body = [this]() -> Task<void> {
    const mtproto::ClientFraming framing;
    auto connected = co_await client_.connect(endpoint(2), framing);
    crypto::RsaPublicKey publicKey = serverKey().publicKey();
    auto key = co_await client_.makeKey(2, 0, std::move(publicKey));
    client_.use(*key);
    api::help::GetConfig getConfig;
    auto refused = co_await client_.call(getConfig);
    EXPECT_EQ(refusalOf(refused), "CONNECTION_NOT_INITED");
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("not_introduced"), 1);
}

TEST_F(ConnectionTest, CountsWhoeverRetriesBeforeTheWaitIsOver) {
  scene_.faults =
      FaultPlan(*parseFaults("f", "flood_wait method=contacts.resolveUsername seconds=30 every=2"));
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    auto fine = co_await resolve(client_, "simch1");
    EXPECT_TRUE(fine);
    auto told = co_await resolve(client_, "simch1");
    EXPECT_EQ(refusalOf(told), "FLOOD_WAIT_30");
    EXPECT_EQ(codeOf(told), 420);
    clock_.advance(std::chrono::seconds(10));
    auto early = co_await resolve(client_, "simch1");
    EXPECT_EQ(refusalOf(early), "FLOOD_WAIT_20");
    clock_.advance(std::chrono::seconds(20));
    auto patient = co_await resolve(client_, "simch1");
    EXPECT_FALSE(patient);  // the fourth request: told anew, and no violation
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("early_retry"), 1) << scene_.report.json();
}

}  // namespace
}  // namespace mtpool::sim
