// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/coverage.h"

#include <algorithm>

namespace mtpool::store {

Result<void> addCoverage(Executor& executor, model::ChatId chat, std::int64_t boxId, IdRange range) {
  constexpr Statement kMeeting =
      "SELECT min(low), max(high) FROM coverage WHERE chat_id = $1 AND box_id = $2 AND low <= $4 + 1 AND "
      "high >= $3 - 1";
  constexpr Statement kDrop =
      "DELETE FROM coverage WHERE chat_id = $1 AND box_id = $2 AND low >= $3 AND high <= $4";
  constexpr Statement kInsert = "INSERT INTO coverage (chat_id, box_id, low, high) VALUES ($1, $2, $3, $4)";
  IdRange joined = range;
  const auto join = [&joined](const Row& row) {
    if (!row.isNull(0)) {
      joined.low = std::min(joined.low, row.integer(0));
      joined.high = std::max(joined.high, row.integer(1));
    }
  };
  MTP_DO(executor.query(kMeeting, {chat.value, boxId, range.low, range.high}, join));
  MTP_DO(executor.exec(kDrop, {chat.value, boxId, joined.low, joined.high}));
  MTP_DO(executor.exec(kInsert, {chat.value, boxId, joined.low, joined.high}));
  return {};
}

}  // namespace mtpool::store
