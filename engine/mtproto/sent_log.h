// SPDX-License-Identifier: Apache-2.0
// What a client sent besides requests, and what was in which container: so that a rejected message is known
// as ours and what it carried can go out again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace mtpool::mtproto {

struct ServiceMessage {
  enum class Kind { Acks, Ping, FutureSalts, StateRequest, StateInfo, ResendRequest, DropAnswer } kind{};
  std::vector<std::int64_t> msgIds;  // what it is about; of a ping its ping_id, of a StateInfo the question
  std::vector<std::uint8_t> states;  // StateInfo only
};

/// Remembers the latest 32 of each: a server disputes a message within a round trip or never.
class SentLog {
 public:
  void add(std::int64_t msgId, ServiceMessage message);
  void addContainer(std::int64_t msgId, std::vector<std::int64_t> inner);

  bool knows(std::int64_t msgId) const { return services_.contains(msgId) || containers_.contains(msgId); }

  /// The service message sent under this id, which is forgotten by it.
  std::optional<ServiceMessage> take(std::int64_t msgId);
  /// Ids in a container, nullptr if there was none.
  const std::vector<std::int64_t>* inside(std::int64_t containerId) const;

  void clear();

 private:
  std::map<std::int64_t, ServiceMessage> services_;
  std::map<std::int64_t, std::vector<std::int64_t>> containers_;
};

}  // namespace mtpool::mtproto
