// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/duplicate_window.h"

#include <algorithm>

namespace mtpool::mtproto {
namespace {

// The oldest ids go in batches, because taking one from the front moves all the others.
constexpr std::size_t kSlack = 128;

}  // namespace

DuplicateWindow::Verdict DuplicateWindow::check(std::int64_t msgId) const {
  if (std::ranges::binary_search(ids_, msgId)) {
    return Verdict::Seen;
  }
  return full() && msgId < ids_.front() ? Verdict::TooOld : Verdict::New;
}

void DuplicateWindow::insert(std::int64_t msgId) {
  const auto at = std::ranges::lower_bound(ids_, msgId);
  if (at != ids_.end() && *at == msgId) {
    return;
  }
  ids_.insert(at, msgId);
  if (ids_.size() > kDuplicateWindow + kSlack) {
    ids_.erase(ids_.begin(), ids_.begin() + kSlack);
  }
}

}  // namespace mtpool::mtproto
