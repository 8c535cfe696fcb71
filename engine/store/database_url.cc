// SPDX-License-Identifier: Apache-2.0
#include "engine/store/database_url.h"

namespace mtpool::store {

Result<DatabaseUrl> DatabaseUrl::parse(std::string_view url) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return Error(
        Errc::Unsupported,
        "DATABASE_URL names a PostgreSQL server, which this version cannot use yet: set it to sqlite:PATH");
  }
  if (!url.starts_with(kSqlite) || url.size() == kSqlite.size()) {
    return Error(Errc::InvalidConfig, "DATABASE_URL is not understood: write sqlite:PATH");
  }
  url.remove_prefix(kSqlite.size());
  // sqlite:///var/lib/x.db, as other programs write it, means the same as sqlite:/var/lib/x.db.
  if (url.starts_with("///")) {
    url.remove_prefix(2);
  }
  if (url.find('\0') != std::string_view::npos) {
    return Error(Errc::InvalidConfig, "the path in DATABASE_URL holds a NUL byte: write sqlite:PATH");
  }
  return DatabaseUrl{std::filesystem::path(url)};
}

}  // namespace mtpool::store
