// SPDX-License-Identifier: Apache-2.0
// Full: length of everything, a sequence number per direction, the payload, CRC-32 of all before it.
#include "engine/mtproto/transport/frame_format.h"

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kOverhead = 12;

constexpr std::array<std::uint32_t, 256> makeCrcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value >> 1) ^ ((value & 1) != 0 ? 0xedb88320U : 0);
    }
    table[i] = value;
  }
  return table;
}

std::uint32_t crc32(ByteView bytes) {
  static constexpr auto kTable = makeCrcTable();
  std::uint32_t crc = 0xffffffffU;
  for (const Byte b : bytes) {
    crc = (crc >> 8) ^ kTable[(crc ^ b) & 0xff];
  }
  return ~crc;
}

Error broken(const char* what) {
  return Error(Errc::Malformed, std::string(what) + "; the connection is closed");
}

class Full final : public FrameFormat {
 public:
  Bytes selector() const override { return {}; }

  void encode(ByteView payload, Bytes& out) override {
    const std::size_t start = out.size();
    out.resize(start + 8);
    storeLe32(out.data() + start, static_cast<std::uint32_t>(payload.size() + kOverhead));
    storeLe32(out.data() + start + 4, sent_++);
    append(out, payload);
    Byte trailer[4];
    storeLe32(trailer, crc32(ByteView(out).subspan(start)));
    append(out, trailer);
  }

  Result<FrameCut> cut(ByteView pending) override {
    if (pending.size() < 4) {
      return FrameCut{};
    }
    const std::size_t size = loadLe32(pending.data());
    if (size < kOverhead || size % 4 != 0) {
      return broken("a frame's length is impossible");
    }
    if (pending.size() < size || size > kMaxFrame + kOverhead) {
      return FrameCut{size, {}, {}};
    }
    if (loadLe32(pending.data() + 4) != received_) {
      return broken("a frame's sequence number is wrong");
    }
    if (loadLe32(pending.data() + size - 4) != crc32(pending.first(size - 4))) {
      return broken("a frame's checksum is wrong");
    }
    ++received_;
    return FrameCut{size, pending.subspan(8, size - kOverhead), {}};
  }

 private:
  std::uint32_t sent_ = 0;
  std::uint32_t received_ = 0;
};

}  // namespace

std::unique_ptr<FrameFormat> makeFull() {
  return std::make_unique<Full>();
}

}  // namespace mtpool::mtproto
