// SPDX-License-Identifier: Apache-2.0
// Where data centres listen. Starts from bootstrap addresses (the setting MTPROTO_DC_LIST or Telegram's own)
// and learns others from help.getConfig. One per engine, used on one shard.
//
// What one account's server tells is used for all accounts, so it can only add: the bootstrap addresses stay
// behind what was learnt.
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
  /// What help.getConfig told; replaces what was learnt of these DCs before. Taken are numeric addresses of
  /// other hosts, 8 per DC at most and of 64 DCs at most. A list given by a setting wins: nothing is learnt.
  void learn(const std::map<std::int32_t, std::vector<net::Endpoint>>& told);

 private:
  std::map<std::int32_t, std::vector<net::Endpoint>> byDc_;  // bootstrap
  std::map<std::int32_t, std::vector<net::Endpoint>> learnt_;
  bool fixed_ = false;
};

}  // namespace mtpool::client
