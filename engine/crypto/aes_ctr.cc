// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/check.h"
#include "engine/crypto/aes.h"
#include "engine/crypto/openssl_handles.h"

namespace mtpool::crypto {

struct AesCtr::State {
  CipherContext context{EVP_CIPHER_CTX_new()};
};

AesCtr::AesCtr(const AesKey& key, const std::array<Byte, 16>& iv) : state_(std::make_unique<State>()) {
  thread_local const CipherHandle cipher(EVP_CIPHER_fetch(nullptr, "AES-256-CTR", nullptr));
  MTP_CHECK(cipher != nullptr && state_->context != nullptr &&
            EVP_EncryptInit_ex2(state_->context.get(), cipher.get(), key.data(), iv.data(), nullptr) == 1);
}

AesCtr::AesCtr(AesCtr&&) noexcept = default;
AesCtr& AesCtr::operator=(AesCtr&&) noexcept = default;
AesCtr::~AesCtr() = default;

void AesCtr::apply(MutableBytes data) {
  MTP_CHECK(state_ != nullptr);
  // EVP counts in int.
  constexpr std::size_t kMost = std::size_t{1} << 30;
  while (!data.empty()) {
    const MutableBytes piece = data.first(std::min(data.size(), kMost));
    int written = 0;
    MTP_CHECK(EVP_EncryptUpdate(state_->context.get(), piece.data(), &written, piece.data(),
                                static_cast<int>(piece.size())) == 1 &&
              static_cast<std::size_t>(written) == piece.size());
    data = data.subspan(piece.size());
  }
}

}  // namespace mtpool::crypto
