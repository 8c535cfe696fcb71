// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/sealed_box.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/crypto/openssl_handles.h"

namespace mtpool::crypto {
namespace {

constexpr Byte kVersion = 1;
constexpr std::size_t kKeySize = 32;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kOverhead = 1 + kNonceSize + kTagSize;

OSSL_PARAM octets(const char* name, ByteView bytes) {
  // OpenSSL only reads through this pointer.
  return OSSL_PARAM_construct_octet_string(name, const_cast<Byte*>(bytes.data()), bytes.size());
}

/// HKDF-SHA256(master, context): a key of its own for each record.
SecretBytes recordKey(const MasterKey& master, std::string_view context) {
  MTP_CHECK(master.reveal().size() == kKeySize);
  const KdfHandle hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  MTP_CHECK(hkdf != nullptr);
  const KdfContext run(EVP_KDF_CTX_new(hkdf.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      octets(OSSL_KDF_PARAM_KEY, master.reveal()),
      octets(OSSL_KDF_PARAM_INFO, viewOf(context)),
      OSSL_PARAM_construct_end(),
  };
  SecretBytes key{Bytes(kKeySize)};
  MTP_CHECK(run != nullptr &&
            EVP_KDF_derive(run.get(), key.revealMutable().data(), kKeySize, parameters) == 1);
  return key;
}

/// AES-256-GCM, set up with the version and the context as authenticated data.
CipherContext gcm(const SecretBytes& key, ByteView nonce, std::string_view context, bool encrypt) {
  const CipherHandle cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  CipherContext run(EVP_CIPHER_CTX_new());
  int written = 0;
  MTP_CHECK(cipher != nullptr && run != nullptr &&
            EVP_CipherInit_ex2(run.get(), cipher.get(), key.reveal().data(), nonce.data(), encrypt ? 1 : 0,
                               nullptr) == 1 &&
            EVP_CipherUpdate(run.get(), nullptr, &written, &kVersion, 1) == 1 &&
            EVP_CipherUpdate(run.get(), nullptr, &written, viewOf(context).data(),
                             static_cast<int>(context.size())) == 1);
  return run;
}

void update(EVP_CIPHER_CTX* run, ByteView in, Byte* out) {
  int written = 0;
  MTP_CHECK(in.empty() ||
            (EVP_CipherUpdate(run, out, &written, in.data(), static_cast<int>(in.size())) == 1 &&
             static_cast<std::size_t>(written) == in.size()));
}

}  // namespace

Bytes seal(const MasterKey& master, std::string_view context, ByteView plain, Random& random) {
  const auto nonce = random.array<kNonceSize>();
  const CipherContext run = gcm(recordKey(master, context), nonce, context, true);
  Bytes sealed{kVersion};
  sealed.reserve(plain.size() + kOverhead);
  append(sealed, nonce);
  sealed.resize(plain.size() + kOverhead);
  Byte* const body = sealed.data() + 1 + kNonceSize;
  update(run.get(), plain, body);
  int written = 0;
  MTP_CHECK(EVP_CipherFinal_ex(run.get(), body + plain.size(), &written) == 1 && written == 0 &&
            EVP_CIPHER_CTX_ctrl(run.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagSize),
                                body + plain.size()) == 1);
  return sealed;
}

Result<SecretBytes> unseal(const MasterKey& master, std::string_view context, ByteView sealed) {
  if (sealed.size() >= 1 && sealed[0] != kVersion) {
    return Error(Errc::StorageCorrupt,
                 "the sealed record " + printable(context) + " is damaged or was written by a later version");
  }
  if (sealed.size() < kOverhead) {
    return Error(Errc::StorageCorrupt, "the sealed record " + printable(context) + " is cut short");
  }
  const ByteView nonce = sealed.subspan(1, kNonceSize);
  const ByteView body = sealed.subspan(1 + kNonceSize, sealed.size() - kOverhead);
  std::array<Byte, kTagSize> tag;
  std::copy(sealed.end() - kTagSize, sealed.end(), tag.begin());

  const CipherContext run = gcm(recordKey(master, context), nonce, context, false);
  SecretBytes plain{Bytes(body.size())};
  update(run.get(), body, plain.revealMutable().data());
  int written = 0;
  Byte rest[kTagSize];
  if (EVP_CIPHER_CTX_ctrl(run.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagSize), tag.data()) != 1 ||
      EVP_CipherFinal_ex(run.get(), rest, &written) != 1) {
    return Error(Errc::StorageCorrupt,
                 "the sealed record " + printable(context) +
                     " does not open: it is damaged or was sealed under another master key; look at the file "
                     "MTPOOL_MASTER_KEY_FILE names, or restore the one that was in use");
  }
  return plain;
}

}  // namespace mtpool::crypto
