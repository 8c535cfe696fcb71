// SPDX-License-Identifier: Apache-2.0
#include "engine/client/init_query.h"

#include "engine/base/log.h"
#include "engine/tl/codec.h"
#include "tl/api/config.h"
#include "tl/api/login_methods.h"
#include "tl/api/names.h"
#include "tl/api/wrapper_methods.h"

namespace mtpool::client {

namespace api = tl::api;

Bytes initQuery(const Application& application) {
  api::InitConnection init;
  init.apiId = application.apiId;
  init.deviceModel = application.deviceModel;
  init.systemVersion = application.systemVersion;
  init.appVersion = application.appVersion;
  init.systemLangCode = "en";
  init.langCode = "en";
  init.query = tl::rawOf(api::help::GetConfig{});
  api::InvokeWithLayer wrapped;
  wrapped.layer = api::kLayer;
  wrapped.query = tl::rawOf(init);
  return tl::serialize(wrapped);
}

void learnConfig(DcDirectory& directory, ByteView config) {
  const auto parsed = tl::parse<api::Config>(config);
  if (!parsed.ok()) {
    log::warn("client", "help.getConfig could not be read: {}", parsed.error().text());
    return;
  }
  std::map<std::int32_t, std::vector<net::Endpoint>> told;
  for (const auto& option : parsed->dcOptions) {
    // IPv6, media, CDN and secret-only addresses are for later; a bootstrap address of the DC is always
    // there.
    const bool plain = !option.ipv6 && !option.mediaOnly && !option.cdn && !option.secret;
    if (plain && option.port > 0 && option.port < 65536) {
      told[option.id].push_back({option.ipAddress, static_cast<std::uint16_t>(option.port)});
    }
  }
  directory.learn(told);
}

}  // namespace mtpool::client
