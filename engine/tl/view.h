// SPDX-License-Identifier: Apache-2.0
// What the generated views (tl/api/views.h) are made of.
//
// A view is a projection: it holds the fields that resources/tl/views.txt names and steps over all others.
// Nothing is allocated and nothing copied; texts, objects and vectors point into the buffer and live as long
// as it does.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/tl/reader.h"
#include "engine/tl/skip.h"

namespace mtpool::tl {

/// A boxed object left as it lies in the buffer; empty where the field is absent.
struct BoxedView {
  ByteView bytes;

  explicit operator bool() const { return !bytes.empty(); }

  /// Constructor id, 0 if absent.
  std::uint32_t id() const { return bytes.size() < 4 ? 0 : loadLe32(bytes.data()); }

  void read(Reader& reader) { bytes = spanBoxed(reader); }
};

inline void readElement(Reader& reader, std::int32_t& to) {
  to = reader.int32();
}

inline void readElement(Reader& reader, std::int64_t& to) {
  to = reader.int64();
}

inline void readElement(Reader& reader, std::string_view& to) {
  to = reader.string();
}

inline void readElement(Reader& reader, ByteView& to) {
  to = reader.bytes();
}

template <class T>
void readElement(Reader& reader, T& to) {
  to.read(reader);
}

/// A vector whose elements are decoded one at a time while a range-for walks over it. The extent was walked
/// when the view was made, so decoding an element again does not fail.
template <class T>
class VectorView {
 public:
  struct End {};

  class Iterator {
   public:
    Iterator(ByteView elements, std::uint32_t count) : reader_(elements), left_(count) { load(); }

    const T& operator*() const { return value_; }

    const T* operator->() const { return &value_; }

    Iterator& operator++() {
      --left_;
      load();
      return *this;
    }

    bool operator!=(End) const { return left_ != 0 && reader_.ok(); }

   private:
    void load() {
      if (left_ != 0) {
        value_ = T{};
        readElement(reader_, value_);
      }
    }

    Reader reader_;
    std::uint32_t left_;
    T value_{};
  };

  VectorView() = default;

  VectorView(ByteView elements, std::uint32_t count) : elements_(elements), count_(count) {}

  std::uint32_t size() const { return count_; }

  bool empty() const { return count_ == 0; }

  /// The elements as they lie in the buffer, without the vector's id and count.
  ByteView bytes() const { return elements_; }

  Iterator begin() const { return Iterator(elements_, count_); }

  End end() const { return {}; }

 private:
  ByteView elements_;
  std::uint32_t count_ = 0;
};

/// Steps over a boxed vector, each element by `skipElement`.
template <class SkipElement>
std::uint32_t skipVector(Reader& reader, SkipElement&& skipElement) {
  const std::uint32_t count = reader.vectorHeader();
  for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
    skipElement(reader);
  }
  return count;
}

template <class T, class SkipElement>
void viewVector(Reader& reader, VectorView<T>& to, SkipElement&& skipElement) {
  const std::size_t from = reader.offset() + 8;  // behind id and count
  const std::uint32_t count = skipVector(reader, skipElement);
  if (reader.ok()) {
    to = VectorView<T>(reader.since(from), count);
  }
}

/// One view from a whole buffer. The view lives as long as the bytes.
template <class T>
Result<T> parseView(ByteView bytes) {
  Reader reader(bytes);
  T view;
  view.read(reader);
  MTP_DO(reader.finish());
  return view;
}

}  // namespace mtpool::tl
