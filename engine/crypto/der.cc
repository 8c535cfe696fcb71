// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/der.h"

#include "engine/base/check.h"

namespace mtpool::crypto {

std::optional<ByteView> DerReader::take(DerTag tag) {
  if (rest_.size() < 2 || rest_[0] != static_cast<Byte>(tag)) {
    return std::nullopt;
  }
  std::size_t size = rest_[1];
  std::size_t header = 2;
  if (size >= 0x80) {
    // Two bytes of length are plenty for a key; the short form must be used where it suffices.
    const std::size_t lengthBytes = size & 0x7f;
    if (lengthBytes < 1 || lengthBytes > 2 || rest_.size() < 2 + lengthBytes || rest_[2] == 0) {
      return std::nullopt;
    }
    size = lengthBytes == 1 ? rest_[2] : rest_[2] * std::size_t{256} + rest_[3];
    if (size < 0x80) {
      return std::nullopt;
    }
    header += lengthBytes;
  }
  if (size > rest_.size() - header) {
    return std::nullopt;
  }
  const ByteView content = rest_.subspan(header, size);
  rest_ = rest_.subspan(header + size);
  return content;
}

std::optional<ByteView> DerReader::takeInteger() {
  const auto content = take(DerTag::Integer);
  if (!content || content->empty() || ((*content)[0] & 0x80) != 0) {
    return std::nullopt;
  }
  if ((*content)[0] != 0) {
    return content;
  }
  // A zero byte in front stands only where the next bit would read as a sign.
  if (content->size() > 1 && ((*content)[1] & 0x80) == 0) {
    return std::nullopt;
  }
  return content->subspan(1);
}

Bytes derValue(DerTag tag, ByteView content) {
  MTP_CHECK(content.size() <= 0xffff);
  Bytes value{static_cast<Byte>(tag)};
  if (content.size() >= 0x100) {
    value.push_back(0x82);
    value.push_back(static_cast<Byte>(content.size() >> 8));
  } else if (content.size() >= 0x80) {
    value.push_back(0x81);
  }
  value.push_back(static_cast<Byte>(content.size()));
  append(value, content);
  return value;
}

Bytes derIntegers(std::initializer_list<ByteView> numbers) {
  Bytes values;
  for (ByteView number : numbers) {
    while (!number.empty() && number[0] == 0) {
      number = number.subspan(1);
    }
    Bytes content;
    if (number.empty() || (number[0] & 0x80) != 0) {
      content.push_back(0);
    }
    append(content, number);
    append(values, derValue(DerTag::Integer, content));
  }
  return derValue(DerTag::Sequence, values);
}

}  // namespace mtpool::crypto
