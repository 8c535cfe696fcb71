// SPDX-License-Identifier: Apache-2.0
// Clients against whole data centres over loopback sockets, in one process, on a clock that stands unless
// told.
#include "engine/sim/cluster.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "engine/mtproto/bind_key.h"
#include "engine/mtproto/packet.h"
#include "tests/sim/test_client.h"
#include "tl/api/config.h"
#include "tl/api/dialog.h"
#include "tl/api/login_methods.h"
#include "tl/api/message_methods.h"
#include "tl/api/user_methods.h"

namespace mtpool::sim {
namespace {

namespace api = tl::api;

const crypto::RsaPrivateKey& serverKey() {
  static const crypto::RsaPrivateKey kKey = [] {
    SeededRandom random(1);
    return crypto::RsaPrivateKey::generate(random);
  }();
  return kKey;
}

WorldOptions smallWorld() {
  WorldOptions options;
  options.seed = 3;
  options.channels = 2;
  options.messages = 350;
  return options;
}

api::auth::SendCode sendCode(const std::string& phone) {
  api::auth::SendCode call;
  call.phoneNumber = phone;
  call.apiId = 1;
  call.apiHash = "hash";
  return call;
}

api::auth::SignIn signIn(const std::string& phone, const std::string& hash, const std::string& code) {
  api::auth::SignIn call;
  call.phoneNumber = phone;
  call.phoneCodeHash = hash;
  call.phoneCode = code;
  return call;
}

constexpr const char* kPhoneAtDc2 = "+9996621234";
constexpr const char* kPhoneAtDc4 = "+9996641234";
constexpr const char* kPhoneWithPassword = "+9996620000";

class ClusterTest : public testing::Test {
 protected:
  ClusterTest() {
    const std::vector<DcAddress> wanted{{2, "127.0.0.1", 0}, {4, "127.0.0.1", 0}};
    const auto listening = cluster_.listen(wanted);
    EXPECT_TRUE(listening) << listening.error().text();
  }

  /// Runs the test's coroutine beside the data centres, then stops them.
  template <class Body>
  void run(Body& body) {
    cluster_.start();
    async::TaskScope scope(loop_.get_executor());
    auto whole = [this](Body& inner) -> Task<void> {
      co_await inner();
      cluster_.stop();
    };
    scope.spawn("test", whole(body));
    loop_.run();
  }

  net::Endpoint endpoint(int dc) const {
    for (const DcAddress& address : scene_.addresses) {
      if (address.id == dc) {
        return {address.host, address.port};
      }
    }
    return {};
  }

  /// Connects to a data centre, makes a key and introduces the client.
  Task<Result<ClientKey>> open(TestClient& client, int dc) {
    const mtproto::ClientFraming framing;
    MTP_CO_DO(co_await client.connect(endpoint(dc), framing));
    crypto::RsaPublicKey key = serverKey().publicKey();
    MTP_CO_TRY(ClientKey made, co_await client.makeKey(dc, 0, std::move(key)));
    client.use(made);
    api::help::GetConfig getConfig;
    MTP_CO_TRY(const auto config, co_await client.firstCall(getConfig));
    EXPECT_EQ(config.thisDc, dc);
    EXPECT_EQ(config.dcOptions.size(), 2u);
    co_return std::move(made);
  }

  static Task<Result<void>> logIn(TestClient& client, std::string phone) {
    auto ask = sendCode(phone);
    MTP_CO_TRY(const auto sent, co_await client.call(std::move(ask)));
    auto enter = signIn(phone, sent.template as<api::auth::SentCode>()->phoneCodeHash, kLoginCode);
    MTP_CO_TRY(const auto done, co_await client.call(std::move(enter)));
    EXPECT_NE(done.template as<api::auth::Authorization>(), nullptr);
    co_return Result<void>();
  }

  static Task<Result<api::InputPeerChannel>> resolve(TestClient& client, std::string name) {
    api::contacts::ResolveUsername call;
    call.username = std::move(name);
    MTP_CO_TRY(const auto resolved, co_await client.call(std::move(call)));
    const auto* chat = resolved.chats.at(0).template as<api::Channel>();
    api::InputPeerChannel peer;
    peer.channelId = chat->id;
    peer.accessHash = *chat->accessHash;
    co_return peer;
  }

  /// Ids in the order they came.
  static Task<Result<std::vector<std::int32_t>>> readAll(TestClient& client, api::InputPeerChannel peer) {
    std::vector<std::int32_t> ids;
    api::messages::GetHistory call;
    call.peer = peer;
    call.limit = 100;
    while (true) {
      api::messages::GetHistory next = call;
      MTP_CO_TRY(const auto answer, co_await client.call(std::move(next)));
      const auto* page = answer.template as<api::messages::ChannelMessages>();
      if (page->messages.empty()) {
        co_return ids;
      }
      for (const auto& message : page->messages) {
        const auto* normal = message.template as<api::Message>();
        ids.push_back(normal != nullptr ? normal->id : message.template as<api::MessageService>()->id);
      }
      call.offsetId = ids.back();
    }
  }

  ManualClock clock_{WallTime(std::chrono::hours(498'000))};
  SeededRandom random_{17};
  World world_{smallWorld()};
  Scene scene_{world_, serverKey(), {2, 4}, clock_, random_};
  boost::asio::io_context loop_{1};
  Cluster cluster_{loop_.get_executor(), scene_};
  TestClient client_{clock_, random_};
};

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

TEST_F(ClusterTest, SendsAPhoneToItsHome) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto ask = sendCode(kPhoneAtDc4);
    auto sent = co_await client_.call(std::move(ask));
    EXPECT_FALSE(sent);
    EXPECT_EQ(sent.error().text(), "PHONE_MIGRATE_4");
    EXPECT_EQ(sent.error().argument(), 303);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ClusterTest, RefusesWrongCodesAndTakesTheRightOneAfterwards) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto ask = sendCode(kPhoneAtDc2);
    auto sent = co_await client_.call(std::move(ask));
    const std::string hash = sent->as<api::auth::SentCode>()->phoneCodeHash;
    auto wrong = signIn(kPhoneAtDc2, hash, "54321");
    auto refused = co_await client_.call(std::move(wrong));
    EXPECT_EQ(refused.error().text(), "PHONE_CODE_INVALID");
    auto stale = signIn(kPhoneAtDc2, "0123", kLoginCode);
    auto expired = co_await client_.call(std::move(stale));
    EXPECT_EQ(expired.error().text(), "PHONE_CODE_EXPIRED");
    auto right = signIn(kPhoneAtDc2, hash, kLoginCode);
    auto done = co_await client_.call(std::move(right));
    EXPECT_TRUE(done);
    client_.close();
  };
  run(body);
}

TEST_F(ClusterTest, AsksForTheSecondFactor) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto ask = sendCode(kPhoneWithPassword);
    auto sent = co_await client_.call(std::move(ask));
    auto enter = signIn(kPhoneWithPassword, sent->as<api::auth::SentCode>()->phoneCodeHash, kLoginCode);
    auto needed = co_await client_.call(std::move(enter));
    EXPECT_EQ(needed.error().text(), "SESSION_PASSWORD_NEEDED");
    EXPECT_EQ(needed.error().argument(), 401);
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
        EXPECT_EQ(done.error().text(), "PASSWORD_HASH_INVALID");
      }
    }
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ClusterTest, LetsBotsInButNotIntoHistory) {
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
    EXPECT_EQ(refused.error().text(), "BOT_METHOD_INVALID");
    client_.close();
  };
  run(body);
}

TEST_F(ClusterTest, CarriesAnAuthorisationToAnotherDataCentreOnce) {
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
    EXPECT_EQ(again.error().text(), "AUTH_BYTES_INVALID");
    ask.dcId = 2;
    auto home = co_await client_.call(ask);
    EXPECT_EQ(home.error().text(), "DC_ID_INVALID");
    there.close();
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

TEST_F(ClusterTest, DestroysAnAuthorisationUsedByTwoConnectionsAtOnce) {
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
    EXPECT_EQ(refused.error().text(), "AUTH_KEY_DUPLICATED");
    EXPECT_EQ(refused.error().argument(), 406);
    auto gone = co_await resolve(client_, "simch1");
    EXPECT_EQ(gone.error().text(), "AUTH_KEY_DUPLICATED");
    twin.close();
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("second_home_connection"), 1) << scene_.report.json();
}

TEST_F(ClusterTest, BearsAClientThatReconnects) {
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

TEST_F(ClusterTest, AnswersAnUnknownKeyWith404) {
  auto body = [this]() -> Task<void> {
    const mtproto::ClientFraming framing;
    auto connected = co_await client_.connect(endpoint(2), framing);
    Bytes packet(24 + 64, 7);
    auto sent = co_await client_.send(packet);
    auto answer = co_await client_.receive();
    EXPECT_EQ(answer.error().argument(), 404);
    client_.close();
  };
  run(body);
}

TEST_F(ClusterTest, RefusesAKeyForAnotherDataCentre) {
  auto body = [this]() -> Task<void> {
    const mtproto::ClientFraming framing;
    auto connected = co_await client_.connect(endpoint(2), framing);
    crypto::RsaPublicKey publicKey = serverKey().publicKey();
    auto key = co_await client_.makeKey(4, 0, std::move(publicKey));
    EXPECT_FALSE(key);
    EXPECT_EQ(key.error().argument(), 444);
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("wrong_dc"), 1);
}

TEST_F(ClusterTest, BindsATemporaryKeyToALogin) {
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
    EXPECT_EQ(unbound.error().text(), "AUTH_KEY_PERM_EMPTY");
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("unbound_temporary_key"), 1) << scene_.report.json();
}

TEST_F(ClusterTest, WantsAnIntroductionFirst) {
  auto body = [this]() -> Task<void> {
    const mtproto::ClientFraming framing;
    auto connected = co_await client_.connect(endpoint(2), framing);
    crypto::RsaPublicKey publicKey = serverKey().publicKey();
    auto key = co_await client_.makeKey(2, 0, std::move(publicKey));
    client_.use(*key);
    api::help::GetConfig getConfig;
    auto refused = co_await client_.call(getConfig);
    EXPECT_EQ(refused.error().text(), "CONNECTION_NOT_INITED");
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("not_introduced"), 1);
}

TEST_F(ClusterTest, RefusesCallsWithoutLoginAndForeignAccessHashes) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto early = co_await resolve(client_, "simch1");
    EXPECT_EQ(early.error().text(), "AUTH_KEY_UNREGISTERED");
    EXPECT_EQ(early.error().argument(), 401);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    auto peer = co_await resolve(client_, "simch1");
    peer->accessHash += 1;
    auto refused = co_await readAll(client_, *peer);
    EXPECT_EQ(refused.error().text(), "CHANNEL_INVALID");
    auto nobody = co_await resolve(client_, "nobody_here");
    EXPECT_EQ(nobody.error().text(), "USERNAME_NOT_OCCUPIED");
    auto wrong = co_await resolve(client_, "x");
    EXPECT_EQ(wrong.error().text(), "USERNAME_INVALID");
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("call_without_login"), 1);
  EXPECT_EQ(scene_.report.violations("wrong_access_hash"), 1);
}

TEST_F(ClusterTest, CountsWhoeverRetriesBeforeTheWaitIsOver) {
  scene_.faults =
      FaultPlan(*parseFaults("f", "flood_wait method=contacts.resolveUsername seconds=30 every=2"));
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    auto in = co_await logIn(client_, kPhoneAtDc2);
    auto fine = co_await resolve(client_, "simch1");
    EXPECT_TRUE(fine);
    auto told = co_await resolve(client_, "simch1");
    EXPECT_EQ(told.error().text(), "FLOOD_WAIT_30");
    EXPECT_EQ(told.error().argument(), 420);
    clock_.advance(std::chrono::seconds(10));
    auto early = co_await resolve(client_, "simch1");
    EXPECT_EQ(early.error().text(), "FLOOD_WAIT_20");
    clock_.advance(std::chrono::seconds(20));
    auto patient = co_await resolve(client_, "simch1");
    EXPECT_FALSE(patient);  // the fourth request: told anew, and no violation
    client_.close();
  };
  run(body);
  EXPECT_EQ(scene_.report.violations("early_retry"), 1) << scene_.report.json();
}

TEST_F(ClusterTest, GivesMessagesByNumberWithHolesAsEmpty) {
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
