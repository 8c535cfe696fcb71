// SPDX-License-Identifier: Apache-2.0
#include "engine/control/frame.h"

#include <gtest/gtest.h>

#include "engine/base/random.h"

namespace mtpool::control {
namespace {

Result<v1::Envelope> parse(const std::string& body) {
  return parseEnvelope(viewOf(body));
}

std::string varint(std::size_t n) {
  std::string bytes;
  for (; n >= 0x80; n >>= 7) {
    bytes.push_back(static_cast<char>((n & 0x7F) | 0x80));
  }
  bytes.push_back(static_cast<char>(n));
  return bytes;
}

std::string field(int number, const std::string& content) {
  return varint(static_cast<std::size_t>(number) << 3 | 2) + varint(content.size()) + content;
}

TEST(Frame, ComesBackAsItWasSent) {
  v1::Envelope sent;
  sent.set_request_id(300);
  sent.mutable_collect()->set_target("@a");
  const auto frame = encodeFrame(sent);
  const auto bytes = viewOf(frame);
  const auto size = parseFrameHeader(bytes.first(kFrameHeaderBytes));
  ASSERT_TRUE(size.ok());
  EXPECT_EQ(*size, frame.size() - kFrameHeaderBytes);
  const auto back = parseEnvelope(bytes.subspan(kFrameHeaderBytes));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->SerializeAsString(), sent.SerializeAsString());
}

TEST(Frame, JudgesALengthBeforeMemoryIsTakenForIt) {
  const auto size = [](std::array<Byte, 4> header) { return parseFrameHeader(header); };
  EXPECT_EQ(*size({0, 0x10, 0, 0}), kMaxFrameBytes);
  EXPECT_EQ(size({0, 0x10, 0, 1}).error().code(), Errc::LimitExceeded);
  EXPECT_EQ(size({0xFF, 0xFF, 0xFF, 0xFF}).error().code(), Errc::LimitExceeded);
  EXPECT_EQ(size({0, 0, 0, 0}).error().code(), Errc::Malformed);
}

// Two bytes each on the wire, a hundred in memory.
TEST(Frame, CountsFieldsBeforeTheyAreBuilt) {
  const std::string emptyChange = field(1, "");
  std::string many;
  for (int i = 0; i < kMaxFrameFields; ++i) {
    many += emptyChange;
  }
  EXPECT_EQ(parse(field(72, many)).error().code(), Errc::LimitExceeded);
  std::string some;
  for (int i = 0; i < 1000; ++i) {
    some += emptyChange;
  }
  const auto fine = parse(field(72, some));
  ASSERT_TRUE(fine.ok());
  EXPECT_EQ(fine->set_settings().changes_size(), 1000);
}

TEST(Frame, CountsFieldsItDoesNotKnowToo) {
  std::string many;
  for (int i = 0; i <= kMaxFrameFields; ++i) {
    many += field(90, "");
  }
  EXPECT_EQ(parse(many).error().code(), Errc::LimitExceeded);
}

TEST(Frame, ThrowsAwayWhatItDoesNotKnow) {
  v1::Envelope sent;
  sent.mutable_get_status();
  const auto known = sent.SerializeAsString();
  const auto parsed = parse(known + field(999, "from the future"));
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->SerializeAsString(), known);
}

TEST(Frame, RefusesGroupsAndTruncatedFields) {
  EXPECT_FALSE(parse("\x0B\x0C").ok());
  EXPECT_FALSE(parse(varint(72 << 3 | 2) + varint(100) + "short").ok());
  EXPECT_FALSE(parse(varint(72 << 3 | 2) + varint(0xFFFFFFFF)).ok());
  EXPECT_FALSE(parse(field(72, field(1, "x") + "\xFF")).ok());
}

TEST(Frame, EndsWithAValueOrAnErrorOnAnyBytes) {
  constexpr std::uint64_t kSeed = 20240607;
  SeededRandom random(kSeed);
  v1::Envelope sample;
  sample.set_request_id(5);
  sample.mutable_set_settings()->add_changes()->set_key("KEY");
  sample.mutable_set_settings()->set_comment("because");
  const auto valid = sample.SerializeAsString();
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = round % 2 == 0 ? valid : std::string(charsOf(random.bytes(random.below(64))));
    for (std::uint64_t flips = random.below(4); flips > 0 && !bytes.empty(); --flips) {
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    }
    if (const auto parsed = parse(bytes); parsed.ok()) {
      EXPECT_LE(parsed->ByteSizeLong(), bytes.size() + 16) << "seed " << kSeed << " round " << round;
    }
  }
}

}  // namespace
}  // namespace mtpool::control
