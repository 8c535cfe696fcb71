// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/reader.h"

#include <gtest/gtest.h>

#include "engine/tl/codec.h"
#include "engine/tl/writer.h"
#include "tl/api/login_methods.h"
#include "tl/api/user.h"
#include "tl/api/user_methods.h"
#include "tl/api/wrapper_methods.h"
#include "tl/mt/service_methods.h"

namespace mtpool::tl {
namespace {

Bytes hex(std::string_view text) {
  return *parseHex(text);
}

Bytes written(std::string_view text) {
  Bytes out;
  Writer(out).string(text);
  return out;
}

TEST(Writer, PadsStringsAndSwitchesToTheLongFormAt254) {
  EXPECT_EQ(written(""), hex("00000000"));
  EXPECT_EQ(written("abc"), hex("03616263"));
  EXPECT_EQ(written("abcd"), hex("0461626364000000"));
  EXPECT_EQ(written(std::string(253, 'a')).size(), 256U);
  const Bytes longForm = written(std::string(254, 'a'));
  EXPECT_EQ(longForm.size(), 260U);
  EXPECT_EQ(toHex(ByteView(longForm).first(5)), "fefe000061");
}

TEST(Reader, TakesTheLongFormAndAnyPaddingOfAShortString) {
  const Bytes longForm = hex("fe010000 61aabbcc");
  Reader reader(longForm);
  EXPECT_EQ(reader.string(), "a");
  EXPECT_TRUE(reader.finish().ok());
}

TEST(Reader, RefusesTheSevenByteLength) {
  const Bytes data = hex("ff010000 00000000 61000000");
  Reader reader(data);
  EXPECT_EQ(reader.string(), "");
  EXPECT_EQ(reader.error().code(), Errc::Malformed);
}

TEST(Reader, RefusesAStringWhosePaddingIsCut) {
  const Bytes data = hex("0461626364");
  Reader reader(data);
  reader.string();
  EXPECT_FALSE(reader.ok());
}

TEST(Reader, KeepsTheFirstFailureAndGivesZerosAfterIt) {
  const Bytes data = hex("01020304 05060708");
  Reader reader(data);
  EXPECT_FALSE(reader.boolean());
  EXPECT_EQ(reader.int32(), 0);
  EXPECT_EQ(reader.vectorCount(), 0U);
  EXPECT_EQ(reader.error().code(), Errc::UnknownConstructor);
  EXPECT_EQ(reader.error().argument(), 0x04030201);
}

TEST(Reader, KeepsLeadingZerosOfInt128) {
  const Bytes data = hex("00000102030405060708090a0b0c0d0e");
  Reader reader(data);
  EXPECT_EQ(toHex(reader.int128()), "00000102030405060708090a0b0c0d0e");
}

TEST(Reader, RefusesMoreElementsThanBytesOrTheLimitAllow) {
  const Bytes beyondBytes = hex("15c4b51c 03000000 00000000 00000000");
  Reader short_(beyondBytes);
  EXPECT_EQ(short_.vectorHeader(), 0U);
  EXPECT_EQ(short_.error().code(), Errc::Malformed);

  const Bytes beyondLimit = hex("15c4b51c ffffff7f");
  Reader huge(beyondLimit);
  EXPECT_EQ(huge.vectorHeader(), 0U);
  EXPECT_EQ(huge.error().code(), Errc::LimitExceeded);
}

TEST(Reader, StopsAtTheDepthAndNodeBudgets) {
  Reader deep({});
  for (std::uint32_t i = 0; i < kMaxDepth; ++i) {
    EXPECT_TRUE(deep.enter());
  }
  EXPECT_FALSE(deep.enter());
  EXPECT_EQ(deep.error().code(), Errc::LimitExceeded);

  Reader wide({});
  EXPECT_TRUE(wide.spend(kMaxNodes));
  EXPECT_FALSE(wide.spend(1));
}

TEST(Reader, SaysWhenBytesAreLeftOver) {
  const Bytes data = hex("01000000 02000000");
  Reader reader(data);
  reader.int32();
  EXPECT_FALSE(reader.finish().ok());
}

TEST(Codec, WritesTheVectorOfThePublishedExample) {
  const std::vector<std::int32_t> ids = {2, 3, 4};
  EXPECT_EQ(toHex(serialize(ids)), "15c4b51c03000000020000000300000004000000");
}

TEST(Codec, WritesThePlainRequestOfThePublishedExchange) {
  mt::ReqPqMulti request;
  request.nonce.fill(0x11);
  EXPECT_EQ(toHex(serialize(request)), "f18e7ebe" + std::string(32, '1'));
}

TEST(Codec, CarriesAnInnerQueryInPlace) {
  api::InvokeWithLayer outer;
  outer.layer = 227;
  api::InitConnection init;
  init.apiId = 5;
  init.proxy = api::InputClientProxy{.address = "10.0.0.1", .port = 443};
  init.query = rawOf(api::help::GetConfig{});
  outer.query = rawOf(init);
  const Bytes bytes = serialize(outer);

  const auto back = parse<api::InvokeWithLayer>(bytes);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->layer, 227);
  const auto inner = parse<api::InitConnection>(back->query.bytes);
  ASSERT_TRUE(inner.ok());
  EXPECT_EQ(inner->proxy->port, 443);
  EXPECT_EQ(inner->query.id(), api::help::GetConfig::kId);
}

TEST(Codec, ReadsResultsThatHaveNoTypeOfTheirOwn) {
  const Bytes yes = hex("b5757299");
  EXPECT_TRUE(*parse<bool>(yes));
  api::users::GetUsers::Answer users(2);
  users[0] = api::UserEmpty{.id = 9'000'000'000};
  const auto back = parse<api::users::GetUsers::Answer>(serialize(users));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->at(0).as<api::UserEmpty>()->id, 9'000'000'000);
}

}  // namespace
}  // namespace mtpool::tl
