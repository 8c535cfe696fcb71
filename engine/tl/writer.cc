// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/writer.h"

#include <cstring>

#include "engine/base/check.h"

namespace mtpool::tl {

void Writer::uint32(std::uint32_t value) {
  const std::size_t at = out_.size();
  out_.resize(at + 4);
  storeLe32(out_.data() + at, value);
}

void Writer::uint64(std::uint64_t value) {
  const std::size_t at = out_.size();
  out_.resize(at + 8);
  storeLe64(out_.data() + at, value);
}

void Writer::float64(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  uint64(bits);
}

void Writer::bytes(ByteView value) {
  MTP_CHECK(value.size() <= kMaxStringSize);
  const auto size = static_cast<std::uint32_t>(value.size());
  const std::size_t header = size < 254 ? 1 : 4;
  const std::size_t at = out_.size();
  out_.resize(at + ((header + size + 3) & ~std::size_t{3}));  // new bytes are zero: the padding
  Byte* to = out_.data() + at;
  if (header == 1) {
    *to = static_cast<Byte>(size);
  } else {
    storeLe32(to, size << 8 | 254);
  }
  if (size != 0) {
    std::memcpy(to + header, value.data(), size);
  }
}

void Writer::vectorHeader(std::size_t count) {
  uint32(kVectorId);
  vectorCount(count);
}

void Writer::vectorCount(std::size_t count) {
  MTP_CHECK(count <= INT32_MAX);
  uint32(static_cast<std::uint32_t>(count));
}

}  // namespace mtpool::tl
