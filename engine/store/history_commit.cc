// SPDX-License-Identifier: Apache-2.0
#include "engine/store/history_commit.h"

namespace mtpool::store {

std::size_t HistoryCommit::bytes() const {
  std::size_t total = sizeof(HistoryCommit) + page.bytes();
  for (const DeadLetter& letter : deadLetters) {
    total += sizeof(DeadLetter) + letter.raw.capacity() + letter.reason.capacity();
  }
  return total;
}

}  // namespace mtpool::store
