// SPDX-License-Identifier: Apache-2.0
// The client's half against the published sample, and against a server that knows everything and lies.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/crypto/dh.h"
#include "engine/mtproto/handshake.h"
#include "engine/mtproto/handshake_secrets.h"
#include "engine/tl/codec.h"
#include "tests/mtproto/key_exchange_sample.h"
#include "tests/mtproto/scripted_random.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

Bytes hex(std::string_view text) {
  return parseHex(text).value();
}

template <std::size_t N>
std::array<Byte, N> fixed(std::string_view text) {
  std::array<Byte, N> out;
  std::ranges::copy(hex(text), out.begin());
  return out;
}

Bytes counting(std::size_t n) {
  Bytes out(n);
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = static_cast<Byte>(i);
  }
  return out;
}

/// A client that draws what the sample's client drew.
struct SampleClient {
  SampleClient() {
    for (const std::string_view drawn : {sample::kNonce, sample::kNewNonce, sample::kRsaPadding}) {
      random.script(hex(drawn));
    }
    random.script(counting(32));  // temp_key
    random.script(hex(sample::kB));
    random.script(hex(sample::kInnerPadding2));
  }

  Bytes resPq() const {
    mt::ResPQ answer;
    answer.nonce = fixed<16>(sample::kNonce);
    answer.serverNonce = fixed<16>(sample::kServerNonce);
    answer.pq = hex(sample::kPq);
    answer.serverPublicKeyFingerprints = {
        1, static_cast<std::int64_t>(crypto::telegramKeys(false).front().fingerprint)};
    return tl::serialize(answer);
  }

  Bytes dhParams(Bytes encrypted) const {
    mt::ServerDHParamsOk answer;
    answer.nonce = fixed<16>(sample::kNonce);
    answer.serverNonce = fixed<16>(sample::kServerNonce);
    answer.encryptedAnswer = std::move(encrypted);
    return tl::serialize(answer);
  }

  template <class Answer>
  Bytes verdict(tl::Int128 Answer::*hash, std::string_view value) const {
    Answer answer;
    answer.nonce = fixed<16>(sample::kNonce);
    answer.serverNonce = fixed<16>(sample::kServerNonce);
    answer.*hash = fixed<16>(value);
    return tl::serialize(answer);
  }

  /// Up to the point where the server's Diffie-Hellman half is awaited.
  void greet() {
    client.start();
    ASSERT_TRUE(client.step(resPq()).ok());
  }

  ScriptedRandom random;
  HandshakeClient client{{2, 0, crypto::telegramKeys(false)}, random};
};

TEST(HandshakeSample, IsReplayedByteForByte) {
  SampleClient s;
  EXPECT_EQ(toHex(s.client.start()), "f18e7ebe" + std::string(sample::kNonce));
  auto request = s.client.step(s.resPq());
  ASSERT_TRUE(request.ok() && request->has_value());
  tl::Reader r(**request);
  const auto params = mt::ReqDHParams::decode(r);
  ASSERT_TRUE(params.ok());
  EXPECT_EQ(toHex(params->p), "5a300d4b");
  EXPECT_EQ(toHex(params->q), "6a26db65");
  EXPECT_EQ(toHex(params->encryptedData), sample::kRsaEncrypted);

  request = s.client.step(s.dhParams(hex(sample::kEncryptedAnswer)));
  ASSERT_TRUE(request.ok() && request->has_value());
  tl::Reader r2(**request);
  const auto proposal = mt::SetClientDHParams::decode(r2);
  ASSERT_TRUE(proposal.ok());
  EXPECT_EQ(toHex(proposal->encryptedData), sample::kEncryptedData);

  request = s.client.step(s.verdict(&mt::DhGenOk::newNonceHash1, sample::kHash1));
  ASSERT_TRUE(request.ok());
  EXPECT_FALSE(request->has_value());
  const HandshakeResult result = s.client.takeResult();
  EXPECT_EQ(toHex(result.key.bytes().reveal()), sample::kAuthKey);
  EXPECT_EQ(result.key.id(), loadLe64(hex(sample::kKeyId).data()));
  EXPECT_EQ(result.salt, loadLe64(hex(sample::kSalt).data()));
  EXPECT_EQ(result.serverTime, 1707425105);
  EXPECT_TRUE(s.random.usedUp());
}

TEST(HandshakeSample, RetriesWithTheHashOfTheFailedKey) {
  SampleClient s;
  s.greet();
  ASSERT_TRUE(s.client.step(s.dhParams(hex(sample::kEncryptedAnswer))).ok());
  const auto request = s.client.step(s.verdict(&mt::DhGenRetry::newNonceHash2, sample::kHash2));
  ASSERT_TRUE(request.ok() && request->has_value());
  tl::Reader r(**request);
  const auto proposal = mt::SetClientDHParams::decode(r);
  const auto opened = openInner(NewNonce(fixed<32>(sample::kNewNonce)), fixed<16>(sample::kServerNonce),
                                proposal->encryptedData);
  ASSERT_TRUE(opened.has_value());
  tl::Reader inner(innerObject(*opened));
  const auto data = mt::ClientDHInnerData::decode(inner);
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(data->retryId, static_cast<std::int64_t>(loadLe64(hex(sample::kAuxHash).data())));
}

TEST(HandshakeSample, BelievesNoVerdictWithoutItsProof) {
  const auto outcome = [](auto hash, std::string_view value) {
    SampleClient s;
    s.greet();
    EXPECT_TRUE(s.client.step(s.dhParams(hex(sample::kEncryptedAnswer))).ok());
    const auto result = s.client.step(s.verdict(hash, value));
    return result.ok() ? Errc::Internal : result.error().code();
  };
  EXPECT_EQ(outcome(&mt::DhGenOk::newNonceHash1, sample::kHash2), Errc::SecurityCheck);
  EXPECT_EQ(outcome(&mt::DhGenRetry::newNonceHash2, sample::kHash1), Errc::SecurityCheck);
  EXPECT_EQ(outcome(&mt::DhGenFail::newNonceHash3, sample::kHash1), Errc::SecurityCheck);
  EXPECT_EQ(outcome(&mt::DhGenFail::newNonceHash3, sample::kHash3), Errc::RpcServer);
}

/// A server that holds all secrets of the exchange but offers what `lie` made of its half.
Result<std::optional<Bytes>> offered(const std::function<void(mt::ServerDHInnerData&)>& lie,
                                     std::size_t extraPadding = 0) {
  SampleClient s;
  s.greet();
  const NewNonce newNonce(fixed<32>(sample::kNewNonce));
  const auto serverNonce = fixed<16>(sample::kServerNonce);
  const auto honest = openInner(newNonce, serverNonce, hex(sample::kEncryptedAnswer));
  tl::Reader r(innerObject(*honest));
  mt::ServerDHInnerData inner = *mt::ServerDHInnerData::decode(r);
  lie(inner);
  Bytes data = tl::serialize(inner);
  data.insert(data.end(), extraPadding, 0);
  SeededRandom random(1);
  return s.client.step(s.dhParams(sealInner(newNonce, serverNonce, data, random)));
}

bool refusesOffer(const std::function<void(mt::ServerDHInnerData&)>& lie) {
  const auto result = offered(lie);
  return !result.ok() && result.error().code() == Errc::SecurityCheck;
}

/// 256 bytes: (known prime + delta), delta small.
Bytes primePlus(int delta) {
  Bytes p = crypto::knownDhPrime();
  p.back() = static_cast<Byte>(p.back() + delta);
  return p;
}

Bytes powerOfTwo(std::size_t exponent, std::size_t size = 256) {
  Bytes out(size, 0);
  out[size - 1 - exponent / 8] = static_cast<Byte>(1 << (exponent % 8));
  return out;
}

TEST(HandshakeSample, TakesTheHonestOffer) {
  EXPECT_TRUE(offered([](mt::ServerDHInnerData&) {}).ok());
}

TEST(HandshakeSample, RefusesGroupsThatAreNotSafe) {
  for (const std::int32_t g : {0, 1, 2, 5, 6, 8, -3}) {  // 2, 5, 6: wrong residue of this prime
    if (crypto::checkDhGroup(crypto::knownDhPrime(), g).ok()) {
      continue;
    }
    EXPECT_TRUE(refusesOffer([&](mt::ServerDHInnerData& d) { d.g = g; })) << g;
  }
  for (const int delta : {-2, 2, 1}) {
    EXPECT_TRUE(refusesOffer([&](mt::ServerDHInnerData& d) { d.dhPrime = primePlus(delta); })) << delta;
  }
  EXPECT_TRUE(refusesOffer([](mt::ServerDHInnerData& d) { d.dhPrime.insert(d.dhPrime.begin(), 1); }));
  EXPECT_TRUE(refusesOffer([](mt::ServerDHInnerData& d) { d.dhPrime.erase(d.dhPrime.begin()); }));
  EXPECT_TRUE(refusesOffer([](mt::ServerDHInnerData& d) { d.dhPrime.clear(); }));
}

TEST(HandshakeSample, RefusesPublicValuesOutOfRange) {
  const std::vector<Bytes> bad = {{},           {0},          {1},           primePlus(-1),
                                  primePlus(0), primePlus(1), Bytes(257, 1), Bytes(32, 0xff)};
  for (const Bytes& value : bad) {
    EXPECT_TRUE(refusesOffer([&](mt::ServerDHInnerData& d) { d.gA = value; })) << toHex(value);
  }
  Bytes justBelow = powerOfTwo(1984);
  justBelow[256 - 249] = 0;
  std::fill(justBelow.begin() + 8, justBelow.end(), 0xff);  // 2^1984 - 1
  EXPECT_TRUE(refusesOffer([&](mt::ServerDHInnerData& d) { d.gA = justBelow; }));
  EXPECT_TRUE(offered([](mt::ServerDHInnerData& d) { d.gA = powerOfTwo(1984); }).ok());
}

TEST(HandshakeSample, RefusesForeignNoncesInsideTheAnswer) {
  EXPECT_TRUE(refusesOffer([](mt::ServerDHInnerData& d) { d.nonce[15] ^= 1; }));
  EXPECT_TRUE(refusesOffer([](mt::ServerDHInnerData& d) { d.serverNonce[0] ^= 1; }));
}

TEST(HandshakeSample, HashesExactlyTheAnswer) {
  // The hash covers data beyond the object, as if padding were part of it.
  const auto result = offered([](mt::ServerDHInnerData&) {}, 4);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code(), Errc::SecurityCheck);
}

/// The honest answer with a whole block of padding too much.
TEST(HandshakeSample, RefusesTooMuchPadding) {
  const NewNonce newNonce(fixed<32>(sample::kNewNonce));
  const auto serverNonce = fixed<16>(sample::kServerNonce);
  SecretBytes opened = *openInner(newNonce, serverNonce, hex(sample::kEncryptedAnswer));
  const std::size_t size = 564;
  EXPECT_TRUE(innerHashFits(opened, size));
  EXPECT_FALSE(innerHashFits(opened, size + 1));
  opened.revealMutable().insert(opened.revealMutable().end(), 16, 0);
  EXPECT_FALSE(innerHashFits(opened, size));
}

TEST(HandshakeSample, RefusesHostileProducts) {
  for (const char* pq : {"", "00", "07", "0a", "fffffffffffffffb", "8000000000000001", "010000000000000000",
                         "7fffffffffffffe7", "09"}) {
    SampleClient s;
    s.client.start();
    mt::ResPQ answer;
    answer.nonce = fixed<16>(sample::kNonce);
    answer.serverNonce = fixed<16>(sample::kServerNonce);
    answer.pq = hex(pq);
    answer.serverPublicKeyFingerprints = {
        static_cast<std::int64_t>(crypto::telegramKeys(false).front().fingerprint)};
    const auto result = s.client.step(tl::serialize(answer));
    ASSERT_FALSE(result.ok()) << pq;
    EXPECT_EQ(result.error().code(), Errc::SecurityCheck) << pq;
  }
}

TEST(HandshakeSample, BelievesServerDhParamsFailOnlyWithItsProof) {
  for (const bool honest : {true, false}) {
    SampleClient s;
    s.greet();
    Bytes body;
    tl::Writer w(body);
    w.uint32(0x79cb045d);
    w.raw(hex(sample::kNonce));
    w.raw(hex(sample::kServerNonce));
    auto hash = failureHash(NewNonce(fixed<32>(sample::kNewNonce)));
    hash[0] ^= honest ? 0 : 1;
    w.raw(hash);
    const auto result = s.client.step(body);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), honest ? Errc::RpcServer : Errc::SecurityCheck);
  }
}

}  // namespace
}  // namespace mtpool::mtproto
