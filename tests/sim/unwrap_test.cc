// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/unwrap.h"

#include <gtest/gtest.h>

#include "engine/crypto/inflate.h"
#include "engine/tl/service_ids.h"
#include "tl/api/config.h"
#include "tl/api/login_methods.h"
#include "tl/api/wrapper_methods.h"

namespace mtpool::sim {
namespace {

namespace api = tl::api;

Bytes plainQuery() {
  return tl::serialize(api::help::GetConfig{});
}

Bytes packed(const Bytes& query) {
  Bytes out;
  tl::Writer writer(out);
  writer.uint32(tl::kGzipPackedId);
  writer.bytes(crypto::deflateGzip(query));
  return out;
}

api::InitConnection introduction(Bytes query) {
  api::InitConnection init;
  init.apiId = 7;
  init.deviceModel = "bench";
  init.systemVersion = "1";
  init.appVersion = "2";
  init.query.bytes = std::move(query);
  return init;
}

Bytes layered(std::int32_t layer, const api::InitConnection& init) {
  api::InvokeWithLayer wrapper;
  wrapper.layer = layer;
  wrapper.query = tl::rawOf(init);
  return tl::serialize(wrapper);
}

std::string refusalOf(Bytes query) {
  const auto result = unwrap(std::move(query));
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal == nullptr ? "" : refusal->message;
}

TEST(Unwrap, LeavesAPlainQueryAlone) {
  const auto result = unwrap(plainQuery());
  const auto& unwrapped = std::get<Unwrapped>(result);
  EXPECT_EQ(unwrapped.query, plainQuery());
  EXPECT_FALSE(unwrapped.introduction);
}

TEST(Unwrap, ReadsTheIntroductionAroundAPackedQuery) {
  const auto result = unwrap(layered(227, introduction(packed(plainQuery()))));
  const auto& unwrapped = std::get<Unwrapped>(result);
  EXPECT_EQ(unwrapped.query, plainQuery());
  ASSERT_TRUE(unwrapped.introduction);
  EXPECT_EQ(unwrapped.introduction->layer, 227);
  EXPECT_EQ(unwrapped.introduction->apiId, 7);
  EXPECT_EQ(unwrapped.introduction->device, "bench");
  EXPECT_EQ(unwrapped.introduction->app, "2");
}

TEST(Unwrap, OpensOrderAndUpdateWrappers) {
  api::InvokeAfterMsg after;
  after.query.bytes = plainQuery();
  api::InvokeWithoutUpdates quiet;
  quiet.query = tl::rawOf(after);
  const auto result = unwrap(tl::serialize(quiet));
  EXPECT_EQ(std::get<Unwrapped>(result).query, plainQuery());
}

TEST(Unwrap, RefusesOtherLayersAndPoorIntroductions) {
  EXPECT_EQ(refusalOf(layered(198, introduction(plainQuery()))), "CONNECTION_LAYER_INVALID");
  auto init = introduction(plainQuery());
  init.apiId = 0;
  EXPECT_EQ(refusalOf(layered(227, init)), "CONNECTION_API_ID_INVALID");
  init = introduction(plainQuery());
  init.deviceModel.clear();
  EXPECT_EQ(refusalOf(layered(227, init)), "CONNECTION_DEVICE_MODEL_EMPTY");
  init = introduction(plainQuery());
  init.langPack = "tdesktop";
  EXPECT_EQ(refusalOf(layered(227, init)), "CONNECTION_LANG_PACK_INVALID");
}

TEST(Unwrap, EndsWithNestsThatDoNotEnd) {
  Bytes query = plainQuery();
  for (int depth = 0; depth < 100; ++depth) {
    query = packed(query);
  }
  EXPECT_EQ(refusalOf(query), "INPUT_FETCH_ERROR");
}

TEST(Unwrap, RefusesWrappersThatAreCutOff) {
  Bytes whole = layered(227, introduction(plainQuery()));
  for (const std::size_t size : {5u, 8u, 12u, 20u}) {
    EXPECT_EQ(refusalOf(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))),
              "INPUT_FETCH_ERROR")
        << size;
  }
}

}  // namespace
}  // namespace mtpool::sim
