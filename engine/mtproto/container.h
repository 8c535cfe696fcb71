// SPDX-License-Identifier: Apache-2.0
// msg_container: several messages in one packet. (mtproto/service_messages.)
#pragma once

#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace mtpool::mtproto {

struct Message {
  std::int64_t msgId = 0;
  std::int32_t seqNo = 0;
  ByteView body;

  /// Constructor id of the body, 0 if there is none.
  std::uint32_t id() const { return body.size() < 4 ? 0 : loadLe32(body.data()); }

  /// Must be acknowledged.
  bool contentRelated() const { return (seqNo & 1) != 0; }
};

/// What a container may hold, and what we put into one.
inline constexpr std::size_t kMaxContainerAccepted = 1024;
inline constexpr std::size_t kMaxContainerSent = 1020;
/// Bytes a message takes besides its body.
inline constexpr std::size_t kInnerHeader = 16;

bool isContainer(const Message& message);

/// The messages of a container, as views into it. Errc::Malformed unless lengths add up exactly, every inner
/// id is below the container's, and none is a container itself; Errc::LimitExceeded above 1024.
Result<std::vector<Message>> readContainer(const Message& container);

/// The body of a container of these messages.
Bytes writeContainer(const std::vector<Message>& messages);

}  // namespace mtpool::mtproto
