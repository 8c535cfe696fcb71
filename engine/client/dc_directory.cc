// SPDX-License-Identifier: Apache-2.0
#include "engine/client/dc_directory.h"

#include <fmt/format.h>

#include "engine/base/text.h"

namespace mtpool::client {

namespace {

constexpr std::uint16_t kTelegramPort = 443;

Error badList(std::string_view part, std::string_view why) {
  return {Errc::InvalidConfig,
          fmt::format("MTPROTO_DC_LIST: \"{}\": {}; write DC=HOST:PORT,DC=HOST:PORT", printable(part), why)};
}

}  // namespace

DcDirectory DcDirectory::telegram(bool testDc) {
  DcDirectory out;
  if (testDc) {
    out.byDc_[1] = {{"149.154.175.10", kTelegramPort}};
    out.byDc_[2] = {{"149.154.167.40", kTelegramPort}};
    out.byDc_[3] = {{"149.154.175.117", kTelegramPort}};
  } else {
    out.byDc_[1] = {{"149.154.175.50", kTelegramPort}};
    out.byDc_[2] = {{"149.154.167.51", kTelegramPort}, {"95.161.76.100", kTelegramPort}};
    out.byDc_[3] = {{"149.154.175.100", kTelegramPort}};
    out.byDc_[4] = {{"149.154.167.91", kTelegramPort}};
    out.byDc_[5] = {{"149.154.171.5", kTelegramPort}};
  }
  return out;
}

Result<DcDirectory> DcDirectory::parse(std::string_view text) {
  DcDirectory out;
  out.fixed_ = true;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const std::string_view part = trim(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) {
      return badList(part, "no data centre number");
    }
    const auto dc = parseInt(trim(part.substr(0, equals)));
    if (!dc || *dc < 1 || *dc > 1000) {
      return badList(part, "the data centre number must be 1 to 1000");
    }
    auto endpoint = net::Endpoint::parse(trim(part.substr(equals + 1)));
    if (!endpoint.ok()) {
      return badList(part, endpoint.error().text());
    }
    out.byDc_[static_cast<std::int32_t>(*dc)].push_back(std::move(*endpoint));
  }
  if (out.byDc_.empty()) {
    return badList(text, "it names no data centre");
  }
  return out;
}

std::vector<net::Endpoint> DcDirectory::endpoints(std::int32_t dc) const {
  const auto it = byDc_.find(dc);
  return it == byDc_.end() ? std::vector<net::Endpoint>() : it->second;
}

std::vector<std::int32_t> DcDirectory::dcs() const {
  std::vector<std::int32_t> out;
  for (const auto& [dc, endpoints] : byDc_) {
    out.push_back(dc);
  }
  return out;
}

void DcDirectory::learn(const std::map<std::int32_t, std::vector<net::Endpoint>>& told) {
  if (fixed_) {
    return;
  }
  for (const auto& [dc, endpoints] : told) {
    if (!endpoints.empty()) {
      byDc_[dc] = endpoints;
    }
  }
}

}  // namespace mtpool::client
