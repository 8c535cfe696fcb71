// SPDX-License-Identifier: Apache-2.0
#include "engine/model/message.h"

#include <algorithm>
#include <cstring>

namespace mtpool::model {

std::string_view name(MessageKind kind) {
  return kind == MessageKind::Message ? "message" : "service";
}

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  if (text.size() > left_) {
    const std::size_t size = std::max(kChunk, text.size());
    chunks_.push_back(std::make_unique<char[]>(size));
    bytes_ += size;
    next_ = chunks_.back().get();
    left_ = size;
  }
  char* at = next_;
  std::memcpy(at, text.data(), text.size());
  next_ += text.size();
  left_ -= text.size();
  return {at, text.size()};
}

}  // namespace mtpool::model
