// SPDX-License-Identifier: Apache-2.0
// Abridged: the length in words, one byte below 127, else 7F and three bytes. Bit 7 of the first byte is
// the client's wish for a quick ack, or from the server the start of one (byte-swapped).
#include "engine/mtproto/transport/frame_format.h"

namespace mtpool::mtproto {
namespace {

class Abridged final : public FrameFormat {
 public:
  explicit Abridged(Side side) : side_(side) {}

  Bytes selector() const override { return {0xef}; }

  void encode(ByteView payload, Bytes& out) override {
    const std::size_t words = payload.size() / 4;
    if (words < 0x7f) {
      out.push_back(static_cast<Byte>(words));
    } else {
      out.push_back(0x7f);
      for (int i = 0; i < 3; ++i) {
        out.push_back(static_cast<Byte>(words >> (8 * i)));
      }
    }
    append(out, payload);
  }

  Result<FrameCut> cut(ByteView pending) override {
    if (pending.empty()) {
      return FrameCut{};
    }
    if ((pending[0] & 0x80) != 0 && side_ == Side::Client) {
      return quickAck(pending);
    }
    std::size_t head = 1;
    std::size_t words = pending[0] & 0x7f;
    if (words == 0x7f) {
      head = 4;
      if (pending.size() < head) {
        return FrameCut{};
      }
      words = loadLe32(pending.data()) >> 8;
    }
    const std::size_t size = head + words * 4;
    if (pending.size() < size) {
      return FrameCut{size, {}, {}};
    }
    return FrameCut{size, pending.subspan(head, words * 4), {}};
  }

 private:
  static FrameCut quickAck(ByteView pending) {
    if (pending.size() < 4) {
      return FrameCut{4, {}, {}};
    }
    const std::uint32_t token = std::uint32_t{pending[0]} << 24 | std::uint32_t{pending[1]} << 16 |
                                std::uint32_t{pending[2]} << 8 | std::uint32_t{pending[3]};
    return FrameCut{4, {}, static_cast<std::int32_t>(token)};
  }

  Side side_;
};

}  // namespace

std::unique_ptr<FrameFormat> makeAbridged(Side side) {
  return std::make_unique<Abridged>(side);
}

}  // namespace mtpool::mtproto
