// SPDX-License-Identifier: Apache-2.0
// What a login leaves behind between two requests: codes that were sent, second factors that were challenged,
// authorisations on their way to another data centre. One desk for all data centres. Everything on it expires
// and is bounded in number; the oldest goes first.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/crypto/srp.h"

namespace mtpool::sim {

inline constexpr const char* kLoginCode = "12345";
inline constexpr const char* kLoginPassword = "rehearsal";

class LoginDesk {
 public:
  LoginDesk(const Clock& clock, Random& random) : clock_(&clock), random_(&random) {}

  /// phone_code_hash for a phone; the code is always kLoginCode and good for five minutes.
  std::string sendCode(const std::string& digits);
  bool cancelCode(const std::string& digits, const std::string& hash);

  enum class CodeVerdict : std::uint8_t { Good, Wrong, Expired };
  /// A good code is used up; after five wrong ones it has expired.
  CodeVerdict checkCode(const std::string& digits, const std::string& hash, const std::string& code);

  struct Challenge {
    std::int64_t id = 0;
    Bytes b;  // srp_B
  };

  /// The parameters of everybody's password.
  const crypto::SrpParameters& passwordParameters();
  Challenge challenge();

  enum class PasswordVerdict : std::uint8_t { Good, Wrong, Stale };
  PasswordVerdict checkPassword(std::int64_t id, const crypto::SrpProof& proof);

  struct Export {
    std::int64_t id = 0;
    Bytes bytes;
  };

  /// To be presented once, at `dc`, within a minute.
  Export exportAuthorisation(std::int64_t account, int dc);
  /// The account, or nothing when it is not that, used before or too late.
  std::optional<std::int64_t> importAuthorisation(std::int64_t account, ByteView bytes, int dc);

 private:
  struct SentCode {
    std::string hash;
    MonoTime until;
    int wrong = 0;
  };

  struct Travelling {
    std::int64_t account = 0;
    int dc = 0;
    MonoTime until;
  };

  const Bytes& verifier();

  const Clock* clock_;
  Random* random_;
  std::map<std::string, SentCode> codes_;            // by phone
  std::map<std::int64_t, Bytes> challenges_;         // srp_id -> b
  std::map<Bytes, Travelling> exports_;              // by the bytes
  std::optional<crypto::SrpParameters> parameters_;  // made on first use
  Bytes verifier_;                                   // 80 ms of work, on first use
  std::int64_t nextChallenge_ = 1;
};

}  // namespace mtpool::sim
