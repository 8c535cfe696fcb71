// SPDX-License-Identifier: Apache-2.0
// Reads TL-serialised data (core.telegram.org/mtproto/serialize) out of a buffer, without allocating.
//
// Errors are sticky: the first failure is kept, the reader then stands at the end of its data and every
// further read gives zeros and empty views. So a decoder reads all fields of an object in a row and asks ok()
// once at the end; counts read after a failure are 0, hence no loop runs on garbage.
//
// A failure is Malformed (truncated, wrong Bool, wrong vector id), LimitExceeded (see limits.h) or
// UnknownConstructor, whose id is the error's argument. Views that are handed out live as long as the buffer.
//
// One reader per packet: the budgets of limits.h count over its life. Single-threaded, cheap to make, not
// copied.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/tl/limits.h"

namespace mtpool::tl {

using Int128 = std::array<Byte, 16>;
using Int256 = std::array<Byte, 32>;

class Reader {
 public:
  explicit Reader(ByteView data) : begin_(data.data()), at_(data.data()), end_(data.data() + data.size()) {}

  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::int32_t int32() { return static_cast<std::int32_t>(uint32()); }

  std::uint32_t uint32() {
    const Byte* p = take(4);
    return p == nullptr ? 0 : loadLe32(p);
  }

  std::int64_t int64() { return static_cast<std::int64_t>(uint64()); }

  std::uint64_t uint64() {
    const Byte* p = take(8);
    return p == nullptr ? 0 : loadLe64(p);
  }

  double float64() {
    const std::uint64_t bits = uint64();
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  }

  /// Opaque byte strings: never swapped, leading zeros kept.
  Int128 int128() { return fixed<16>(); }

  Int256 int256() { return fixed<32>(); }

  /// boolTrue or boolFalse; any other id is UnknownConstructor.
  bool boolean();

  /// A TL string or bytes value: both forms of the length are accepted for any size, and any padding. The
  /// text may be invalid UTF-8 and hold NULs.
  ByteView bytes();

  std::string_view string() { return charsOf(bytes()); }

  /// The count of a boxed vector (`Vector<T>`), its id checked; 0 after a failure.
  std::uint32_t vectorHeader();

  /// The count of a bare vector (`vector<T>`).
  std::uint32_t vectorCount();

  void skip(std::size_t size) { take(size); }

  void skipString() { bytes(); }

  /// The next constructor id without taking it; 0 if there is none.
  std::uint32_t peekId() const { return remaining() < 4 ? 0 : loadLe32(at_); }

  /// Everything that is left.
  ByteView rest();

  std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }

  std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }

  /// The bytes between an earlier offset() and here; empty after a failure.
  ByteView since(std::size_t offset) const;

  /// Around each boxed object; enter() is false once a budget is spent or the reader failed, then do not
  /// leave().
  bool enter();

  void leave() { --depth_; }

  /// Counts n further nodes, such as elements of a vector of plain values.
  bool spend(std::uint32_t nodes);

  /// Counts memory that a decoded object takes besides its bytes on the wire.
  bool charge(std::size_t bytes);

  /// Keeps the first failure and drops the rest of the data.
  void fail(Errc code, std::uint32_t id = 0);

  void failUnknown(std::uint32_t id) { fail(Errc::UnknownConstructor, id); }

  bool ok() const { return !failed_; }

  /// The failure, in words; only when !ok().
  Error error() const;

  /// ok() as a Result.
  Result<void> status() const;

  /// Like status(), but bytes left over are Malformed.
  Result<void> finish();

 private:
  const Byte* take(std::size_t size) {
    if (remaining() < size) [[unlikely]] {
      fail(Errc::Malformed);
      return nullptr;
    }
    const Byte* p = at_;
    at_ += size;
    return p;
  }

  template <std::size_t N>
  std::array<Byte, N> fixed() {
    std::array<Byte, N> value{};
    if (const Byte* p = take(N)) {
      std::memcpy(value.data(), p, N);
    }
    return value;
  }

  const Byte* begin_;
  const Byte* at_;
  const Byte* end_;
  std::uint32_t depth_ = 0;
  std::uint32_t nodes_ = 0;
  std::size_t charged_ = 0;
  bool failed_ = false;
  Errc code_ = Errc::Malformed;
  std::uint32_t id_ = 0;
  std::size_t failedAt_ = 0;
};

}  // namespace mtpool::tl
