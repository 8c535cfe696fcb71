// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/crypto/dh.h"
#include "engine/crypto/sha.h"
#include "engine/mtproto/handshake.h"
#include "engine/mtproto/handshake_secrets.h"
#include "engine/tl/codec.h"
#include "engine/tl/service_ids.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"


namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

constexpr std::int32_t kG = 3;
constexpr std::size_t kOldSchemeHash = 20;

// The forms of the inner data that old clients still send; our schema no longer has them.
constexpr std::uint32_t kOldInnerDataId = 0x83c95aec;      // p_q_inner_data
constexpr std::uint32_t kOldInnerDataTempId = 0x3c6a84d4;  // p_q_inner_data_temp

Error wrong(const char* what) {
  return Error(Errc::SecurityCheck, std::string("key exchange: ") + what);
}

bool isPrime(std::uint32_t n) {
  if (n % 2 == 0) {
    return n == 2;
  }
  for (std::uint32_t d = 3; std::uint64_t{d} * d <= n; d += 2) {
    if (n % d == 0) {
      return false;
    }
  }
  return n > 1;
}

std::uint32_t drawPrime(Random& random) {
  for (;;) {
    const std::uint32_t candidate = (random.u32() >> 1) | 0x40000001U;
    if (isPrime(candidate)) {
      return candidate;
    }
  }
}

/// What the client proves to know by it: the fields of any form of the inner data.
struct InnerData {
  Bytes pq;
  Bytes p;
  Bytes q;
  tl::Int128 nonce{};
  tl::Int128 serverNonce{};
  NewNonce newNonce;
  std::int32_t dc = 0;
  std::int32_t expiresIn = 0;
  bool legacy = false;
};

Result<InnerData> readInnerData(tl::Reader& r) {
  const std::uint32_t id = r.uint32();
  const bool temporary = id == mt::PQInnerDataTempDc::kId || id == kOldInnerDataTempId;
  const bool legacy = id == kOldInnerDataId || id == kOldInnerDataTempId;
  if (!temporary && !legacy && id != mt::PQInnerDataDc::kId) {
    return wrong("the inner data is of no known form");
  }
  InnerData inner;
  inner.legacy = legacy;
  inner.pq = toBytes(r.bytes());
  inner.p = toBytes(r.bytes());
  inner.q = toBytes(r.bytes());
  inner.nonce = r.int128();
  inner.serverNonce = r.int128();
  inner.newNonce = NewNonce(r.int256());
  inner.dc = legacy ? 0 : r.int32();
  inner.expiresIn = temporary ? r.int32() : 0;
  MTP_DO(r.status());
  return inner;
}

}  // namespace

struct HandshakeServer::State {
  enum class Awaits { ReqPq, ReqDhParams, ClientDhParams, Nothing };

  State(const crypto::RsaPrivateKey& rsa, Random& rnd, const Clock& clk, HandshakeServerOptions opts)
      : rsaKey(&rsa), random(&rnd), clock(&clk), options(std::move(opts)) {}

  Result<Bytes> onRequest(ByteView request);
  Result<Bytes> onReqPq(ByteView request);
  Result<Bytes> onReqDhParams(ByteView request);
  Result<Bytes> onClientDhParams(ByteView request);

  Result<InnerData> decryptInnerData(ByteView encrypted);
  Result<InnerData> decryptOldScheme(ByteView encrypted);
  Result<void> acceptInnerData(InnerData inner);
  Bytes offerDh();
  Result<mt::ClientDHInnerData> openClientInner(ByteView encrypted) const;
  Bytes conclude(crypto::AuthKey key);
  template <class Answer>
  Bytes verdict(Answer answer, tl::Int128 Answer::*hash, Byte which, const crypto::AuthKey& key) const;

  const crypto::RsaPrivateKey* rsaKey;
  Random* random;
  const Clock* clock;
  HandshakeServerOptions options;
  Awaits awaits = Awaits::ReqPq;
  tl::Int128 nonce{};
  tl::Int128 serverNonce{};
  Bytes pq;
  Bytes p;
  Bytes q;
  NewNonce newNonce;
  SecretBytes a;
  std::int32_t dc = 0;
  std::int32_t expiresIn = 0;
  std::int32_t serverTime = 0;
  std::int64_t retryId = 0;
  bool oldRsaScheme = false;
  bool legacyInnerData = false;
  std::optional<HandshakeServerResult> result;
  Bytes lastRequest;
  Bytes lastAnswer;
};

Result<Bytes> HandshakeServer::State::onRequest(ByteView request) {
  switch (awaits) {
    case Awaits::ReqPq:
      return onReqPq(request);
    case Awaits::ReqDhParams:
      return onReqDhParams(request);
    case Awaits::ClientDhParams:
      return onClientDhParams(request);
    case Awaits::Nothing:
      break;
  }
  return wrong("a request after the end");
}

Result<Bytes> HandshakeServer::State::onReqPq(ByteView request) {
  // Some clients fill the message with noise behind the object, so what follows is not looked at.
  tl::Reader r(request);
  const std::uint32_t id = r.uint32();
  nonce = r.int128();
  if (!r.ok() || (id != mt::ReqPqMulti::kId && id != tl::kReqPqId)) {
    return wrong("it does not begin with req_pq_multi");
  }
  random->fill(serverNonce);
  const std::uint32_t first = drawPrime(*random);
  std::uint32_t second = drawPrime(*random);
  while (second == first) {
    second = drawPrime(*random);
  }
  p = minimalBytes(std::min(first, second));
  q = minimalBytes(std::max(first, second));
  pq = minimalBytes(std::uint64_t{first} * second);
  mt::ResPQ answer;
  answer.nonce = nonce;
  answer.serverNonce = serverNonce;
  answer.pq = pq;
  answer.serverPublicKeyFingerprints = {static_cast<std::int64_t>(rsaKey->publicKey().fingerprint)};
  awaits = Awaits::ReqDhParams;
  return tl::serialize(answer);
}

Result<Bytes> HandshakeServer::State::onReqDhParams(ByteView request) {
  tl::Reader r(request);
  MTP_TRY(const mt::ReqDHParams asked, tl::decodeFrom<mt::ReqDHParams>(r));
  if (asked.nonce != nonce || asked.serverNonce != serverNonce || asked.p != p || asked.q != q) {
    return wrong("req_DH_params names other nonces or factors");
  }
  if (static_cast<std::uint64_t>(asked.publicKeyFingerprint) != rsaKey->publicKey().fingerprint) {
    return wrong("req_DH_params names another RSA key");
  }
  MTP_TRY(InnerData inner, decryptInnerData(asked.encryptedData));
  MTP_DO(acceptInnerData(std::move(inner)));
  Bytes answer = offerDh();
  awaits = Awaits::ClientDhParams;
  return answer;
}

Result<InnerData> HandshakeServer::State::decryptInnerData(ByteView encrypted) {
  if (encrypted.size() != 256) {
    return wrong("encrypted_data has not 256 bytes");
  }
  auto padded = rsaKey->padDecrypt(encrypted);
  if (padded.ok()) {
    const SecretBytes data{*std::move(padded)};
    tl::Reader r(data.reveal());
    return readInnerData(r);
  }
  if (!options.legacyRsa) {
    return std::move(padded).error();
  }
  return decryptOldScheme(encrypted);
}

/// SHA1(data) | data | random in 255 bytes, below a leading zero.
Result<InnerData> HandshakeServer::State::decryptOldScheme(ByteView encrypted) {
  const SecretBytes raw{rsaKey->rawDecrypt(encrypted)};
  const ByteView hashed = ByteView(raw.reveal()).subspan(1);
  const ByteView data = hashed.subspan(kOldSchemeHash);
  tl::Reader r(data);
  auto inner = readInnerData(r);
  if (raw.reveal()[0] != 0 || !inner.ok() ||
      !crypto::equalConstantTime(crypto::sha1({data.first(r.offset())}), hashed.first(kOldSchemeHash))) {
    return wrong("encrypted_data is neither RSA_PAD nor the old scheme");
  }
  oldRsaScheme = true;
  return inner;
}

Result<void> HandshakeServer::State::acceptInnerData(InnerData inner) {
  if (inner.pq != pq || inner.p != p || inner.q != q || inner.nonce != nonce ||
      inner.serverNonce != serverNonce) {
    return wrong("the inner data names other nonces or factors");
  }
  if (inner.expiresIn < 0) {
    return wrong("a temporary key would have expired before it exists");
  }
  newNonce = std::move(inner.newNonce);
  dc = inner.dc;
  expiresIn = inner.expiresIn;
  legacyInnerData = inner.legacy;
  return {};
}

Bytes HandshakeServer::State::offerDh() {
  SecretBytes gA;
  do {
    a = SecretBytes(random->bytes(256));
    gA = crypto::dhPower(kG, a.reveal(), crypto::knownDhPrime());
  } while (!crypto::checkDhValue(gA.reveal(), crypto::knownDhPrime()).ok());
  serverTime = static_cast<std::int32_t>(unixSeconds(clock->wall()));
  mt::ServerDHInnerData inner;
  inner.nonce = nonce;
  inner.serverNonce = serverNonce;
  inner.g = kG;
  inner.dhPrime = crypto::knownDhPrime();
  inner.gA = gA.reveal();
  inner.serverTime = serverTime;
  mt::ServerDHParamsOk answer;
  answer.nonce = nonce;
  answer.serverNonce = serverNonce;
  answer.encryptedAnswer = sealInner(newNonce, serverNonce, tl::serialize(inner), *random);
  return tl::serialize(answer);
}

Result<Bytes> HandshakeServer::State::onClientDhParams(ByteView request) {
  tl::Reader r(request);
  MTP_TRY(const mt::SetClientDHParams asked, tl::decodeFrom<mt::SetClientDHParams>(r));
  if (asked.nonce != nonce || asked.serverNonce != serverNonce) {
    return wrong("set_client_DH_params names other nonces");
  }
  MTP_TRY(const mt::ClientDHInnerData inner, openClientInner(asked.encryptedData));
  if (inner.nonce != nonce || inner.serverNonce != serverNonce || inner.retryId != retryId) {
    return wrong("the client's half names other nonces or another retry");
  }
  MTP_DO(crypto::checkDhValue(inner.gB, crypto::knownDhPrime()));
  return conclude(crypto::AuthKey(crypto::dhPower(inner.gB, a.reveal(), crypto::knownDhPrime()).reveal()));
}

Result<mt::ClientDHInnerData> HandshakeServer::State::openClientInner(ByteView encrypted) const {
  const auto opened = openInner(newNonce, serverNonce, encrypted);
  if (!opened) {
    return wrong("the client's half has an impossible length");
  }
  tl::Reader r(innerObject(*opened));
  auto inner = tl::decodeFrom<mt::ClientDHInnerData>(r);
  if (!inner.ok() || !innerHashFits(*opened, r.offset())) {
    return wrong("the client's half does not match its hash");
  }
  return inner;
}

template <class Answer>
Bytes HandshakeServer::State::verdict(Answer answer, tl::Int128 Answer::*hash, Byte which,
                                      const crypto::AuthKey& key) const {
  answer.nonce = nonce;
  answer.serverNonce = serverNonce;
  answer.*hash = crypto::newNonceHash(newNonce.reveal(), which, key.auxHash());
  return tl::serialize(answer);
}

Bytes HandshakeServer::State::conclude(crypto::AuthKey key) {
  switch (options.judge ? options.judge(key.id()) : KeyVerdict::Fresh) {
    case KeyVerdict::Taken:
      retryId = static_cast<std::int64_t>(loadLe64(key.auxHash().data()));
      return verdict(mt::DhGenRetry(), &mt::DhGenRetry::newNonceHash2, 2, key);
    case KeyVerdict::Refused:
      awaits = Awaits::Nothing;
      return verdict(mt::DhGenFail(), &mt::DhGenFail::newNonceHash3, 3, key);
    case KeyVerdict::Fresh:
      break;
  }
  Bytes answer = verdict(mt::DhGenOk(), &mt::DhGenOk::newNonceHash1, 1, key);
  result = HandshakeServerResult{
      {std::move(key), firstSalt(newNonce, serverNonce), serverTime, expiresIn}, dc, oldRsaScheme, legacyInnerData};
  awaits = Awaits::Nothing;
  newNonce.clear();
  a.clear();
  return answer;
}

HandshakeServer::HandshakeServer(const crypto::RsaPrivateKey& key, Random& random, const Clock& clock,
                                 HandshakeServerOptions options)
    : state_(std::make_unique<State>(key, random, clock, std::move(options))) {}

HandshakeServer::HandshakeServer(HandshakeServer&&) noexcept = default;
HandshakeServer& HandshakeServer::operator=(HandshakeServer&&) noexcept = default;
HandshakeServer::~HandshakeServer() = default;

Result<Bytes> HandshakeServer::step(ByteView request) {
  State& s = *state_;
  if (!s.lastRequest.empty() && std::ranges::equal(request, s.lastRequest)) {
    return s.lastAnswer;
  }
  auto answer = s.onRequest(request);
  if (!answer.ok()) {
    s.awaits = State::Awaits::Nothing;
    s.lastRequest.clear();
    return answer;
  }
  s.lastRequest = toBytes(request);
  s.lastAnswer = *answer;
  return answer;
}

bool HandshakeServer::finished() const {
  return state_->result.has_value();
}

HandshakeServerResult HandshakeServer::takeResult() {
  MTP_CHECK(finished());
  HandshakeServerResult result = *std::move(state_->result);
  state_->result.reset();
  return result;
}

}  // namespace mtpool::mtproto
