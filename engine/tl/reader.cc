// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/reader.h"

#include <fmt/format.h>

namespace mtpool::tl {

bool Reader::boolean() {
  const std::uint32_t id = uint32();
  if (id == kBoolTrueId) {
    return true;
  }
  if (id != kBoolFalseId) {
    failUnknown(id);
  }
  return false;
}

ByteView Reader::bytes() {
  const Byte* p = take(4);
  if (p == nullptr) [[unlikely]] {
    return {};
  }
  std::size_t size = p[0];
  const Byte* data = p + 1;
  if (size == 255)
      [[unlikely]] {  // a 7-byte length in one implementation only; nothing we accept is that long
    fail(Errc::Malformed);
    return {};
  }
  if (size == 254) {
    size = loadLe32(p) >> 8;
    data = p + 4;
  }
  const std::size_t header = static_cast<std::size_t>(data - p);
  const std::size_t padded = (header + size + 3) & ~std::size_t{3};
  if (take(padded - 4) == nullptr) [[unlikely]] {
    return {};
  }
  return {data, size};
}

std::uint32_t Reader::vectorHeader() {
  const std::uint32_t id = uint32();
  if (id != kVectorId) [[unlikely]] {
    failUnknown(id);
    return 0;
  }
  return vectorCount();
}

std::uint32_t Reader::vectorCount() {
  const std::uint32_t count = uint32();
  if (count > kMaxVectorCount) [[unlikely]] {
    fail(Errc::LimitExceeded);
    return 0;
  }
  if (count > remaining() / 4) [[unlikely]] {
    fail(Errc::Malformed);
    return 0;
  }
  return spend(count) ? count : 0;
}

ByteView Reader::rest() {
  const ByteView left(at_, remaining());
  at_ = end_;
  return left;
}

ByteView Reader::since(std::size_t offset) const {
  return failed_ ? ByteView{} : ByteView(begin_ + offset, at_);
}

bool Reader::enter() {
  if (depth_ >= kMaxDepth) [[unlikely]] {
    fail(Errc::LimitExceeded);
    return false;
  }
  if (!spend(1) || failed_) [[unlikely]] {
    return false;
  }
  ++depth_;
  return true;
}

bool Reader::spend(std::uint32_t nodes) {
  nodes_ += nodes;  // both are far below 2^31
  if (nodes_ > kMaxNodes) [[unlikely]] {
    nodes_ = kMaxNodes;
    fail(Errc::LimitExceeded);
    return false;
  }
  return true;
}

bool Reader::charge(std::size_t bytes) {
  charged_ += bytes;
  if (charged_ > kMaxDecodedBytes) [[unlikely]] {
    charged_ = kMaxDecodedBytes;
    fail(Errc::LimitExceeded);
    return false;
  }
  return true;
}

void Reader::fail(Errc code, std::uint32_t id) {
  if (!failed_) {
    failed_ = true;
    code_ = code;
    id_ = id;
    failedAt_ = offset();
  }
  at_ = end_;
}

Error Reader::error() const {
  const std::size_t size = static_cast<std::size_t>(end_ - begin_);
  switch (code_) {
    case Errc::UnknownConstructor:
      return Error(
                 code_,
                 fmt::format("TL constructor {:08x} at byte {} of {} is not known here; the schema may be of "
                             "another layer",
                             id_, failedAt_, size))
          .withArgument(id_);
    case Errc::LimitExceeded:
      return Error(code_, fmt::format("TL data exceeds a decoding limit at byte {} of {}", failedAt_, size));
    default:
      return Error(code_, fmt::format("TL data is malformed or cut at byte {} of {}", failedAt_, size));
  }
}

Result<void> Reader::status() const {
  if (failed_) {
    return error();
  }
  return {};
}

Result<void> Reader::finish() {
  if (!failed_ && remaining() != 0) {
    fail(Errc::Malformed);
  }
  return status();
}

}  // namespace mtpool::tl
