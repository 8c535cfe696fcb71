// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/skip.h"

#include <gtest/gtest.h>

#include "engine/tl/codec.h"
#include "engine/tl/id_names.h"
#include "tests/tl/sample.h"
#include "tl/api/ids.h"
#include "tl/api/json.h"
#include "tl/api/names.h"
#include "tl/api/skip_types.h"
#include "tl/api/user.h"
#include "tl/api/user_methods.h"

namespace mtpool::tl {
namespace {

TEST(Skip, StepsOverEveryConstructorOfTheTable) {
  for (std::uint16_t i = 0; i < api::kSkipTable.constructorCount; ++i) {
    const std::uint32_t id = api::kSkipTable.constructors[i].id;
    const Bytes sample = Sampler(i + 1U).object(id);
    Reader reader(sample);
    skipBoxed(reader);
    ASSERT_TRUE(reader.finish().ok()) << api::constructorName(id) << " seed " << i + 1;
  }
}

TEST(Skip, NamesTheUnknownConstructor) {
  const Bytes data = *parseHex("78563412 00000000");
  Reader reader(data);
  skipBoxed(reader);
  EXPECT_EQ(reader.error().code(), Errc::UnknownConstructor);
  EXPECT_EQ(reader.error().argument(), 0x12345678);
}

TEST(Skip, RefusesAnObjectOfAnotherType) {
  Bytes data;
  Writer(data).uint32(api::id::kUserEmpty);
  Writer(data).int64(1);
  Reader reader(data);
  skipType(reader, api::skip::kChat);
  EXPECT_EQ(reader.error().code(), Errc::UnknownConstructor);
}

/// jsonArray in jsonArray in …, which the schema allows without end.
Bytes nested(std::uint32_t depth) {
  Bytes data;
  Writer writer(data);
  for (std::uint32_t i = 0; i < depth; ++i) {
    writer.uint32(api::id::kJsonArray);
    writer.vectorHeader(1);
  }
  writer.uint32(api::id::kJsonNull);
  return data;
}

TEST(Skip, EndsAtTheNestingLimit) {
  for (const std::uint32_t depth : {2U, 10'000U}) {
    const Bytes data = nested(depth);
    Reader reader(data);
    skipBoxed(reader);
    EXPECT_EQ(reader.ok(), depth == 2);
    const auto built = parse<api::TypeJSONValue>(data);
    EXPECT_EQ(built.ok(), depth == 2);
    if (!built.ok()) {
      EXPECT_EQ(built.error().code(), Errc::LimitExceeded);
      EXPECT_EQ(reader.error().code(), Errc::LimitExceeded);
    }
  }
}

TEST(Skip, EndsAtTheNodeBudget) {
  Bytes data;
  Writer writer(data);
  writer.uint32(api::id::kJsonArray);
  writer.vectorHeader(20);
  for (int i = 0; i < 20; ++i) {
    writer.uint32(api::id::kJsonArray);
    writer.vectorHeader(kMaxVectorCount);
    for (std::uint32_t j = 0; j < kMaxVectorCount; ++j) {
      writer.uint32(api::id::kJsonNull);
    }
  }
  Reader reader(data);
  skipBoxed(reader);
  EXPECT_EQ(reader.error().code(), Errc::LimitExceeded);
}

TEST(Codec, EndsAtTheMemoryBudget) {
  api::users::GetUsers::Answer users;
  Bytes data;
  Writer writer(data);
  writer.vectorHeader(kMaxVectorCount);
  for (std::uint32_t i = 0; i < kMaxVectorCount; ++i) {
    api::UserEmpty{.id = 1}.encode(writer);
  }
  ASSERT_GT(sizeof(users[0]) * kMaxVectorCount, kMaxDecodedBytes);
  const auto built = parse<api::users::GetUsers::Answer>(data);
  ASSERT_FALSE(built.ok());
  EXPECT_EQ(built.error().code(), Errc::LimitExceeded);
}

TEST(Names, KnowConstructorsAndMethods) {
  EXPECT_EQ(api::methodName(0xc4f9186b), "help.getConfig");
  EXPECT_EQ(api::constructorName(api::id::kUserEmpty), "userEmpty");
  EXPECT_EQ(api::methodName(1), "");
  EXPECT_EQ(nameOf({}, 1), "");
  EXPECT_EQ(api::kLayer, 227);
}

}  // namespace
}  // namespace mtpool::tl
