// SPDX-License-Identifier: Apache-2.0
// Intermediate: four bytes of length, then the payload; and its padded variant, which adds 0..15 random
// bytes that the packet layer cuts off. Bit 31 of a server's length makes it a quick-ack token; of a
// client's, the wish for one.
#include "engine/mtproto/transport/frame_format.h"

namespace mtpool::mtproto {
namespace {

constexpr std::uint32_t kQuickAckBit = 0x80000000U;

void appendLe32(Bytes& out, std::size_t value) {
  Byte raw[4];
  storeLe32(raw, static_cast<std::uint32_t>(value));
  append(out, raw);
}

class Intermediate : public FrameFormat {
 public:
  explicit Intermediate(Side side) : side_(side) {}

  Bytes selector() const override { return Bytes(4, 0xee); }

  void encode(ByteView payload, Bytes& out) override {
    appendLe32(out, payload.size());
    append(out, payload);
  }

  Result<FrameCut> cut(ByteView pending) override {
    if (pending.size() < 4) {
      return FrameCut{};
    }
    std::uint32_t length = loadLe32(pending.data());
    if ((length & kQuickAckBit) != 0 && side_ == Side::Client) {
      return FrameCut{4, {}, static_cast<std::int32_t>(length)};
    }
    length &= ~kQuickAckBit;
    if (!lengthFits(length)) {
      return Error(Errc::Malformed, "a frame's length is not a multiple of 4; the connection is closed");
    }
    const std::size_t size = std::size_t{4} + length;
    if (pending.size() < size) {
      return FrameCut{size, {}, {}};
    }
    return FrameCut{size, pending.subspan(4, length), {}};
  }

 protected:
  virtual bool lengthFits(std::uint32_t length) const { return length % 4 == 0; }

 private:
  Side side_;
};

class Padded final : public Intermediate {
 public:
  Padded(Side side, Random& random) : Intermediate(side), random_(&random) {}

  Bytes selector() const override { return Bytes(4, 0xdd); }

  void encode(ByteView payload, Bytes& out) override {
    const Bytes padding = random_->bytes(random_->below(16));
    appendLe32(out, payload.size() + padding.size());
    append(out, payload);
    append(out, padding);
  }

  // An error of 4 bytes may carry 15 of padding; the smallest plain packet has 20.
  std::size_t smallestPacket() const override { return 20; }

 protected:
  bool lengthFits(std::uint32_t /*length*/) const override { return true; }

 private:
  Random* random_;
};

}  // namespace

std::unique_ptr<FrameFormat> makeIntermediate(Side side) {
  return std::make_unique<Intermediate>(side);
}

std::unique_ptr<FrameFormat> makePadded(Side side, Random& random) {
  return std::make_unique<Padded>(side, random);
}

}  // namespace mtpool::mtproto
