// SPDX-License-Identifier: Apache-2.0
// The configuration file on disk: read whole, replaced atomically, compared by content.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/config/env_file.h"

namespace mtpool::config {

struct LoadedFile {
  EnvFile file;
  std::string text;  // as read, to notice outside edits
  bool exists = false;
  bool tooOpen = false;  // others than the owner may read it: worth a warning
};

/// A missing file is an empty one. Errors name the file and, for bad content, the line.
Result<LoadedFile> loadFile(const std::filesystem::path& path);

/// Writes beside it, syncs, renames over it and syncs the directory; keeps the mode and owner of an existing
/// file, else makes it 0600. Refused when the content is no longer `expected`: somebody else edited it.
Result<void> replaceFile(const std::filesystem::path& path, const std::string& expected,
                         const std::string& text);

}  // namespace mtpool::config
