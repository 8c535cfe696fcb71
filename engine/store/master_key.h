// SPDX-License-Identifier: Apache-2.0
// The master key: 32 random bytes in a file of their own, under which every account's keys are sealed. Who
// loses it logs every account in again; who copies it together with state.db has every account.
#pragma once

#include <filesystem>

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/crypto/sealed_box.h"

namespace mtpool::store {

constexpr std::size_t kMasterKeyBytes = 32;

struct MasterKeyFile {
  crypto::MasterKey key;
  std::filesystem::path path;
  /// Made just now: the caller prints the line that says to back it up apart.
  bool created = false;
};

/// Loads `path`, or makes it (0400, written aside, synced, linked into place) when it does not exist and
/// `mayCreate`; with sealed records around, a missing key must never be replaced by a new one. Errc::Refused
/// for a missing key, a wrong size, or a file others may read; Errc::Io when it cannot be read or written.
Result<MasterKeyFile> loadMasterKey(const std::filesystem::path& path, bool mayCreate, Random& random);

}  // namespace mtpool::store
