// SPDX-License-Identifier: Apache-2.0
// Both halves of the key exchange against each other, over every transport, and against tampering.
#include "engine/mtproto/handshake.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/crypto/dh.h"
#include "engine/crypto/factor.h"
#include "engine/crypto/sha.h"
#include "engine/mtproto/packet.h"
#include "engine/mtproto/transport/frame_codec.h"
#include "engine/tl/codec.h"
#include "tests/mtproto/server_key.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;
using namespace std::chrono_literals;

constexpr std::int64_t kNow = 1'700'000'000;

HandshakeOptions options(std::int32_t dc = 2, std::int32_t expiresIn = 0) {
  return {dc, expiresIn, {serverKey().publicKey()}};
}

/// One exchange in memory, with a hand on every body that passes.
struct Exchange {
  using Meddle = std::function<void(int step, Bytes& body)>;

  explicit Exchange(std::uint64_t seed, HandshakeOptions opts = options(),
                    HandshakeServerOptions serverOpts = {})
      : random(seed),
        client(std::move(opts), random),
        server(serverKey(), random, clock, std::move(serverOpts)) {}

  /// Runs to the end or to the first failure, which it returns. Steps count the bodies of both directions.
  std::optional<Error> run(const Meddle& meddle = [](int, Bytes&) {}) {
    Bytes request = client.start();
    for (int step = 0; step < 20; step += 2) {
      meddle(step, request);
      auto answer = server.step(request);
      if (!answer.ok()) {
        return answer.error();
      }
      meddle(step + 1, *answer);
      auto next = client.step(*answer);
      if (!next.ok()) {
        return next.error();
      }
      if (!next->has_value()) {
        return std::nullopt;
      }
      request = **next;
    }
    return Error(Errc::Internal, "it never ends");
  }

  SeededRandom random;
  ManualClock clock{WallTime(std::chrono::seconds(kNow))};
  HandshakeClient client;
  HandshakeServer server;
};

TEST(Handshake, AgreesOnKeySaltAndTime) {
  Exchange exchange(1);
  const auto error = exchange.run();
  ASSERT_FALSE(error.has_value()) << error->text();
  ASSERT_TRUE(exchange.server.finished());
  const HandshakeResult ours = exchange.client.takeResult();
  const HandshakeServerResult theirs = exchange.server.takeResult();
  EXPECT_EQ(ours.key.id(), theirs.result.key.id());
  EXPECT_EQ(ours.key.bytes().reveal(), theirs.result.key.bytes().reveal());
  EXPECT_EQ(ours.salt, theirs.result.salt);
  EXPECT_EQ(ours.serverTime, kNow);
  EXPECT_EQ(ours.expiresIn, 0);
  EXPECT_EQ(theirs.dc, 2);
  EXPECT_FALSE(theirs.oldRsaScheme);
  EXPECT_FALSE(theirs.legacyInnerData);
}

TEST(Handshake, TellsTheServerDataCentreAndLifetime) {
  for (const std::int32_t dc : {2, 10002, -4}) {
    Exchange exchange(2, options(dc, 86400));
    ASSERT_FALSE(exchange.run().has_value());
    const HandshakeServerResult theirs = exchange.server.takeResult();
    EXPECT_EQ(theirs.dc, dc);
    EXPECT_EQ(theirs.result.expiresIn, 86400);
    EXPECT_EQ(exchange.client.takeResult().expiresIn, 86400);
  }
}

TEST(Handshake, NeverRepeatsANonceOrAKey) {
  std::set<std::string> seen;  // hexadecimal
  SeededRandom random(3);
  ManualClock clock{WallTime(std::chrono::seconds(kNow))};
  for (int i = 0; i < 5; ++i) {
    HandshakeClient client(options(), random);
    HandshakeServer server(serverKey(), random, clock);
    Bytes request = client.start();
    EXPECT_TRUE(seen.insert(toHex(request)).second);
    for (;;) {
      auto next = client.step(*server.step(request));
      ASSERT_TRUE(next.ok());
      if (!next->has_value()) {
        break;
      }
      request = **next;
      EXPECT_TRUE(seen.insert(toHex(request)).second);
    }
    EXPECT_TRUE(seen.insert(toHex(client.takeResult().key.bytes().reveal())).second);
  }
}

/// Nobody ends with a key when any byte of any body was changed on the way.
TEST(Handshake, FailsWhereverAByteWasChanged) {
  struct Target {
    int step;
    std::size_t every;
  };

  for (const Target& target :
       {Target{0, 1}, Target{1, 1}, Target{2, 9}, Target{3, 13}, Target{4, 11}, Target{5, 1}}) {
    std::size_t size = 1;
    for (std::size_t at = 0; at < size; at += target.every) {
      Exchange exchange(100 + at);
      const auto error = exchange.run([&](int step, Bytes& body) {
        if (step == target.step) {
          size = body.size();
          body[at] ^= static_cast<Byte>(1 << (at % 8));
        }
      });
      // Padding bytes of TL strings carry nothing.
      const bool harmless = target.step == 1 && at >= 45 && at < 48;
      EXPECT_TRUE(error.has_value() || harmless) << "step " << target.step << " byte " << at;
    }
  }
}

TEST(Handshake, FailsOnTruncatedBodies) {
  for (int target = 0; target < 6; ++target) {
    for (const std::size_t cut : {1U, 4U, 16U}) {
      Exchange exchange(200);
      EXPECT_TRUE(exchange
                      .run([&](int step, Bytes& body) {
                        if (step == target) {
                          body.erase(body.end() - static_cast<std::ptrdiff_t>(cut), body.end());
                        }
                      })
                      .has_value());
    }
  }
}

TEST(Handshake, IgnoresWhatFollowsTheObjectInPlainMessages) {
  Exchange exchange(4);
  EXPECT_FALSE(exchange
                   .run([](int step, Bytes& body) {
                     if (step == 0 || step % 2 == 1) {
                       body.insert(body.end(), 64, 0x5a);
                     }
                   })
                   .has_value());
}

TEST(Handshake, KnowsTheLegacyFirstRequest) {
  Exchange exchange(5);
  EXPECT_FALSE(exchange
                   .run([](int step, Bytes& body) {
                     if (step == 0) {
                       storeLe32(body.data(), 0x60469778);
                     }
                   })
                   .has_value());
}

TEST(Handshake, RepeatsAnAnswerForARepeatedRequest) {
  Exchange exchange(6);
  Bytes request = exchange.client.start();
  for (;;) {
    const auto answer = exchange.server.step(request);
    ASSERT_TRUE(answer.ok());
    const auto again = exchange.server.step(request);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*answer, *again);
    auto next = exchange.client.step(*answer);
    ASSERT_TRUE(next.ok());
    if (!next->has_value()) {
      break;
    }
    request = **next;
  }
  EXPECT_TRUE(exchange.server.finished());
}

TEST(Handshake, IsDeadAfterAWrongStep) {
  Exchange exchange(7);
  const Bytes first = exchange.client.start();
  ASSERT_TRUE(exchange.server.step(first).ok());
  EXPECT_FALSE(exchange.server.step(Bytes(20, 1)).ok());
  EXPECT_FALSE(exchange.server.step(first).ok());
  EXPECT_FALSE(exchange.client.step(Bytes(20, 1)).ok());
  EXPECT_FALSE(exchange.client.step(Bytes(20, 1)).ok());
}

TEST(Handshake, RefusesAServerWhoseKeysAreUnknown) {
  HandshakeOptions strange = options();
  strange.serverKeys = crypto::telegramKeys(true);
  Exchange exchange(8, strange);
  const auto error = exchange.run();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), Errc::UnknownServerKey);
}

TEST(Handshake, PicksOurKeyAmongTheServersKeys) {
  HandshakeOptions several = options();
  several.serverKeys.insert(several.serverKeys.begin(), crypto::telegramKeys(false).front());
  Exchange exchange(9, several);
  EXPECT_FALSE(exchange.run().has_value());
}

TEST(Handshake, TriesAnotherKeyWhenTheServerHasThisOne) {
  std::set<std::uint64_t> judged;
  HandshakeServerOptions serverOptions;
  serverOptions.judge = [&](std::uint64_t id) {
    judged.insert(id);
    return judged.size() < 3 ? KeyVerdict::Taken : KeyVerdict::Fresh;
  };
  Exchange exchange(10, options(), serverOptions);
  EXPECT_FALSE(exchange.run().has_value());
  EXPECT_EQ(judged.size(), 3U);
  EXPECT_EQ(exchange.client.takeResult().key.id(), exchange.server.takeResult().result.key.id());
}

TEST(Handshake, GivesUpAfterThreeRetriesAndAfterAFailure) {
  for (const KeyVerdict verdict : {KeyVerdict::Taken, KeyVerdict::Refused}) {
    int asked = 0;
    HandshakeServerOptions serverOptions;
    serverOptions.judge = [&](std::uint64_t) {
      ++asked;
      return verdict;
    };
    Exchange exchange(11, options(), serverOptions);
    const auto error = exchange.run();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), Errc::RpcServer);
    EXPECT_EQ(asked, verdict == KeyVerdict::Taken ? 3 : 1);
    EXPECT_FALSE(exchange.server.finished());
  }
}

/// What a client of the old scheme sends instead of step 2.
Bytes oldSchemeRequest(Random& random, const mt::ReqDHParams& request, ByteView inner) {
  Bytes data = toBytes(crypto::sha1({inner}));
  append(data, inner);
  append(data, random.bytes(255 - data.size()));
  mt::ReqDHParams old = request;
  const crypto::RsaPublicKey& rsa = serverKey().publicKey();
  old.encryptedData = crypto::dhPower(data, rsa.e, rsa.n).reveal();  // a plain power modulo n
  return tl::serialize(old);
}

struct OldClient {
  SeededRandom random{12};
  ManualClock clock{WallTime(std::chrono::seconds(kNow))};

  Result<Bytes> secondAnswer(HandshakeServer& server, bool oldScheme) {
    mt::ReqPqMulti hello;
    random.fill(hello.nonce);
    const Bytes answer = *server.step(tl::serialize(hello));
    tl::Reader r(answer);
    const mt::ResPQ pq = *mt::ResPQ::decode(r);
    std::uint64_t number = 0;
    for (const Byte b : pq.pq) {
      number = number << 8 | b;
    }
    const auto [p, q] = *crypto::factorPq(number);
    mt::ReqDHParams request;
    request.nonce = hello.nonce;
    request.serverNonce = pq.serverNonce;
    request.p = bigEndian(p);
    request.q = bigEndian(q);
    request.publicKeyFingerprint = pq.serverPublicKeyFingerprints.at(0);
    Bytes inner;  // p_q_inner_data without dc
    tl::Writer w(inner);
    w.uint32(0x83c95aec);
    w.bytes(pq.pq);
    w.bytes(request.p);
    w.bytes(request.q);
    w.raw(hello.nonce);
    w.raw(pq.serverNonce);
    w.raw(random.bytes(32));
    if (oldScheme) {
      return server.step(oldSchemeRequest(random, request, inner));
    }
    request.encryptedData = crypto::rsaPadEncrypt(serverKey().publicKey(), inner, random);
    return server.step(tl::serialize(request));
  }

  static Bytes bigEndian(std::uint64_t n) {
    return {static_cast<Byte>(n >> 24), static_cast<Byte>(n >> 16), static_cast<Byte>(n >> 8),
            static_cast<Byte>(n)};
  }
};

TEST(Handshake, TakesTheOldSchemeOnlyWhenAllowed) {
  for (const bool allowed : {true, false}) {
    OldClient client;
    HandshakeServer server(serverKey(), client.random, client.clock, {allowed, {}});
    EXPECT_EQ(client.secondAnswer(server, true).ok(), allowed);
  }
}

TEST(Handshake, TakesLegacyInnerDataUnderTheNewScheme) {
  OldClient client;
  HandshakeServer server(serverKey(), client.random, client.clock);
  EXPECT_TRUE(client.secondAnswer(server, false).ok());
}

TEST(Handshake, WorksOverEveryTransport) {
  const std::vector<ClientFraming> framings = {
      {Framing::Abridged, false, {}, 0},    {Framing::Intermediate, false, {}, 0},
      {Framing::Padded, false, {}, 0},      {Framing::Full, false, {}, 0},
      {Framing::Intermediate, true, {}, 0}, {Framing::Padded, true, Bytes(16, 7), 2}};
  for (const ClientFraming& framing : framings) {
    Exchange exchange(20);
    const auto near = makeClientCodec(framing, exchange.random);
    ServerDetector detector(exchange.random, framing.secret);
    std::unique_ptr<FrameCodec> far;
    Bytes wire = near->header();
    const auto carry = [&](FrameCodec& from, FrameCodec& to, const Bytes& body) {
      from.encode(encodePlain(4, body), wire);
      to.feed(std::exchange(wire, {}));
      const auto frame = to.next();
      EXPECT_TRUE(frame.ok() && frame->has_value());
      return toBytes(decodePlain((*frame)->packet)->body);
    };
    near->encode(encodePlain(4, exchange.client.start()), wire);
    far = std::move(*detector.feed(std::exchange(wire, {})));
    ASSERT_NE(far, nullptr);
    Bytes request = toBytes(decodePlain((*far->next())->packet)->body);
    for (;;) {
      const Bytes answer = carry(*far, *near, *exchange.server.step(request));
      auto next = exchange.client.step(answer);
      ASSERT_TRUE(next.ok());
      if (!next->has_value()) {
        break;
      }
      request = carry(*near, *far, **next);
    }
    EXPECT_EQ(exchange.client.takeResult().key.id(), exchange.server.takeResult().result.key.id());
  }
}

}  // namespace
}  // namespace mtpool::mtproto
