// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/unwrap.h"

#include "engine/crypto/inflate.h"
#include "engine/tl/service_ids.h"
#include "tl/api/names.h"
#include "tl/api/wrapper_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

constexpr int kMostWrappers = 10;

Refusal malformed() {
  return Refusal{400, "INPUT_FETCH_ERROR"};
}

/// What is wrong with an introduction; empty if nothing.
std::string complaint(const api::InitConnection& init) {
  if (init.apiId <= 0) {
    return "CONNECTION_API_ID_INVALID";
  }
  if (init.deviceModel.empty()) {
    return "CONNECTION_DEVICE_MODEL_EMPTY";
  }
  if (init.systemVersion.empty()) {
    return "CONNECTION_SYSTEM_EMPTY";
  }
  if (init.appVersion.empty()) {
    return "CONNECTION_APP_VERSION_EMPTY";
  }
  // Third parties have no language pack.
  return init.langPack.empty() ? "" : "CONNECTION_LANG_PACK_INVALID";
}

/// Replaces the query by what is inside the wrapper.
template <class Wrapper>
std::optional<Refusal> open(Bytes& query) {
  auto wrapper = tl::parse<Wrapper>(query);
  if (!wrapper) {
    return malformed();
  }
  query = std::move(wrapper->query.bytes);
  return std::nullopt;
}

std::optional<Refusal> openLayer(Unwrapped& result, std::int32_t& layer) {
  auto wrapper = tl::parse<api::InvokeWithLayer>(result.query);
  if (!wrapper) {
    return malformed();
  }
  if (wrapper->layer != api::kLayer) {
    return Refusal{400, "CONNECTION_LAYER_INVALID"};
  }
  layer = wrapper->layer;
  result.query = std::move(wrapper->query.bytes);
  return std::nullopt;
}

std::optional<Refusal> openInit(Unwrapped& result, std::int32_t layer) {
  auto init = tl::parse<api::InitConnection>(result.query);
  if (!init) {
    return malformed();
  }
  if (std::string wrong = complaint(*init); !wrong.empty()) {
    return Refusal{400, std::move(wrong)};
  }
  result.introduction = Introduction{layer, init->apiId, init->deviceModel, init->appVersion};
  result.query = std::move(init->query.bytes);
  return std::nullopt;
}

std::optional<Refusal> openGzip(Bytes& query) {
  tl::Reader reader(query);
  reader.uint32();
  const ByteView packed = reader.bytes();
  Bytes plain;
  if (!reader.finish() || !crypto::inflate(packed, plain)) {
    return malformed();
  }
  query = std::move(plain);
  return std::nullopt;
}

}  // namespace

std::variant<Unwrapped, Refusal> unwrap(Bytes query) {
  Unwrapped result;
  result.query = std::move(query);
  std::int32_t layer = 0;
  for (int depth = 0; depth < kMostWrappers; ++depth) {
    std::optional<Refusal> refusal;
    switch (tl::Reader(result.query).peekId()) {
      case api::InvokeWithLayer::kId:
        refusal = openLayer(result, layer);
        break;
      case api::InitConnection::kId:
        refusal = openInit(result, layer);
        break;
      case api::InvokeAfterMsg::kId:
        refusal = open<api::InvokeAfterMsg>(result.query);
        break;
      case api::InvokeAfterMsgs::kId:
        refusal = open<api::InvokeAfterMsgs>(result.query);
        break;
      case api::InvokeWithoutUpdates::kId:
        refusal = open<api::InvokeWithoutUpdates>(result.query);
        break;
      case api::InvokeWithMessagesRange::kId:
        refusal = open<api::InvokeWithMessagesRange>(result.query);
        break;
      case api::InvokeWithTakeout::kId:
        return Refusal{400, "TAKEOUT_INVALID"};
      case tl::kGzipPackedId:
        refusal = openGzip(result.query);
        break;
      case 0:
        return malformed();
      default:
        return result;
    }
    if (refusal) {
      return std::move(*refusal);
    }
  }
  return malformed();
}

}  // namespace mtpool::sim
