// SPDX-License-Identifier: Apache-2.0
// help.*: where the data centres are and what the limits are called.
#include "engine/sim/services/router.h"
#include "tl/api/config.h"
#include "tl/api/login_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

constexpr std::int32_t kConfigLife = 3600;

api::DcOption optionOf(const DcAddress& address) {
  api::DcOption option;
  option.ipv6 = address.host.find(':') != std::string::npos;
  option.static_ = true;
  option.id = address.id;
  option.ipAddress = address.host;
  option.port = address.port;
  return option;
}

Answer getConfig(Request& request, const api::help::GetConfig&) {
  api::Config config;
  config.date = static_cast<std::int32_t>(request.scene.now());
  config.expires = config.date + kConfigLife;
  config.thisDc = request.dc;
  for (const DcAddress& address : request.scene.addresses) {
    config.dcOptions.push_back(optionOf(address));
  }
  config.dcTxtDomainName = "dc.example";
  config.chatSizeMax = 200;
  config.megagroupSizeMax = 200'000;
  config.forwardedCountMax = 100;
  config.onlineUpdatePeriodMs = 210'000;
  config.offlineBlurTimeoutMs = 5'000;
  config.offlineIdleTimeoutMs = 30'000;
  config.onlineCloudTimeoutMs = 300'000;
  config.notifyCloudDelayMs = 30'000;
  config.notifyDefaultDelayMs = 1'500;
  config.pushChatPeriodMs = 60'000;
  config.pushChatLimit = 2;
  config.editTimeLimit = 172'800;
  config.revokeTimeLimit = 2'147'483'647;
  config.revokePmTimeLimit = 2'147'483'647;
  config.ratingEDecay = 2'419'200;
  config.stickersRecentLimit = 200;
  config.channelsReadMediaPeriod = 604'800;
  config.tmpSessions = 1;
  config.callReceiveTimeoutMs = 20'000;
  config.callRingTimeoutMs = 90'000;
  config.callConnectTimeoutMs = 30'000;
  config.callPacketTimeoutMs = 10'000;
  config.meUrlPrefix = "https://t.me/";
  config.captionLengthMax = 1024;
  config.messageLengthMax = 4096;
  config.webfileDcId = request.dc;
  return answerWith(config);
}

Answer getNearestDc(Request& request, const api::help::GetNearestDc&) {
  api::NearestDc nearest;
  nearest.country = "ZZ";
  nearest.thisDc = request.dc;
  nearest.nearestDc = request.dc;
  return answerWith(nearest);
}

Answer getAppConfig(Request&, const api::help::GetAppConfig&) {
  api::help::AppConfig config;
  config.hash = 1;
  config.config = api::JsonObject{};
  return answerWith(config);
}

Answer getCdnConfig(Request&, const api::help::GetCdnConfig&) {
  return answerWith(api::CdnConfig{});
}

}  // namespace

void addHelp(Router& router) {
  router.on<api::help::GetConfig>(Access::Anytime, getConfig);
  router.on<api::help::GetNearestDc>(Access::Anytime, getNearestDc);
  router.on<api::help::GetAppConfig>(Access::NoLogin, getAppConfig);
  router.on<api::help::GetCdnConfig>(Access::NoLogin, getCdnConfig);
}

}  // namespace mtpool::sim
