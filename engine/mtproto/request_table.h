// SPDX-License-Identifier: Apache-2.0
// The requests of a client session: waiting, sent, or in doubt after a lost connection.
#pragma once

#include <map>
#include <set>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/mtproto/client_session.h"

namespace mtpool::mtproto {

struct Request {
  enum class Stage { Waiting, Sent, InDoubt };

  RequestId id = 0;
  std::variant<Bytes, QueryMaker> query;
  Idempotency idempotency = Idempotency::Read;
  Stage stage = Stage::Waiting;
  std::int64_t msgId = 0;    // latest id it was sent under, 0 = none
  std::int64_t outerId = 0;  // of the packet it was in: a container's or its own
  MonoTime sentAt{};
  bool alone = false;                // not into a container again
  int saltFailures = 0;              // bad_server_salt in a row
  std::vector<std::int64_t> msgIds;  // of its latest sendings, at most kSendingsKnown
};

/// An answer to a sending older than so many is not known as such: a request that goes out again with every
/// connection must not grow by it.
inline constexpr std::size_t kSendingsKnown = 8;

class RequestTable {
 public:
  Request& add(std::variant<Bytes, QueryMaker> query, Idempotency idempotency);

  Request* find(RequestId id);
  /// By any id of its latest sendings: a late answer to an earlier one is as good.
  Request* findByMessage(std::int64_t msgId);
  /// By the id of its latest sending only: what concerns an earlier one is out of date.
  Request* findCurrent(std::int64_t msgId);

  /// The one to send next, nullptr if none waits. Whoever came first goes first, also the second time.
  Request* nextWaiting();
  void markSent(Request& request, std::int64_t msgId, MonoTime now);
  void requeue(Request& request);
  void erase(RequestId id);

  std::size_t waiting() const { return waiting_.size(); }

  std::size_t sent() const { return requests_.size() - waiting_.size(); }

  /// Ids of requests in this stage, oldest first.
  std::vector<RequestId> inStage(Request::Stage stage) const;

  /// Current message ids of what was sent in the container of this id.
  std::vector<std::int64_t> sentInside(std::int64_t containerId) const;

  /// When the oldest unanswered one was sent; nullopt if none was.
  std::optional<MonoTime> oldestSent() const;

 private:
  std::map<RequestId, Request> requests_;
  std::set<RequestId> waiting_;
  std::unordered_map<std::int64_t, RequestId> byMessage_;
  RequestId last_ = 0;
};

}  // namespace mtpool::mtproto
