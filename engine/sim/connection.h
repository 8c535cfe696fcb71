// SPDX-License-Identifier: Apache-2.0
// One client connection of a data centre: bytes to frames, frames to packets, packets to calls, answers back.
// Strictly in turn: nothing more is read before what was read is answered, so a client that does not read its
// answers stops being read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/async/task.h"
#include "engine/mtproto/handshake.h"
#include "engine/mtproto/packet.h"
#include "engine/mtproto/server_clock.h"
#include "engine/mtproto/transport/frame_codec.h"
#include "engine/net/stream.h"
#include "engine/sim/key_ring.h"
#include "engine/sim/request.h"

namespace mtpool::sim {

class DataCentre;
struct Introduction;

class Connection {
 public:
  Connection(DataCentre& dc, ConnectionId id, std::unique_ptr<net::Stream> stream);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Until the client leaves, breaks the protocol beyond repair, or the coroutine is cancelled.
  Task<void> run();

 private:
  using Key = std::shared_ptr<KeyRecord>;

  Task<Result<void>> readMore();
  Task<Result<void>> handleFrames();
  Task<Result<void>> handlePacket(ByteView packet);
  Result<void> handlePlain(ByteView packet);
  Result<Bytes> stepHandshake(ByteView body);
  Result<void> keepNewKey();

  Task<Result<void>> handleEvents(Key key, std::vector<mtproto::ServerEvent> events);
  Task<Result<void>> handleQuery(Key key, mtproto::ServerQuery query);
  void introduce(KeyRecord& key, const Key& owner, const Introduction& introduction);
  Task<Answer> answer(Key key, Key owner, Bytes body, std::uint64_t sessionId, std::int64_t msgId);
  std::optional<Refusal> heldBack(KeyRecord& owner, const KeyRecord& key, const std::string& method,
                                  std::int32_t floodSeconds);

  /// Notes that this connection uses the authorisation; one that two connections use at once is destroyed.
  Task<void> claim(Key owner, const ClientName& client);
  bool contested(const KeyRecord& owner) const;

  Task<Result<void>> flush();
  void transportError(std::int32_t code);
  Error broken(const ClientName& client, std::string_view what, const std::string& detail);

  DataCentre& dc_;
  Scene& scene_;
  ConnectionId id_;
  std::unique_ptr<net::Stream> stream_;
  std::chrono::seconds silence_;  // ends the connection; shorter once the client pings with a delay
  mtproto::ServerDetector detector_;
  std::unique_ptr<mtproto::FrameCodec> codec_;
  std::optional<mtproto::HandshakeServer> handshake_;
  bool keyTaken_ = false;  // of the finished handshake
  mtproto::ServerClock serverClock_;
  mtproto::MessageIdSource plainIds_;
  std::set<Key> claimed_;
  Bytes out_;
  bool closing_ = false;  // after what is in out_
};

}  // namespace mtpool::sim
