// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/sha.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "engine/base/check.h"
#include "engine/crypto/openssl_handles.h"

namespace mtpool::crypto {
namespace {

/// One algorithm, fetched once, with the context it always runs in. One of each per thread.
class Digest {
 public:
  explicit Digest(const char* name)
      : algorithm_(EVP_MD_fetch(nullptr, name, nullptr)), context_(EVP_MD_CTX_new()) {
    MTP_CHECK(algorithm_ != nullptr && context_ != nullptr);
  }

  void run(std::initializer_list<ByteView> pieces, Byte* out) {
    bool good = EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1;
    for (const ByteView piece : pieces) {
      good = good && EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) == 1;
    }
    MTP_CHECK(good && EVP_DigestFinal_ex(context_.get(), out, nullptr) == 1);
  }

 private:
  MdHandle algorithm_;
  MdContext context_;
};

}  // namespace

Sha1Digest sha1(std::initializer_list<ByteView> pieces) {
  thread_local Digest digest("SHA1");
  Sha1Digest out;
  digest.run(pieces, out.data());
  return out;
}

Sha256Digest sha256(std::initializer_list<ByteView> pieces) {
  thread_local Digest digest("SHA256");
  Sha256Digest out;
  digest.run(pieces, out.data());
  return out;
}

struct Sha256Stream::State {
  MdContext context{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  MTP_CHECK(state_->context != nullptr &&
            EVP_DigestInit_ex2(state_->context.get(), EVP_sha256(), nullptr) == 1);
}

Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(ByteView piece) {
  MTP_CHECK(EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size()) == 1);
}

Sha256Digest Sha256Stream::finish() {
  Sha256Digest out;
  MTP_CHECK(EVP_DigestFinal_ex(state_->context.get(), out.data(), nullptr) == 1);
  return out;
}

Sha256Digest hmacSha256(ByteView key, ByteView data) {
  Sha256Digest out;
  MTP_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), out.data(),
                 nullptr) != nullptr);
  return out;
}

Sha512Digest pbkdf2Sha512(ByteView password, ByteView salt, int rounds) {
  Sha512Digest out;
  const std::string_view chars = charsOf(password);
  MTP_CHECK(PKCS5_PBKDF2_HMAC(chars.empty() ? "" : chars.data(), static_cast<int>(chars.size()), salt.data(),
                              static_cast<int>(salt.size()), rounds, EVP_sha512(),
                              static_cast<int>(out.size()), out.data()) == 1);
  return out;
}

bool equalConstantTime(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace mtpool::crypto
