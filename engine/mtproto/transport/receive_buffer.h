// SPDX-License-Identifier: Apache-2.0
// Bytes that arrived and wait to become frames. Holds memory only while bytes are pending.
#pragma once

#include <memory>

#include "engine/base/bytes.h"

namespace mtpool::mtproto {

class ReceiveBuffer {
 public:
  /// Room for `atLeast` more bytes. Memory follows the bytes that really came, never a length field alone:
  /// `expected` (the size of the frame under way, 0 = unknown) only saves regrowing.
  MutableBytes prepare(std::size_t atLeast, std::size_t expected);
  void commit(std::size_t n);

  ByteView pending() const { return {data_.get() + begin_, end_ - begin_}; }

  MutableBytes pendingMutable(std::size_t last) { return {data_.get() + end_ - last, last}; }

  /// Forgets the first n pending bytes; views into them stay valid until the next prepare() or release().
  void consume(std::size_t n);
  /// Gives the memory back when nothing is pending.
  void release();

  std::size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<Byte[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace mtpool::mtproto
