// SPDX-License-Identifier: Apache-2.0
// Internal to engine/crypto: the text around keys in files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/secret.h"

namespace mtpool::crypto {

struct PemBlock {
  std::string label;  // "RSA PUBLIC KEY"
  SecretBytes der;
};

/// All blocks of a text in their order; text between blocks is skipped. Errc::InvalidConfig when there is
/// none, when one is damaged or encrypted, and above 64 blocks or 1 MiB.
Result<std::vector<PemBlock>> readPem(std::string_view text);

std::string writePem(const std::string& label, ByteView der);

}  // namespace mtpool::crypto
