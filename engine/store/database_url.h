// SPDX-License-Identifier: Apache-2.0
// DATABASE_URL as a value: which database, and where.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace mtpool::store {

struct DatabaseUrl {
  std::filesystem::path path;

  /// As shown in status and logs; holds no secret.
  std::string text() const { return "sqlite:" + path.string(); }

  /// "sqlite:PATH". Errc::Unsupported for postgresql://, Errc::InvalidConfig for anything else; the texts
  /// never repeat the value, which may hold a password.
  static Result<DatabaseUrl> parse(std::string_view url);
};

}  // namespace mtpool::store
