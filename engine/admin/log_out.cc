// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/log_out.h"

#include "engine/client/client.h"
#include "engine/client/login.h"

namespace mtpool::admin {

Task<Result<void>> logOut(client::ClientContext& context, Executor executor, std::int32_t dc,
                          model::DcKey key) {
  constexpr std::chrono::seconds kLogOutTime{10};
  client::Client client(context, std::move(executor), dc, std::move(key));
  const MonoTime deadline = context.clock.mono() + kLogOutTime;
  auto out = co_await client.open(deadline);
  if (out.ok()) {
    out = co_await client::logOut(client, deadline);
  }
  co_await client.stop();
  co_return out;
}

}  // namespace mtpool::admin
