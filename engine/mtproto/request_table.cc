// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/request_table.h"

#include <algorithm>
#include <utility>

namespace mtpool::mtproto {

Request& RequestTable::add(std::variant<Bytes, QueryMaker> query, Idempotency idempotency) {
  const RequestId id = ++last_;
  Request& request = requests_[id];
  request.id = id;
  request.query = std::move(query);
  request.idempotency = idempotency;
  waiting_.insert(id);
  return request;
}

Request* RequestTable::find(RequestId id) {
  const auto found = requests_.find(id);
  return found == requests_.end() ? nullptr : &found->second;
}

Request* RequestTable::findByMessage(std::int64_t msgId) {
  const auto found = byMessage_.find(msgId);
  return found == byMessage_.end() ? nullptr : find(found->second);
}

Request* RequestTable::findCurrent(std::int64_t msgId) {
  Request* request = findByMessage(msgId);
  const bool current =
      request != nullptr && request->msgId == msgId && request->stage != Request::Stage::Waiting;
  return current ? request : nullptr;
}

Request* RequestTable::nextWaiting() {
  return waiting_.empty() ? nullptr : find(*waiting_.begin());
}

void RequestTable::markSent(Request& request, std::int64_t msgId, MonoTime now) {
  waiting_.erase(request.id);
  request.stage = Request::Stage::Sent;
  request.msgId = msgId;
  request.outerId = msgId;
  request.sentAt = now;
  if (request.msgIds.size() == kSendingsKnown) {
    byMessage_.erase(request.msgIds.front());
    request.msgIds.erase(request.msgIds.begin());
  }
  request.msgIds.push_back(msgId);
  byMessage_[msgId] = request.id;
}

void RequestTable::requeue(Request& request) {
  request.stage = Request::Stage::Waiting;
  waiting_.insert(request.id);
}

void RequestTable::erase(RequestId id) {
  Request* request = find(id);
  if (request == nullptr) {
    return;
  }
  for (const std::int64_t msgId : request->msgIds) {
    byMessage_.erase(msgId);
  }
  waiting_.erase(id);
  requests_.erase(id);
}

std::vector<RequestId> RequestTable::inStage(Request::Stage stage) const {
  std::vector<RequestId> ids;
  for (const auto& [id, request] : requests_) {
    if (request.stage == stage) {
      ids.push_back(id);
    }
  }
  return ids;
}

std::vector<std::int64_t> RequestTable::sentInside(std::int64_t containerId) const {
  std::vector<std::int64_t> msgIds;
  for (const auto& [id, request] : requests_) {
    if (request.outerId == containerId && request.msgId != containerId) {
      msgIds.push_back(request.msgId);
    }
  }
  return msgIds;
}

std::optional<MonoTime> RequestTable::oldestSent() const {
  std::optional<MonoTime> oldest;
  for (const auto& [id, request] : requests_) {
    if (request.stage != Request::Stage::Waiting && (!oldest || request.sentAt < *oldest)) {
      oldest = request.sentAt;
    }
  }
  return oldest;
}

}  // namespace mtpool::mtproto
