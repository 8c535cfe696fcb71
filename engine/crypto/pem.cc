// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/pem.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "engine/base/check.h"
#include "engine/crypto/openssl_handles.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kMostText = 1024 * 1024;
constexpr std::size_t kMostBlocks = 64;

/// What PEM_read_bio allocates for one block.
struct RawBlock {
  RawBlock() = default;
  RawBlock(const RawBlock&) = delete;
  RawBlock& operator=(const RawBlock&) = delete;

  ~RawBlock() {
    OPENSSL_free(label);
    OPENSSL_free(header);
    if (data != nullptr) {
      OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    }
  }

  char* label = nullptr;
  char* header = nullptr;
  Byte* data = nullptr;
  long size = 0;
};

bool lastErrorIsEndOfText() {
  const unsigned long error = ERR_peek_last_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

Error unreadable(std::string_view why) {
  return {Errc::InvalidConfig, "the key file " + std::string(why) +
                                   "; expected PEM text with lines -----BEGIN …----- and -----END …-----"};
}

Result<std::vector<PemBlock>> readBlocks(BIO* bio) {
  std::vector<PemBlock> blocks;
  while (true) {
    RawBlock raw;
    if (PEM_read_bio(bio, &raw.label, &raw.header, &raw.data, &raw.size) != 1) {
      if (!lastErrorIsEndOfText()) {
        return unreadable("has a damaged block");
      }
      break;
    }
    if (raw.header[0] != '\0') {
      return unreadable("has a block with headers, perhaps an encrypted one");
    }
    if (blocks.size() == kMostBlocks) {
      return unreadable("has more than " + std::to_string(kMostBlocks) + " blocks");
    }
    const ByteView der(raw.data, static_cast<std::size_t>(raw.size));
    blocks.push_back({raw.label, SecretBytes(toBytes(der))});
  }
  if (blocks.empty()) {
    return unreadable("has no PEM block");
  }
  return blocks;
}

}  // namespace

Result<std::vector<PemBlock>> readPem(std::string_view text) {
  if (text.size() > kMostText) {
    return unreadable("is larger than 1 MiB");
  }
  const BioHandle bio(BIO_new_mem_buf(text.empty() ? "" : text.data(), static_cast<int>(text.size())));
  MTP_CHECK(bio != nullptr);
  auto blocks = readBlocks(bio.get());
  // OpenSSL keeps the end of the text as an error of this thread.
  ERR_clear_error();
  return blocks;
}

std::string writePem(const std::string& label, ByteView der) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  MTP_CHECK(bio != nullptr &&
            PEM_write_bio(bio.get(), label.c_str(), "", der.data(), static_cast<long>(der.size())) > 0);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  std::string result(text, static_cast<std::size_t>(size));
  wipe(text, static_cast<std::size_t>(size));
  return result;
}

}  // namespace mtpool::crypto
