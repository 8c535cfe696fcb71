// SPDX-License-Identifier: Apache-2.0
// What a result code of SQLite means to the product, and the sentence a person gets.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.h"

struct sqlite3;

namespace mtpool::store::sqlite {

/// Busy, Full, Corrupt and Io get their own codes (StorageBusy …); everything else is Errc::Storage with
/// SQLite's words. `extended` is the extended result code, also Error::argument().
Error failure(int extended, std::string_view words, const std::string& database);

/// The last failure of a connection.
Error lastFailure(sqlite3* connection, const std::string& database);

}  // namespace mtpool::store::sqlite
