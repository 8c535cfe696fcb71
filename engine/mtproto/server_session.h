// SPDX-License-Identifier: Apache-2.0
// The server's half: all sessions of one authorisation key at one data centre, without I/O. Strict: whatever
// the client half promises is checked here, and every breach is reported as a violation (Telegram would
// answer with an error or a close) or a deviation (a tolerated habit of a known third-party client).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/crypto/auth_key.h"

namespace mtpool::mtproto {

/// A query to answer with answer() or fail(); the body is inflated but still wrapped (invokeWithLayer …).
struct ServerQuery {
  std::uint64_t sessionId = 0;
  std::int64_t msgId = 0;
  Bytes body;
};

/// The names are listed at kViolations in server_session.cc.
struct ServerViolation {
  std::string what;  // stable short name: "odd_msg_id", "seqno_parity", …
  std::string detail;
};

/// "odd_ack", "repeated_packet" (the same id again, alone or as a container with nothing new: replayed, or
/// encrypted twice).
struct ServerDeviation {
  std::string what;
};

/// The client said it has these messages.
struct ServerAcked {
  std::vector<std::int64_t> msgIds;
};

/// ping_delay_disconnect: unless the session is heard of again, its connection is to be closed after `delay`.
struct ServerPingDelay {
  std::uint64_t sessionId = 0;
  std::chrono::seconds delay{0};
};

/// destroy_session, destroy_auth_key.
struct ServerDestroyed {
  bool wholeKey = false;
  std::uint64_t sessionId = 0;
};

using ServerEvent = std::variant<ServerQuery, ServerViolation, ServerDeviation, ServerAcked, ServerPingDelay,
                                 ServerDestroyed>;

/// What one packet meant. The session tells the owner which connection carries it from now on.
struct ServerReceived {
  std::uint64_t sessionId = 0;
  bool newSession = false;
  std::vector<ServerEvent> events;  // in order
};

/// Salts of one key: each valid for an hour, a new one every 30 minutes of server time, derived from a seed
/// so that a restarted simulator agrees with itself. Times are unix seconds.
class SaltSchedule {
 public:
  SaltSchedule(std::uint64_t seed, std::uint64_t firstSalt, std::int64_t createdAt)
      : seed_(seed), firstSalt_(firstSalt), createdAt_(createdAt) {}

  std::uint64_t current(std::int64_t unixTime) const;
  /// The current salt, the one before, and the next one half a minute early.
  bool accepts(std::uint64_t salt, std::int64_t unixTime) const;

  struct Future {
    std::int32_t since = 0;
    std::int32_t until = 0;
    std::uint64_t salt = 0;
  };

  /// `count` salts from the current one on.
  std::vector<Future> future(std::int64_t unixTime, int count) const;

 private:
  std::int64_t indexAt(std::int64_t unixTime) const;
  std::uint64_t saltAt(std::int64_t index) const;

  std::uint64_t seed_;
  std::uint64_t firstSalt_;
  std::int64_t createdAt_;
};

/// At most 64 sessions per key (the one unheard of for longest goes), 4096 unacknowledged messages and as
/// many remembered answers per session.
class ServerSessions {
 public:
  /// `clock` and `random` outlive it; the clock's wall time is the server's time.
  ServerSessions(std::shared_ptr<const crypto::AuthKey> key, SaltSchedule salts, const Clock& clock,
                 Random& random);
  ServerSessions(ServerSessions&&) noexcept;
  ServerSessions& operator=(ServerSessions&&) noexcept;
  ~ServerSessions();

  /// One encrypted packet of a connection. An error closes the connection (wrong msg_key, broken lengths).
  Result<ServerReceived> receive(ByteView packet);

  /// rpc_result with a boxed object; nothing happens when the session is gone or the client dropped the
  /// answer. Packed with gzip when larger than 512 bytes and smaller packed.
  void answer(std::uint64_t sessionId, std::int64_t reqMsgId, ByteView boxed);
  /// rpc_error.
  void fail(std::uint64_t sessionId, std::int64_t reqMsgId, std::int32_t code, const std::string& message);
  /// An Updates object on the server's own account; dropped when 4096 messages wait for the connection.
  void push(std::uint64_t sessionId, ByteView boxed);

  /// What has to go out to the connection that carries this session: pongs, acks, answers,
  /// new_session_created, bad_msg, bad_server_salt, in containers where that saves packets.
  std::vector<Bytes> takePackets(std::uint64_t sessionId);
  /// Sessions that have something to send.
  std::vector<std::uint64_t> sessionsWithOutput() const;

  /// The connection of a session was replaced: unacked content messages go out again.
  void onReconnected(std::uint64_t sessionId);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mtpool::mtproto
