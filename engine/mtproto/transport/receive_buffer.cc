// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/transport/receive_buffer.h"

#include <algorithm>
#include <cstring>

#include "engine/base/check.h"

namespace mtpool::mtproto {
namespace {

// A frame up to this size gets its memory at once. Larger ones must first prove themselves by filling half
// of what they have, so a lying length field costs its sender as many bytes as it costs us.
constexpr std::size_t kTrusted = 64 * 1024;

}  // namespace

MutableBytes ReceiveBuffer::prepare(std::size_t atLeast, std::size_t expected) {
  const std::size_t have = end_ - begin_;
  if (capacity_ - end_ >= atLeast) {
    return {data_.get() + end_, capacity_ - end_};
  }
  const std::size_t credible = std::min(expected, std::max(kTrusted, 2 * have));
  const std::size_t wanted = std::max(have + atLeast, credible);
  if (capacity_ >= wanted) {
    std::memmove(data_.get(), data_.get() + begin_, have);
  } else {
    auto larger = std::make_unique_for_overwrite<Byte[]>(wanted);
    if (have > 0) {
      std::memcpy(larger.get(), data_.get() + begin_, have);
    }
    data_ = std::move(larger);
    capacity_ = wanted;
  }
  begin_ = 0;
  end_ = have;
  return {data_.get() + end_, capacity_ - end_};
}

void ReceiveBuffer::commit(std::size_t n) {
  MTP_CHECK(n <= capacity_ - end_);
  end_ += n;
}

void ReceiveBuffer::consume(std::size_t n) {
  MTP_CHECK(n <= end_ - begin_);
  begin_ += n;
}

void ReceiveBuffer::release() {
  if (begin_ == end_) {
    data_.reset();
    capacity_ = begin_ = end_ = 0;
  }
}

}  // namespace mtpool::mtproto
