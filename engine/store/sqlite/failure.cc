// SPDX-License-Identifier: Apache-2.0
#include "engine/store/sqlite/failure.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/base/text.h"

namespace mtpool::store::sqlite {

namespace {

Errc codeOf(int extended) {
  switch (extended & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Errc::StorageBusy;
    case SQLITE_FULL:
      return Errc::StorageFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Errc::StorageCorrupt;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return Errc::Io;
    default:
      return Errc::Storage;
  }
}

}  // namespace

Error failure(int extended, std::string_view words, const std::string& database) {
  const Errc code = codeOf(extended);
  const std::string name = printable(database);
  std::string text;
  switch (code) {
    case Errc::StorageBusy:
      text = fmt::format("the database {} is locked by another program: end it, or wait", name);
      break;
    case Errc::StorageFull:
      text = fmt::format("no space is left for the database {}: free space on its disk", name);
      break;
    case Errc::StorageCorrupt:
      text =
          fmt::format("the file {} is damaged or not a database ({}): restore it from a backup", name, words);
      break;
    case Errc::Io:
      text = fmt::format(
          "the database {} cannot be read or written ({}): the service needs write access to the file and "
          "its "
          "directory",
          name, words);
      break;
    default:
      text = fmt::format("the database {} refused a statement: {}", name, printable(words));
  }
  return Error(code, std::move(text)).withArgument(extended);
}

Error lastFailure(sqlite3* connection, const std::string& database) {
  return failure(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection), database);
}

}  // namespace mtpool::store::sqlite
