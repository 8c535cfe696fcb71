// SPDX-License-Identifier: Apache-2.0
// What distinguishes one framing from another: its selector, its length field, its trailer. Buffers and
// obfuscation are the codec's business.
#pragma once

#include <memory>
#include <optional>

#include "engine/mtproto/transport/frame_codec.h"

namespace mtpool::mtproto {

enum class Side { Client, Server };

/// What the start of the pending bytes is.
struct FrameCut {
  /// Bytes of the whole frame; more than are pending when the frame is not complete; 0 = not known yet.
  std::size_t size = 0;
  ByteView payload;                      // of a complete frame
  std::optional<std::int32_t> quickAck;  // a bare token instead of a frame
};

class FrameFormat {
 public:
  virtual ~FrameFormat() = default;

  /// The client's first bytes.
  virtual Bytes selector() const = 0;
  virtual void encode(ByteView payload, Bytes& out) = 0;
  /// Looks at the pending bytes; called again from the same place until the frame is complete, then
  /// exactly once per frame.
  virtual Result<FrameCut> cut(ByteView pending) = 0;

  /// Payloads below this many bytes are transport errors.
  virtual std::size_t smallestPacket() const { return 16; }
};

std::unique_ptr<FrameFormat> makeAbridged(Side side);
std::unique_ptr<FrameFormat> makeIntermediate(Side side);
std::unique_ptr<FrameFormat> makePadded(Side side, Random& random);
std::unique_ptr<FrameFormat> makeFull();

std::unique_ptr<FrameFormat> makeFormat(Framing framing, Side side, Random& random);

}  // namespace mtpool::mtproto
