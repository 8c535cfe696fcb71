// SPDX-License-Identifier: Apache-2.0
// Where data centres listen. Starts from bootstrap addresses (the setting MTPROTO_DC_LIST or Telegram's own)
// and is refreshed from help.getConfig. One per engine, used on one shard.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/net/tcp.h"

namespace mtpool::client {

class DcDirectory {
 public:
  /// Telegram's production or test addresses.
  static DcDirectory telegram(bool testDc);
  /// "2=127.0.0.1:4430,4=127.0.0.1:4431"; a DC may be named more than once. Errc::InvalidConfig.
  static Result<DcDirectory> parse(std::string_view text);

  /// In the order to try; empty when the DC is unknown.
  std::vector<net::Endpoint> endpoints(std::int32_t dc) const;
  std::vector<std::int32_t> dcs() const;
  /// What help.getConfig told; replaces what was known of these DCs. Bootstrap lists given by a setting win
  /// and are not replaced.
  void learn(const std::map<std::int32_t, std::vector<net::Endpoint>>& told);

 private:
  std::map<std::int32_t, std::vector<net::Endpoint>> byDc_;
  bool fixed_ = false;
};

}  // namespace mtpool::client
