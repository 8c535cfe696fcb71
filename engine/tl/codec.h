// SPDX-License-Identifier: Apache-2.0
// How each C++ field type of the generated structs travels, as overloads the generated code calls.
//
// Two entry points are for everybody:
//   parse<T>(bytes)   the whole buffer is one T (a generated struct or type, a vector, bool, int, Raw)
//   serialize(value)  the bytes of one boxed value
// Both work for results that TL leaves without a common wrapper, such as `Bool` and `Vector<User>`.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/tl/box.h"
#include "engine/tl/raw.h"
#include "engine/tl/reader.h"
#include "engine/tl/writer.h"

namespace mtpool::tl {

inline void read(Reader& r, std::int32_t& to) {
  to = r.int32();
}

inline void read(Reader& r, std::uint32_t& to) {
  to = r.uint32();
}

inline void read(Reader& r, std::int64_t& to) {
  to = r.int64();
}

inline void read(Reader& r, double& to) {
  to = r.float64();
}

inline void read(Reader& r, bool& to) {
  to = r.boolean();
}

inline void read(Reader& r, Int128& to) {
  to = r.int128();
}

inline void read(Reader& r, Int256& to) {
  to = r.int256();
}

inline void read(Reader& r, std::string& to) {
  to.assign(r.string());
}

inline void read(Reader& r, Bytes& to) {
  const ByteView view = r.bytes();
  to.assign(view.begin(), view.end());
}

/// Where a Raw has no known type it is the last thing there: an inner query, an answer kept whole.
inline void read(Reader& r, Raw& to) {
  const ByteView view = r.rest();
  to.bytes.assign(view.begin(), view.end());
}

template <class T>
concept Boxed = requires(T& value, const T& constant, Reader& r, Writer& w) {
  value.read(r);
  constant.encode(w);
};

template <Boxed T>
void read(Reader& r, T& to) {
  to.read(r);
}

template <class T>
void read(Reader& r, Box<T>& to) {
  if (r.charge(sizeof(T))) {
    read(r, *to);
  }
}

/// Grows while elements really decode: a count alone never makes us allocate much.
template <class T, class ReadElement>
void readElements(Reader& r, std::vector<T>& to, std::uint32_t count, ReadElement&& readElement) {
  to.clear();
  to.reserve(std::min<std::uint32_t>(count, 128));
  for (std::uint32_t i = 0; i < count && r.ok() && r.charge(sizeof(T)); ++i) {
    T element{};
    readElement(r, element);
    to.push_back(std::move(element));
  }
}

template <class T>

requires(!std::is_same_v<T, Byte>) void read(Reader& r, std::vector<T>& to) {
  readElements(r, to, r.vectorHeader(), [](Reader& from, T& element) { read(from, element); });
}

inline void write(Writer& w, std::int32_t value) {
  w.int32(value);
}

inline void write(Writer& w, std::uint32_t value) {
  w.uint32(value);
}

inline void write(Writer& w, std::int64_t value) {
  w.int64(value);
}

inline void write(Writer& w, double value) {
  w.float64(value);
}

inline void write(Writer& w, bool value) {
  w.boolean(value);
}

inline void write(Writer& w, const Int128& value) {
  w.raw(value);
}

inline void write(Writer& w, const Int256& value) {
  w.raw(value);
}

inline void write(Writer& w, const std::string& value) {
  w.string(value);
}

inline void write(Writer& w, const Bytes& value) {
  w.bytes(value);
}

inline void write(Writer& w, const Raw& value) {
  w.raw(value.bytes);
}

template <Boxed T>
void write(Writer& w, const T& value) {
  value.encode(w);
}

template <class T>
void write(Writer& w, const Box<T>& value) {
  write(w, *value);
}

template <class T>

requires(!std::is_same_v<T, Byte>) void write(Writer& w, const std::vector<T>& values) {
  w.vectorHeader(values.size());
  for (const auto& value : values) {
    write(w, static_cast<const T&>(value));
  }
}

/// Id and fields of a generated struct.
template <class T>
void readBoxed(Reader& r, T& to) {
  if (!r.enter()) {
    return;
  }
  const std::uint32_t id = r.uint32();
  if (id == T::kId) {
    to.readBare(r);
  } else {
    r.failUnknown(id);
  }
  r.leave();
}

/// Constructor id of an alternative of a generated type.
template <class T>
std::uint32_t idOf(const T&) {
  return T::kId;
}

inline std::uint32_t idOf(const Raw& raw) {
  return raw.id();
}

/// A field whose flag is set because a field that shares the flag is there.
template <class T>
void writeOrDefault(Writer& w, const std::optional<T>& value) {
  if (value) {
    write(w, *value);
  } else {
    write(w, T{});
  }
}

/// One T from the reader, with its error.
template <class T>
Result<T> decodeFrom(Reader& r) {
  T value{};
  read(r, value);
  if (!r.ok()) {
    return r.error();
  }
  return value;
}

template <class T>
Result<T> parse(ByteView bytes) {
  Reader r(bytes);
  T value{};
  read(r, value);
  MTP_DO(r.finish());
  return value;
}

template <class T>
Bytes serialize(const T& value) {
  Bytes out;
  Writer w(out);
  write(w, value);
  return out;
}

/// A boxed value as a Raw: an inner query, or a field of a type without struct.
template <Boxed T>
Raw rawOf(const T& value) {
  return Raw{serialize(value)};
}

}  // namespace mtpool::tl
