// SPDX-License-Identifier: Apache-2.0
// What the writer of the message store has done and holds.
#pragma once

#include <cstdint>
#include <string>

namespace mtpool::store {

/// Since open(). For metrics and for the tests of batching.
struct WriterStats {
  std::int64_t transactions = 0;  // of history commits
  std::int64_t commits = 0;       // history commits that became durable
  std::int64_t refused = 0;       // that were answered with an error
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t queuedPages = 0;  // now
  std::int64_t queuedBytes = 0;  // now
  std::int64_t queuedPagesPeak = 0;
  std::int64_t queuedBytesPeak = 0;
  std::string trouble;  // of the database itself, at the last write; empty when that went well
  bool broken = false;  // nothing more is written until the store is opened anew
};

}  // namespace mtpool::store
