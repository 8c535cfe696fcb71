// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/start_plan.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <fstream>
#include <iterator>

#include "engine/base/version.h"
#include "engine/crypto/rsa.h"
#include "engine/net/unix_socket.h"
#include "engine/store/database_url.h"

namespace mtpool::daemon {

namespace {

std::string systemVersion() {
  utsname names{};
  return ::uname(&names) == 0 ? fmt::format("{} {}", names.sysname, names.release) : "Linux";
}

Result<std::vector<crypto::RsaPublicKey>> serverKeys(const config::LiveSettings& settings) {
  const std::string& path = settings.value("MTPROTO_SERVER_KEYS");
  if (path.empty()) {
    return crypto::telegramKeys(settings.flag("MTPROTO_TEST_DC"));
  }
  std::ifstream file(path);
  if (!file) {
    return Error(Errc::InvalidConfig,
                 fmt::format("MTPROTO_SERVER_KEYS: {} cannot be read; name a PEM file, or "
                             "nothing to trust Telegram's own keys",
                             path));
  }
  const std::string pem((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto keys = crypto::parsePublicKeys(pem);
  if (!keys.ok()) {
    return std::move(keys).error().in(fmt::format("MTPROTO_SERVER_KEYS: {}", path));
  }
  return keys;
}

Result<client::DcDirectory> directoryOf(const config::LiveSettings& settings) {
  const std::string& list = settings.value("MTPROTO_DC_LIST");
  return list.empty() ? client::DcDirectory::telegram(settings.flag("MTPROTO_TEST_DC"))
                      : client::DcDirectory::parse(list);
}

client::Application applicationOf(const config::LiveSettings& settings) {
  client::Application out;
  out.apiId = static_cast<std::int32_t>(settings.integer("TELEGRAM_API_ID"));
  out.apiHash = SecretString(settings.value("TELEGRAM_API_HASH"));
  out.systemVersion = systemVersion();
  out.appVersion = std::string(kVersion);
  return out;
}

Result<std::string> databaseUrl(const config::LiveSettings& settings, const Places& places) {
  std::string url = settings.value("DATABASE_URL");
  if (url.empty()) {
    url = "sqlite:" + (places.stateDir / "mtpool.db").string();
  }
  MTP_TRY(const auto parsed, store::DatabaseUrl::parse(url));
  (void)parsed;
  return url;
}

Result<std::optional<net::Endpoint>> healthAddress(const config::LiveSettings& settings) {
  const std::string& bind = settings.value("HEALTH_BIND");
  if (bind.empty()) {
    return std::optional<net::Endpoint>();
  }
  auto endpoint = net::Endpoint::parse(bind);
  if (!endpoint.ok()) {
    return Error(Errc::InvalidConfig, "HEALTH_BIND: " + endpoint.error().text());
  }
  return std::optional<net::Endpoint>(std::move(*endpoint));
}

}  // namespace

Result<StartPlan> planStart(const config::LiveSettings& settings, Places places) {
  StartPlan plan;
  plan.places = std::move(places);
  MTP_TRY(plan.serverKeys, serverKeys(settings));
  MTP_TRY(plan.directory, directoryOf(settings));
  MTP_TRY(plan.databaseUrl, databaseUrl(settings, plan.places));
  MTP_TRY(plan.health, healthAddress(settings));
  MTP_DO(net::checkUnixPath(plan.places.socket.string()));
  plan.application = applicationOf(settings);
  return plan;
}

std::vector<std::string> notesOn(const config::LiveSettings& settings, const StartPlan& plan) {
  std::vector<std::string> out = config::notesOn(settings);
  if (plan.application.apiId == 0 || plan.application.apiHash.empty()) {
    out.emplace_back(
        "TELEGRAM_API_ID and TELEGRAM_API_HASH are not both set, so no account can log in; get them from "
        "my.telegram.org");
  }
  if (const std::string& keys = settings.value("MTPROTO_SERVER_KEYS"); !keys.empty()) {
    out.push_back(fmt::format("trusting the server keys of {} instead of Telegram's own", keys));
  }
  return out;
}

}  // namespace mtpool::daemon
