// SPDX-License-Identifier: Apache-2.0
// One transport connection to a data centre: a stream with a framing. Moves packets, knows nothing of what is
// in them.
#pragma once

#include <memory>

#include "engine/client/client_context.h"
#include "engine/mtproto/transport/frame_codec.h"
#include "engine/net/stream.h"

namespace mtpool::client {

class Link {
 public:
  /// Takes the next place at the connect gate of the DC (MTPROTO_CONNECT_RATE) and says when it comes; the
  /// caller waits for it before open().
  static MonoTime turn(ClientContext& context, std::int32_t dc);
  /// How many addresses of the DC are known.
  static std::size_t addresses(const ClientContext& context, std::int32_t dc);
  /// Dials one address of the DC: the `which`-th, coming round. Errors: Unreachable (names the DC and the
  /// address), NotFound (no address known for the DC), Cancelled.
  static Task<Result<std::unique_ptr<Link>>> open(ClientContext& context, std::int32_t dc, std::size_t which);

  ~Link();

  /// The next packet, valid until the next call. Transport errors become TransportFlood, AuthKeyUnknown,
  /// InvalidDc; nothing authenticates them, so they say something about the connection and never about the
  /// account. While nothing is pending it waits without a read buffer.
  Task<Result<ByteView>> receive();
  /// All packets in one write.
  Task<Result<void>> send(const std::vector<Bytes>& packets);
  void close();
  std::string peer() const;

 private:
  Link(ClientContext& context, std::unique_ptr<net::Stream> stream);
  Result<ByteView> unwrap(const mtproto::Frame& frame, bool& again) const;

  ClientContext& context_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<mtproto::FrameCodec> codec_;
  Bytes out_;
  bool headerSent_ = false;
};

}  // namespace mtpool::client
