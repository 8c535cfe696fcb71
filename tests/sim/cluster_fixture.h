// SPDX-License-Identifier: Apache-2.0
// Clients against whole data centres over loopback sockets, in one process, on a clock that stands unless
// told.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "engine/sim/cluster.h"
#include "tests/sim/test_client.h"
#include "tl/api/account.h"
#include "tl/api/config.h"
#include "tl/api/dialog.h"
#include "tl/api/login.h"
#include "tl/api/login_methods.h"
#include "tl/api/message.h"
#include "tl/api/message_methods.h"
#include "tl/api/updates.h"
#include "tl/api/user_methods.h"

namespace mtpool::sim {

namespace api = tl::api;

/// Made once: a key costs a tenth of a second.
inline const crypto::RsaPrivateKey& serverKey() {
  static const crypto::RsaPrivateKey kKey = [] {
    SeededRandom random(1);
    return crypto::RsaPrivateKey::generate(random);
  }();
  return kKey;
}

/// What the server said instead of an answer.
template <class T>
std::string refusalOf(const Result<T>& result) {
  return result ? "an answer" : result.error().text();
}

/// The number of the rpc_error or transport error; 0 for an answer.
template <class T>
std::int64_t codeOf(const Result<T>& result) {
  return result ? 0 : result.error().argument();
}

inline WorldOptions clusterWorld() {
  WorldOptions options;
  options.seed = 3;
  options.channels = 2;
  options.messages = 350;
  return options;
}

inline api::auth::SendCode sendCode(const std::string& phone) {
  api::auth::SendCode call;
  call.phoneNumber = phone;
  call.apiId = 1;
  call.apiHash = "hash";
  return call;
}

inline api::auth::SignIn signIn(const std::string& phone, const std::string& hash, const std::string& code) {
  api::auth::SignIn call;
  call.phoneNumber = phone;
  call.phoneCodeHash = hash;
  call.phoneCode = code;
  return call;
}

inline constexpr const char* kPhoneAtDc2 = "+9996621234";
inline constexpr const char* kPhoneAtDc4 = "+9996641234";
inline constexpr const char* kPhoneWithPassword = "+9996620000";

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
    auto enter = signIn(phone, sent.as<api::auth::SentCode>()->phoneCodeHash, kLoginCode);
    MTP_CO_TRY(const auto done, co_await client.call(std::move(enter)));
    EXPECT_NE(done.as<api::auth::Authorization>(), nullptr);
    co_return Result<void>();
  }

  static Task<Result<api::InputPeerChannel>> resolve(TestClient& client, std::string name) {
    api::contacts::ResolveUsername call;
    call.username = std::move(name);
    MTP_CO_TRY(const auto resolved, co_await client.call(std::move(call)));
    const auto* chat = resolved.chats.at(0).as<api::Channel>();
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
      const auto* page = answer.as<api::messages::ChannelMessages>();
      if (page->messages.empty()) {
        co_return ids;
      }
      for (const auto& message : page->messages) {
        const auto* normal = message.as<api::Message>();
        ids.push_back(normal != nullptr ? normal->id : message.as<api::MessageService>()->id);
      }
      call.offsetId = ids.back();
    }
  }

  ManualClock clock_{WallTime(std::chrono::hours(498'000))};
  SeededRandom random_{17};
  World world_{clusterWorld()};
  Scene scene_{world_, serverKey(), {2, 4}, clock_, random_};
  boost::asio::io_context loop_{1};
  Cluster cluster_{loop_.get_executor(), scene_};
  TestClient client_{clock_, random_};
};

}  // namespace mtpool::sim
