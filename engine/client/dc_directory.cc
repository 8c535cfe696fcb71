// SPDX-License-Identifier: Apache-2.0
#include "engine/client/dc_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/text.h"

namespace mtpool::client {

namespace {

constexpr std::uint16_t kTelegramPort = 443;
constexpr std::size_t kMostPerDc = 8;
constexpr std::size_t kMostDcs = 64;

void addOnce(std::vector<net::Endpoint>& list, const net::Endpoint& endpoint) {
  const auto same = [&endpoint](const net::Endpoint& other) { return other.text() == endpoint.text(); };
  if (std::ranges::none_of(list, same)) {
    list.push_back(endpoint);
  }
}

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
  std::vector<net::Endpoint> out;
  for (const auto* known : {&learnt_, &byDc_}) {
    if (const auto it = known->find(dc); it != known->end()) {
      for (const net::Endpoint& endpoint : it->second) {
        addOnce(out, endpoint);
      }
    }
  }
  return out;
}

std::vector<std::int32_t> DcDirectory::dcs() const {
  std::set<std::int32_t> out;
  for (const auto* known : {&learnt_, &byDc_}) {
    for (const auto& [dc, endpoints] : *known) {
      out.insert(dc);
    }
  }
  return {out.begin(), out.end()};
}

void DcDirectory::learn(const std::map<std::int32_t, std::vector<net::Endpoint>>& told) {
  if (fixed_) {
    return;
  }
  for (const auto& [dc, endpoints] : told) {
    std::vector<net::Endpoint> usable;
    for (const net::Endpoint& endpoint : endpoints) {
      if (endpoint.isRemoteAddress() && usable.size() < kMostPerDc) {
        addOnce(usable, endpoint);
      }
    }
    if (!usable.empty() && (learnt_.contains(dc) || learnt_.size() < kMostDcs)) {
      learnt_[dc] = std::move(usable);
    }
  }
}

}  // namespace mtpool::client
