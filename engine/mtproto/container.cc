// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/container.h"

#include <algorithm>

#include "engine/tl/reader.h"
#include "engine/tl/service_ids.h"
#include "engine/tl/writer.h"

namespace mtpool::mtproto {
namespace {

Error malformed(const char* what) {
  return Error(Errc::Malformed, std::string("a container ") + what + "; the connection is closed");
}

}  // namespace

bool isContainer(const Message& message) {
  return message.id() == tl::kMsgContainerId;
}

Result<std::vector<Message>> readContainer(const Message& container) {
  const ByteView all = container.body.subspan(4);
  tl::Reader r(all);
  const std::uint32_t count = r.uint32();
  if (count > kMaxContainerAccepted) {
    return Error(Errc::LimitExceeded, "a container holds more than 1024 messages; the connection is closed");
  }
  std::vector<Message> messages;
  messages.reserve(std::min<std::size_t>(count, r.remaining() / kInnerHeader));
  for (std::uint32_t i = 0; i < count; ++i) {
    Message inner;
    inner.msgId = r.int64();
    inner.seqNo = r.int32();
    const std::uint32_t size = r.uint32();
    if (!r.ok() || size % 4 != 0 || size > r.remaining()) {
      return malformed("has lengths that do not add up");
    }
    inner.body = all.subspan(r.offset(), size);
    r.skip(size);
    if (isContainer(inner)) {
      return malformed("holds another container");
    }
    if (inner.msgId >= container.msgId) {
      return malformed("is older than what it holds");
    }
    messages.push_back(inner);
  }
  if (!r.ok() || r.remaining() != 0) {
    return malformed("has lengths that do not add up");
  }
  return messages;
}

Bytes writeContainer(const std::vector<Message>& messages) {
  std::size_t size = 8;
  for (const Message& message : messages) {
    size += kInnerHeader + message.body.size();
  }
  Bytes body;
  body.reserve(size);
  tl::Writer w(body);
  w.uint32(tl::kMsgContainerId);
  w.uint32(static_cast<std::uint32_t>(messages.size()));
  for (const Message& message : messages) {
    w.int64(message.msgId);
    w.int32(message.seqNo);
    w.uint32(static_cast<std::uint32_t>(message.body.size()));
    w.raw(message.body);
  }
  return body;
}

}  // namespace mtpool::mtproto
