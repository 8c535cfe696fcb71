// SPDX-License-Identifier: Apache-2.0
// The message ids a peer remembers, so that nothing is handled twice.
#pragma once

#include <cstdint>
#include <vector>

namespace mtpool::mtproto {

/// How many of the highest ids are kept (implementations differ between 500 and 2000).
inline constexpr std::size_t kDuplicateWindow = 1024;

class DuplicateWindow {
 public:
  enum class Verdict { New, Seen, TooOld };

  /// TooOld: below everything remembered while the window is full, so it may have been there.
  Verdict check(std::int64_t msgId) const;
  void insert(std::int64_t msgId);

  bool contains(std::int64_t msgId) const { return check(msgId) == Verdict::Seen; }

  /// 0 while empty.
  std::int64_t highest() const { return ids_.empty() ? 0 : ids_.back(); }

  void clear() { ids_.clear(); }

 private:
  bool full() const { return ids_.size() >= kDuplicateWindow; }

  std::vector<std::int64_t> ids_;  // sorted; grows with use, an idle session's is empty
};

}  // namespace mtpool::mtproto
