// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/login_desk.h"

#include <utility>

#include "engine/crypto/dh.h"

namespace mtpool::sim {

namespace {

constexpr std::size_t kMostEntries = 20'000;
constexpr std::chrono::minutes kCodeLife{5};
constexpr std::chrono::minutes kExportLife{1};
constexpr int kMostWrongCodes = 5;

template <class Map>
void makeRoom(Map& map) {
  if (map.size() >= kMostEntries) {
    map.erase(map.begin());
  }
}

}  // namespace

std::string LoginDesk::sendCode(const std::string& digits) {
  makeRoom(codes_);
  SentCode& sent = codes_[digits];
  sent.hash = toHex(random_->bytes(9));
  sent.until = clock_->mono() + kCodeLife;
  sent.wrong = 0;
  return sent.hash;
}

bool LoginDesk::cancelCode(const std::string& digits, const std::string& hash) {
  const auto sent = codes_.find(digits);
  if (sent == codes_.end() || sent->second.hash != hash) {
    return false;
  }
  codes_.erase(sent);
  return true;
}

LoginDesk::CodeVerdict LoginDesk::checkCode(const std::string& digits, const std::string& hash,
                                            const std::string& code) {
  const auto sent = codes_.find(digits);
  if (sent == codes_.end() || sent->second.hash != hash || clock_->mono() > sent->second.until) {
    return CodeVerdict::Expired;
  }
  if (code == kLoginCode) {
    codes_.erase(sent);
    return CodeVerdict::Good;
  }
  if (++sent->second.wrong >= kMostWrongCodes) {
    codes_.erase(sent);
    return CodeVerdict::Expired;
  }
  return CodeVerdict::Wrong;
}

const crypto::SrpParameters& LoginDesk::passwordParameters() {
  if (!parameters_) {
    parameters_.emplace();
    parameters_->salt1 = random_->bytes(40);
    parameters_->salt2 = random_->bytes(16);
    parameters_->g = 3;
    parameters_->p = crypto::knownDhPrime();
  }
  return *parameters_;
}

const Bytes& LoginDesk::verifier() {
  if (verifier_.empty()) {
    verifier_ = crypto::srpVerifier(passwordParameters(), SecretString(kLoginPassword));
  }
  return verifier_;
}

LoginDesk::Challenge LoginDesk::challenge() {
  makeRoom(challenges_);
  Challenge challenge;
  challenge.id = nextChallenge_++;
  const Bytes b = random_->bytes(256);
  challenge.b = crypto::srpServerB(passwordParameters(), verifier(), b);
  challenges_.emplace(challenge.id, b);
  return challenge;
}

LoginDesk::PasswordVerdict LoginDesk::checkPassword(std::int64_t id, const crypto::SrpProof& proof) {
  const auto found = challenges_.find(id);
  if (found == challenges_.end()) {
    return PasswordVerdict::Stale;
  }
  const Bytes b = std::move(found->second);
  challenges_.erase(found);
  return crypto::srpVerify(passwordParameters(), verifier(), b, proof) ? PasswordVerdict::Good
                                                                       : PasswordVerdict::Wrong;
}

LoginDesk::Export LoginDesk::exportAuthorisation(std::int64_t account, int dc) {
  makeRoom(exports_);
  Export result;
  result.id = account;
  result.bytes = random_->bytes(128);
  exports_[result.bytes] = {account, dc, clock_->mono() + kExportLife};
  return result;
}

std::optional<std::int64_t> LoginDesk::importAuthorisation(std::int64_t account, ByteView bytes, int dc) {
  const auto found = exports_.find(toBytes(bytes));
  if (found == exports_.end()) {
    return std::nullopt;
  }
  const Travelling travelling = found->second;
  exports_.erase(found);
  if (travelling.account != account || travelling.dc != dc || clock_->mono() > travelling.until) {
    return std::nullopt;
  }
  return travelling.account;
}

}  // namespace mtpool::sim
