// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/crypto/dh.h"
#include "engine/crypto/factor.h"
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

constexpr int kMaxRetries = 3;
constexpr std::uint64_t kMaxPq = (std::uint64_t{1} << 63) - 1;

Error tampered(const char* what) {
  return Error(Errc::SecurityCheck, std::string("key exchange: ") + what + "; nothing of it is used");
}

bool same(ByteView a, ByteView b) {
  return crypto::equalConstantTime(a, b);
}

}  // namespace

struct HandshakeClient::State {
  enum class Awaits { Start, ResPq, DhParams, DhAnswer, Nothing };

  State(HandshakeOptions opts, Random& rnd) : options(std::move(opts)), random(&rnd) {}

  Result<std::optional<Bytes>> onAnswer(ByteView answer);
  Result<std::optional<Bytes>> onResPq(tl::Reader& r);
  Result<std::optional<Bytes>> onDhParams(tl::Reader& r);
  Result<std::optional<Bytes>> onDhAnswer(tl::Reader& r);

  Result<const crypto::RsaPublicKey*> chooseKey(const std::vector<std::int64_t>& offered) const;
  SecretBytes innerData(const Bytes& pq, const Bytes& p, const Bytes& q) const;
  Result<void> checkNonces(const tl::Int128& n, const tl::Int128& s) const;
  Error onParamsFail(tl::Reader& r) const;
  Result<void> readServerInner(ByteView encryptedAnswer);
  Result<Bytes> proposeKey();
  Result<std::optional<Bytes>> finish();

  HandshakeOptions options;
  Random* random;
  Awaits awaits = Awaits::Start;
  tl::Int128 nonce{};
  tl::Int128 serverNonce{};
  NewNonce newNonce;
  std::int32_t g = 0;
  Bytes dhPrime;
  Bytes gA;
  std::int32_t serverTime = 0;
  std::int64_t retryId = 0;
  int retries = 0;
  std::optional<crypto::AuthKey> key;
  std::optional<HandshakeResult> result;
};

Result<std::optional<Bytes>> HandshakeClient::State::onAnswer(ByteView answer) {
  // Plain messages may be longer than the object inside: what follows it is ignored.
  tl::Reader r(answer);
  switch (awaits) {
    case Awaits::ResPq:
      return onResPq(r);
    case Awaits::DhParams:
      return onDhParams(r);
    case Awaits::DhAnswer:
      return onDhAnswer(r);
    case Awaits::Start:
    case Awaits::Nothing:
      break;
  }
  return Error(Errc::InvalidArgument, "key exchange: no answer is awaited");
}

Result<void> HandshakeClient::State::checkNonces(const tl::Int128& n, const tl::Int128& s) const {
  if (!same(n, nonce) || !same(s, serverNonce)) {
    return tampered("an answer names other nonces");
  }
  return {};
}

Result<const crypto::RsaPublicKey*> HandshakeClient::State::chooseKey(
    const std::vector<std::int64_t>& offered) const {
  for (const crypto::RsaPublicKey& ours : options.serverKeys) {
    if (std::ranges::find(offered, static_cast<std::int64_t>(ours.fingerprint)) != offered.end()) {
      return &ours;
    }
  }
  return Error(Errc::UnknownServerKey,
               "key exchange: the server has none of the RSA keys known here; check MTPROTO_SERVER_KEYS and "
               "MTPROTO_TEST_DC, or who answers in Telegram's place");
}

Result<std::optional<Bytes>> HandshakeClient::State::onResPq(tl::Reader& r) {
  MTP_TRY(const mt::ResPQ answer, tl::decodeFrom<mt::ResPQ>(r));
  if (!same(answer.nonce, nonce)) {
    return tampered("resPQ names another nonce");
  }
  serverNonce = answer.serverNonce;
  MTP_TRY(const crypto::RsaPublicKey* rsa, chooseKey(answer.serverPublicKeyFingerprints));
  const auto pq = parseNumber(answer.pq);
  if (!pq || *pq > kMaxPq) {
    return tampered("pq is out of range");
  }
  MTP_TRY(const auto factors, crypto::factorPq(*pq));
  random->fill(newNonce.revealMutable());

  mt::ReqDHParams request;
  request.nonce = nonce;
  request.serverNonce = serverNonce;
  request.p = minimalBytes(factors.first);
  request.q = minimalBytes(factors.second);
  request.publicKeyFingerprint = static_cast<std::int64_t>(rsa->fingerprint);
  const SecretBytes inner = innerData(minimalBytes(*pq), request.p, request.q);
  request.encryptedData = crypto::rsaPadEncrypt(*rsa, inner.reveal(), *random);
  awaits = Awaits::DhParams;
  return std::optional(tl::serialize(request));
}

SecretBytes HandshakeClient::State::innerData(const Bytes& pq, const Bytes& p, const Bytes& q) const {
  const auto fill = [&](auto& inner) {
    inner.pq = pq;
    inner.p = p;
    inner.q = q;
    inner.nonce = nonce;
    inner.serverNonce = serverNonce;
    inner.newNonce = newNonce.reveal();
    inner.dc = options.dc;
    SecretBytes bytes{tl::serialize(inner)};
    wipe(inner.newNonce.data(), inner.newNonce.size());
    return bytes;
  };
  if (options.expiresIn == 0) {
    mt::PQInnerDataDc inner;
    return fill(inner);
  }
  mt::PQInnerDataTempDc inner;
  inner.expiresIn = options.expiresIn;
  return fill(inner);
}

Result<std::optional<Bytes>> HandshakeClient::State::onDhParams(tl::Reader& r) {
  if (r.peekId() == tl::kServerDhParamsFailId) {
    return onParamsFail(r);
  }
  MTP_TRY(const mt::ServerDHParamsOk answer, tl::decodeFrom<mt::ServerDHParamsOk>(r));
  MTP_DO(checkNonces(answer.nonce, answer.serverNonce));
  MTP_DO(readServerInner(answer.encryptedAnswer));
  MTP_TRY(Bytes request, proposeKey());
  awaits = Awaits::DhAnswer;
  return std::optional(std::move(request));
}

Error HandshakeClient::State::onParamsFail(tl::Reader& r) const {
  r.uint32();
  const tl::Int128 n = r.int128();
  const tl::Int128 s = r.int128();
  const tl::Int128 hash = r.int128();
  if (!r.ok() || !same(n, nonce) || !same(s, serverNonce) || !same(hash, failureHash(newNonce))) {
    return tampered("server_DH_params_fail does not prove itself");
  }
  return Error(Errc::RpcServer, "key exchange: the server refused the request; start again");
}

Result<void> HandshakeClient::State::readServerInner(ByteView encryptedAnswer) {
  const auto opened = openInner(newNonce, serverNonce, encryptedAnswer);
  if (!opened) {
    return tampered("the encrypted answer has an impossible length");
  }
  tl::Reader r(innerObject(*opened));
  const auto inner = tl::decodeFrom<mt::ServerDHInnerData>(r);
  // Whatever did not parse has no length to hash: the same failure as a wrong hash.
  if (!inner.ok() || !innerHashFits(*opened, r.offset())) {
    return tampered("the encrypted answer does not match its hash");
  }
  MTP_DO(checkNonces(inner->nonce, inner->serverNonce));
  MTP_DO(crypto::checkDhGroup(inner->dhPrime, inner->g));
  MTP_DO(crypto::checkDhValue(inner->gA, inner->dhPrime));
  g = inner->g;
  dhPrime = inner->dhPrime;
  gA = inner->gA;
  serverTime = inner->serverTime;
  return {};
}

/// Draws b, remembers the key that follows from it and gives set_client_DH_params.
Result<Bytes> HandshakeClient::State::proposeKey() {
  const SecretBytes b{random->bytes(256)};
  const SecretBytes gB = crypto::dhPower(g, b.reveal(), dhPrime);
  MTP_DO(crypto::checkDhValue(gB.reveal(), dhPrime));
  key.emplace(crypto::dhPower(gA, b.reveal(), dhPrime).reveal());

  mt::ClientDHInnerData inner;
  inner.nonce = nonce;
  inner.serverNonce = serverNonce;
  inner.retryId = retryId;
  inner.gB = gB.reveal();
  mt::SetClientDHParams request;
  request.nonce = nonce;
  request.serverNonce = serverNonce;
  request.encryptedData = sealInner(newNonce, serverNonce, tl::serialize(inner), *random);
  return tl::serialize(request);
}

Result<std::optional<Bytes>> HandshakeClient::State::onDhAnswer(tl::Reader& r) {
  // The three answers differ in their id and in which hash proves them.
  static constexpr std::array<std::uint32_t, 3> kIds = {mt::DhGenOk::kId, mt::DhGenRetry::kId, mt::DhGenFail::kId};
  const auto found = std::ranges::find(kIds, r.uint32());
  const tl::Int128 n = r.int128();
  const tl::Int128 s = r.int128();
  const tl::Int128 hash = r.int128();
  if (!r.ok() || found == kIds.end()) {
    return Error(Errc::Malformed, "key exchange: the last answer is none of dh_gen_ok, _retry and _fail");
  }
  MTP_DO(checkNonces(n, s));
  const auto which = static_cast<Byte>(1 + (found - kIds.begin()));
  if (!same(hash, crypto::newNonceHash(newNonce.reveal(), which, key->auxHash()))) {
    return tampered("the proof in the last answer is wrong");
  }
  if (which == 1) {
    return finish();
  }
  if (which == 3 || ++retries >= kMaxRetries) {
    return Error(Errc::RpcServer, "key exchange: the server did not take the key; start again");
  }
  retryId = static_cast<std::int64_t>(loadLe64(key->auxHash().data()));
  MTP_TRY(Bytes request, proposeKey());
  return std::optional(std::move(request));
}

Result<std::optional<Bytes>> HandshakeClient::State::finish() {
  result = HandshakeResult{*std::move(key), firstSalt(newNonce, serverNonce), serverTime, options.expiresIn};
  key.reset();
  newNonce.clear();
  awaits = Awaits::Nothing;
  return std::optional<Bytes>();
}

HandshakeClient::HandshakeClient(HandshakeOptions options, Random& random)
    : state_(std::make_unique<State>(std::move(options), random)) {}

HandshakeClient::HandshakeClient(HandshakeClient&&) noexcept = default;
HandshakeClient& HandshakeClient::operator=(HandshakeClient&&) noexcept = default;
HandshakeClient::~HandshakeClient() = default;

Bytes HandshakeClient::start() {
  MTP_CHECK(state_->awaits == State::Awaits::Start);
  state_->random->fill(state_->nonce);
  state_->awaits = State::Awaits::ResPq;
  mt::ReqPqMulti request;
  request.nonce = state_->nonce;
  return tl::serialize(request);
}

Result<std::optional<Bytes>> HandshakeClient::step(ByteView answer) {
  auto next = state_->onAnswer(answer);
  if (!next.ok()) {
    state_->key.reset();
    state_->newNonce.clear();
    state_->awaits = State::Awaits::Nothing;
  }
  return next;
}

HandshakeResult HandshakeClient::takeResult() {
  MTP_CHECK(state_->result.has_value());
  HandshakeResult result = *std::move(state_->result);
  state_->result.reset();
  return result;
}

}  // namespace mtpool::mtproto
