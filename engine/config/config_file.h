// SPDX-License-Identifier: Apache-2.0
// The configuration file on disk: read whole, replaced atomically, compared by content.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/config/env_file.h"

namespace mtpool::config {

struct FileText {
  std::string text;
  bool exists = false;
  bool readByOthers = false;     // than its owner
  bool writtenByOthers = false;  // who may write it steers the engine

  bool operator==(const FileText&) const = default;
};

/// A missing file is an empty one. Refused is a file of another user (not of root, and unless we are root,
/// who looks after the files of others) or what is no plain file: it could be anybody's words, or never end.
Result<FileText> readFile(const std::filesystem::path& path);

struct LoadedFile {
  EnvFile file;
  FileText disk;  // as read, to notice outside edits
};

/// What readFile() found, as lines. Errors name the file and the line.
Result<LoadedFile> parseFile(const std::filesystem::path& path, FileText disk);

/// Writes beside it, syncs, renames over it and syncs the directory; keeps the mode and owner of an existing
/// file, else makes it 0600. Refused when the content is no longer `expected`: somebody else edited it.
Result<void> replaceFile(const std::filesystem::path& path, const std::string& expected,
                         const std::string& text);

}  // namespace mtpool::config
