// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/inflate.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "engine/base/random.h"
#include "tests/crypto/hex.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kMebibyte = 1024 * 1024;

Bytes deflateZlib(ByteView plain) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  Bytes packed(libdeflate_zlib_compress_bound(compressor, plain.size()));
  packed.resize(
      libdeflate_zlib_compress(compressor, plain.data(), plain.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  return packed;
}

/// Packs about fivefold, like a page of messages.
Bytes textLike(std::size_t size, std::uint64_t seed) {
  SeededRandom random(seed);
  Bytes text;
  while (text.size() < size) {
    append(text, viewOf("message " + std::to_string(random.below(1000)) + " of the channel, "));
  }
  text.resize(size);
  return text;
}

Errc errorOf(ByteView packed) {
  Bytes out;
  const auto result = inflate(packed, out);
  EXPECT_TRUE(out.empty() || result.ok());
  return result.ok() ? Errc::Internal : result.error().code();
}

TEST(Inflate, UndoesGzipAndZlib) {
  Bytes out;
  for (const std::size_t size : {0u, 1u, 15u, 1000u, 70000u, 3000000u}) {
    const Bytes plain = textLike(size, size);
    ASSERT_TRUE(inflate(deflateGzip(plain), out).ok()) << size;
    EXPECT_EQ(out, plain) << size;
    ASSERT_TRUE(inflate(deflateZlib(plain), out).ok()) << size;
    EXPECT_EQ(out, plain) << size;
  }
}

// Python's gzip and zlib: what a real server sends was not made by our own packer.
TEST(Inflate, ReadsWhatOtherPackersMade) {
  std::string plain;
  for (int i = 0; i < 3; ++i) {
    plain += "Posts of a channel, packed by another hand. ";
  }
  for (const char* packed :
       {"1f8b08000000000002030bc82f2e2956c84f53485448ce48cccb4bcdd15128484cce4e4d5148aa5448cccb2f"
        "c9482d5200caa4e82904d0482d00e9c9e89084000000",
        "789c0bc82f2e2956c84f53485448ce48cccb4bcdd15128484cce4e4d5148aa5448cccb2fc9482d5200caa4e8"
        "2904d0482d00ffdf2df4"}) {
    Bytes out;
    ASSERT_TRUE(inflate(hex(packed), out).ok());
    EXPECT_EQ(charsOf(out), plain);
  }
}

TEST(Inflate, ReplacesTheContentAndReusesTheMemory) {
  Bytes out = counting(200000);
  const Byte* memory = out.data();
  ASSERT_TRUE(inflate(deflateGzip(viewOf("short")), out).ok());
  EXPECT_EQ(charsOf(out), "short");
  EXPECT_EQ(out.data(), memory);
}

TEST(Inflate, StopsBombsAtTheBoundOfTheirSize) {
  // A mebibyte of zeros packs a thousandfold; 64 KiB and 200 times its size are allowed.
  const Bytes zeros(kMebibyte);
  EXPECT_EQ(errorOf(deflateGzip(zeros)), Errc::LimitExceeded);
  EXPECT_EQ(errorOf(deflateZlib(zeros)), Errc::LimitExceeded);
}

TEST(Inflate, AllowsAnyRatioBelow64KiB) {
  Bytes out;
  ASSERT_TRUE(inflate(deflateGzip(Bytes(64 * 1024)), out).ok());
  EXPECT_EQ(out, Bytes(64 * 1024));
  ASSERT_TRUE(inflate(deflateZlib(Bytes(64 * 1024)), out).ok());
  EXPECT_EQ(out, Bytes(64 * 1024));
}

TEST(Inflate, StopsAtTenMebibytesWhateverTheInput) {
  Bytes out;
  const Bytes atMost = textLike(10 * kMebibyte, 1);
  ASSERT_TRUE(inflate(deflateGzip(atMost), out).ok());
  ASSERT_TRUE(inflate(deflateZlib(atMost), out).ok());
  EXPECT_EQ(out.size(), atMost.size());
  const Bytes above = textLike(10 * kMebibyte + 1, 1);
  EXPECT_EQ(errorOf(deflateGzip(above)), Errc::LimitExceeded);
  EXPECT_EQ(errorOf(deflateZlib(above)), Errc::LimitExceeded);
}

TEST(Inflate, NeverReservesMoreThanTheBoundForATrailerThatLies) {
  Bytes packed = deflateGzip(viewOf("small"));
  storeLe32(packed.data() + packed.size() - 4, 0xffffffff);
  Bytes out;
  EXPECT_EQ(inflate(packed, out).error().code(), Errc::Malformed);
  EXPECT_LE(out.capacity(), 64 * 1024 + 200 * packed.size());

  Bytes modest = deflateGzip(textLike(5000, 2));
  storeLe32(modest.data() + modest.size() - 4, 3);
  EXPECT_EQ(errorOf(modest), Errc::Malformed);
}

TEST(Inflate, RefusesEveryTruncation) {
  const Bytes plain = textLike(600, 3);
  for (const Bytes& packed : {deflateGzip(plain), deflateZlib(plain)}) {
    for (std::size_t size = 0; size < packed.size(); ++size) {
      const Errc code = errorOf(ByteView(packed).first(size));
      // A cut gzip stream ends in bytes that read as any size at all.
      EXPECT_TRUE(code == Errc::Malformed || code == Errc::LimitExceeded) << size;
    }
  }
}

TEST(Inflate, NeverGivesOtherContentForAFlippedBit) {
  const Bytes plain = textLike(300, 4);
  const Bytes packed = deflateZlib(plain);
  int accepted = 0;
  for (std::size_t bit = 16; bit < 8 * packed.size(); ++bit) {
    Bytes damaged = packed;
    damaged[bit / 8] ^= static_cast<Byte>(1u << (bit % 8));
    Bytes out;
    if (inflate(damaged, out).ok()) {
      EXPECT_EQ(out, plain) << bit;
      ++accepted;
    }
  }
  // Only the bits that fill up the last byte before the checksum mean nothing.
  EXPECT_LT(accepted, 8);
}

TEST(Inflate, RefusesBytesBehindTheStream) {
  for (Bytes packed : {deflateGzip(viewOf("data")), deflateZlib(viewOf("data"))}) {
    packed.push_back(0);
    EXPECT_EQ(errorOf(packed), Errc::Malformed);
  }
}

TEST(Inflate, TakesSeveralStreamsFromOneBudget) {
  const Bytes packed = deflateGzip(Bytes(1000));
  Bytes broken = packed;
  broken.pop_back();
  Bytes out;
  std::size_t budget = 3500;
  EXPECT_TRUE(inflate(packed, out, budget).ok());
  EXPECT_TRUE(inflate(packed, out, budget).ok());
  EXPECT_EQ(budget, 1500U);
  EXPECT_FALSE(inflate(broken, out, budget).ok());
  EXPECT_EQ(budget, 0U);  // it may have cost as much
  const auto late = inflate(packed, out, budget);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code(), Errc::LimitExceeded);
}

TEST(Inflate, RefusesGarbage) {
  SeededRandom random(5);
  for (int round = 0; round < 2000; ++round) {
    Bytes garbage = random.bytes(random.below(200));
    if (round % 2 == 0 && garbage.size() > 3) {
      garbage[0] = 0x1f;
      garbage[1] = 0x8b;
      garbage[2] = 8;
      garbage[3] = 0;
    }
    Bytes out;
    EXPECT_FALSE(inflate(garbage, out).ok());
  }
  EXPECT_EQ(errorOf({}), Errc::Malformed);
  EXPECT_EQ(errorOf(viewOf("plain text without any header")), Errc::Malformed);
}

}  // namespace
}  // namespace mtpool::crypto
