// SPDX-License-Identifier: Apache-2.0
// Typed calls: a generated method goes in, its decoded answer comes out.
#pragma once

#include "engine/client/client.h"
#include "engine/tl/codec.h"

namespace mtpool::client {

/// One request over a client; errors as Client::invoke, plus Malformed or UnknownConstructor for answers
/// outside the schema.
template <class Method>
Task<Result<typename Method::Answer>> call(Client& client, Method method, CallOptions options) {
  Bytes query = tl::serialize(method);
  MTP_CO_TRY(const Bytes body, co_await client.invoke(std::move(query), options));
  auto answer = tl::parse<typename Method::Answer>(body);
  if (!answer.ok()) {
    co_return std::move(answer).error().in(options.method);
  }
  co_return answer;
}

}  // namespace mtpool::client
