// SPDX-License-Identifier: Apache-2.0
// What holds for every generated struct, tried on samples made from the skip table.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "engine/tl/codec.h"
#include "engine/tl/skip.h"
#include "tests/tl/sample.h"
#include "tl/api/every_header.inc"
#include "tl/api/names.h"

namespace mtpool::tl {
namespace {

using Recode = Result<Bytes> (*)(ByteView);

struct Entry {
  std::uint32_t id;
  Recode recode;
};

template <class T>
Result<Bytes> recode(ByteView bytes) {
  MTP_TRY(const T value, parse<T>(bytes));
  return serialize(value);
}

const std::vector<Entry>& everyStruct() {
  static const std::vector<Entry> entries = {
#define MTP_TL_STRUCT(name) {name::kId, recode<name>},
#include "tl/api/every_struct.inc"
#undef MTP_TL_STRUCT
  };
  return entries;
}

std::string nameOf(std::uint32_t id) {
  const std::string_view constructor = api::constructorName(id);
  return std::string(constructor.empty() ? api::methodName(id) : constructor);
}

/// A wrapper ends with an inner query: whatever is left, so a shorter one is no error.
bool endsWithAnyRest(std::uint32_t id) {
  const SkipConstructor& constructor = *api::kSkipTable.find(id);
  return constructor.endOp > constructor.firstOp &&
         api::kSkipTable.ops[constructor.endOp - 1].kind == SkipKind::Query;
}

constexpr std::uint64_t kSamples = 4;

TEST(Struct, EncodesWhatItDecoded) {
  for (const Entry& entry : everyStruct()) {
    for (std::uint64_t seed = 1; seed <= kSamples; ++seed) {
      const Bytes sample = Sampler(seed).object(entry.id);
      const auto again = entry.recode(sample);
      ASSERT_TRUE(again.ok()) << nameOf(entry.id) << " seed " << seed << ": " << again.error().text();
      ASSERT_EQ(toHex(*again), toHex(sample)) << nameOf(entry.id) << " seed " << seed;
    }
  }
}

TEST(Struct, KeepsTrueFlagsAndDropsUnknownBits) {
  for (const Entry& entry : everyStruct()) {
    const Bytes sample = Sampler(7, true).object(entry.id);
    const auto once = entry.recode(sample);
    ASSERT_TRUE(once.ok()) << nameOf(entry.id) << ": " << once.error().text();
    const auto twice = entry.recode(*once);
    ASSERT_TRUE(twice.ok()) << nameOf(entry.id);
    ASSERT_EQ(toHex(*once), toHex(*twice)) << nameOf(entry.id);
    ASSERT_EQ(once->size(), sample.size()) << nameOf(entry.id);
  }
}

TEST(Struct, IsSteppedOverExactly) {
  for (const Entry& entry : everyStruct()) {
    const Bytes sample = Sampler(11, true).object(entry.id);
    Reader reader(sample);
    skipBoxed(reader);
    ASSERT_TRUE(reader.finish().ok()) << nameOf(entry.id);
  }
}

TEST(Struct, RefusesEveryTruncation) {
  for (const Entry& entry : everyStruct()) {
    if (endsWithAnyRest(entry.id)) {
      continue;
    }
    const Bytes sample = Sampler(3).object(entry.id);
    for (std::size_t size = 0; size<sample.size(); size += sample.size()> 400 ? 37 : 1) {
      const Bytes cut(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(size));
      const auto result = entry.recode(cut);
      ASSERT_FALSE(result.ok()) << nameOf(entry.id) << " cut to " << size << " of " << sample.size();
      Reader reader(cut);
      skipBoxed(reader);
      ASSERT_FALSE(reader.ok()) << nameOf(entry.id) << " cut to " << size;
    }
  }
}

TEST(Struct, SurvivesEveryFlippedByte) {
  for (const Entry& entry : everyStruct()) {
    Bytes sample = Sampler(5).object(entry.id);
    for (std::size_t at = 0; at<sample.size(); at += sample.size()> 200 ? 13 : 1) {
      const Byte kept = sample[at];
      sample[at] ^= 0xff;
      static_cast<void>(entry.recode(sample));
      Reader reader(sample);
      skipBoxed(reader);
      sample[at] = kept;
    }
  }
}

}  // namespace
}  // namespace mtpool::tl
