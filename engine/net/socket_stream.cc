// SPDX-License-Identifier: Apache-2.0
#include "engine/net/socket_stream.h"

#include <fmt/format.h>

namespace mtpool::net {

Error socketError(const boost::system::error_code& code, const std::string& peer) {
  if (code == boost::asio::error::operation_aborted || code == boost::asio::error::bad_descriptor) {
    return {Errc::Cancelled, "stopped"};
  }
  if (code == boost::asio::error::eof) {
    return {Errc::ConnectionLost, fmt::format("{} closed the connection", peer)};
  }
  return {Errc::ConnectionLost, fmt::format("the connection to {} broke: {}", peer, code.message())};
}

}  // namespace mtpool::net
