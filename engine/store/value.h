// SPDX-License-Identifier: Apache-2.0
// One parameter of a statement, or one column of an answer: NULL, an integer, a real, text or bytes. A view:
// text and bytes are looked at, not copied, and must outlive the call they are passed to.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/id.h"

namespace mtpool::store {

class Value {
 public:
  enum class Type : std::uint8_t { Null, Integer, Real, Text, Blob };

  Value() = default;

  Value(std::nullptr_t) {}  // NOLINT(google-explicit-constructor)

  template <std::integral T>
  Value(T number) : type_(Type::Integer), integer_(static_cast<std::int64_t>(number)) {}  // NOLINT

  Value(double number) : type_(Type::Real), real_(number) {}  // NOLINT

  Value(std::string_view text) : type_(Type::Text), data_(text.data()), size_(text.size()) {}  // NOLINT

  Value(const std::string& text) : Value(std::string_view(text)) {}  // NOLINT

  Value(const char* text) : Value(std::string_view(text)) {}  // NOLINT

  Value(ByteView bytes)
      : type_(Type::Blob),
        data_(reinterpret_cast<const char*>(bytes.data())),
        size_(bytes.size()) {}  // NOLINT

  template <class Tag>
  Value(StrongId<Tag> id) : Value(id.value) {}  // NOLINT

  template <class T>
  Value(const std::optional<T>& maybe) : Value(maybe ? Value(*maybe) : Value()) {}  // NOLINT

  Type type() const { return type_; }

  bool isNull() const { return type_ == Type::Null; }

  std::int64_t integer() const { return integer_; }

  double real() const { return real_; }

  /// The characters of Text or Blob.
  std::string_view chars() const { return {data_, size_}; }

 private:
  Type type_ = Type::Null;

  union {
    std::int64_t integer_ = 0;
    double real_;
  };

  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Empty text as NULL.
inline Value textOrNull(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

}  // namespace mtpool::store
