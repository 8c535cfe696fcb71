// SPDX-License-Identifier: Apache-2.0
// libdeflate wants the whole output buffer beforehand. A gzip trailer names the size, so an honest stream
// inflates at the first try; a zlib stream does not, and the buffer grows fourfold until it fits. Neither
// what a sender names nor what it unpacks to can exceed the bound, nor can the tries together cost more than
// a third above the last one.
#include "engine/crypto/inflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "engine/base/check.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kMostEver = 10 * 1024 * 1024;
constexpr std::size_t kFreeAllowance = 64 * 1024;
constexpr std::size_t kMostPerInputByte = 200;
constexpr int kLevel = 6;

template <auto freeFunction>
struct Free {
  template <class T>
  void operator()(T* object) const {
    freeFunction(object);
  }
};

using Decompressor = std::unique_ptr<libdeflate_decompressor, Free<libdeflate_free_decompressor>>;
using Compressor = std::unique_ptr<libdeflate_compressor, Free<libdeflate_free_compressor>>;

libdeflate_decompressor* threadDecompressor() {
  thread_local const Decompressor decompressor(libdeflate_alloc_decompressor());
  MTP_CHECK(decompressor != nullptr);
  return decompressor.get();
}

std::size_t outputLimit(std::size_t packed) {
  // Compared before multiplying: packed may be anything.
  if (packed >= kMostEver / kMostPerInputByte) {
    return kMostEver;
  }
  return std::min(kMostEver, kFreeAllowance + kMostPerInputByte * packed);
}

bool hasGzipHeader(ByteView packed) {
  return packed.size() >= 18 && packed[0] == 0x1f && packed[1] == 0x8b;
}

bool hasZlibHeader(ByteView packed) {
  return packed.size() >= 6 && (packed[0] & 0x0f) == 8 && (packed[0] * 256 + packed[1]) % 31 == 0;
}

Error malformed() {
  return {Errc::Malformed, "packed data does not inflate: it is damaged or cut short"};
}

Error tooLarge(std::size_t packed, std::size_t limit) {
  return {Errc::LimitExceeded, "packed data of " + std::to_string(packed) + " bytes inflates to more than " +
                                   std::to_string(limit) + " bytes; such data is refused"};
}

using Inflater = libdeflate_result (*)(libdeflate_decompressor*, const void*, std::size_t, void*, std::size_t,
                                       std::size_t*, std::size_t*);

/// One try into out.size() bytes; on success out has the right size and all input was used.
libdeflate_result inflateInto(Inflater inflater, ByteView packed, Bytes& out) {
  std::size_t used = 0;
  std::size_t made = 0;
  const auto result =
      inflater(threadDecompressor(), packed.data(), packed.size(), out.data(), out.size(), &used, &made);
  if (result != LIBDEFLATE_SUCCESS) {
    return result;
  }
  out.resize(made);
  return used == packed.size() ? LIBDEFLATE_SUCCESS : LIBDEFLATE_BAD_DATA;
}

Result<void> inflateGzip(ByteView packed, std::size_t limit, Bytes& out) {
  const std::size_t named = loadLe32(packed.data() + packed.size() - 4);
  out.resize(std::min(named, limit));
  switch (inflateInto(libdeflate_gzip_decompress_ex, packed, out)) {
    case LIBDEFLATE_SUCCESS:
      return {};
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      // More than the trailer names is a lie, whatever its size.
      return named > limit ? tooLarge(packed.size(), limit) : malformed();
    default:
      return malformed();
  }
}

Result<void> inflateZlib(ByteView packed, std::size_t limit, Bytes& out) {
  std::size_t size = std::min(limit, 4 * packed.size() + 1024);
  while (true) {
    out.resize(size);
    const auto result = inflateInto(libdeflate_zlib_decompress_ex, packed, out);
    if (result == LIBDEFLATE_SUCCESS) {
      return {};
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) {
      return malformed();
    }
    if (size == limit) {
      return tooLarge(packed.size(), limit);
    }
    size = std::min(limit, 4 * size);
  }
}

}  // namespace

Result<void> inflate(ByteView packed, Bytes& out) {
  std::size_t budget = kMostEver;
  return inflate(packed, out, budget);
}

Result<void> inflate(ByteView packed, Bytes& out, std::size_t& budget) {
  const std::size_t limit = std::min(outputLimit(packed.size()), budget);
  Result<void> result = malformed();
  if (hasGzipHeader(packed)) {
    result = inflateGzip(packed, limit, out);
  } else if (hasZlibHeader(packed)) {
    result = inflateZlib(packed, limit, out);
  }
  budget -= result.ok() ? out.size() : limit;
  if (!result.ok()) {
    out.clear();
  }
  return result;
}

Bytes deflateGzip(ByteView plain) {
  thread_local const Compressor compressor(libdeflate_alloc_compressor(kLevel));
  MTP_CHECK(compressor != nullptr);
  Bytes packed(libdeflate_gzip_compress_bound(compressor.get(), plain.size()));
  const std::size_t size =
      libdeflate_gzip_compress(compressor.get(), plain.data(), plain.size(), packed.data(), packed.size());
  MTP_CHECK(size > 0);
  packed.resize(size);
  return packed;
}

}  // namespace mtpool::crypto
