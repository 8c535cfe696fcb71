// SPDX-License-Identifier: Apache-2.0
// The client's half of one MTProto session over one authorisation key, without I/O.
//
// It lives longer than a connection: session id, message ids, unanswered requests and pending acks survive a
// reconnect. Who pumps it feeds decrypted packets in, takes events out, and writes what takePackets() gives.
// One thread. (core.telegram.org/mtproto/service_messages, …_about_messages; digest sections 5 to 8.)
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/crypto/auth_key.h"
#include "engine/mtproto/rpc_error.h"
#include "engine/mtproto/server_clock.h"

namespace mtpool::mtproto {

/// Names a request of this session to its owner; never reused within a session object.
using RequestId = std::uint64_t;

/// What may be done with a request whose fate is unknown after a lost connection: Read and Keyed go out again
/// under a new message id (Keyed carries its own random_id), Never only when the server surely has not got
/// it.
enum class Idempotency { Read, Keyed, Never };

/// A complete answer. `body` is the result as the method declares it, already inflated; owned, so that it can
/// travel.
struct Answered {
  RequestId request = 0;
  Bytes body;
};

/// Telegram refused, or the session gave up: code 500 with BAD_SERVER_SALT (five times in a row) or
/// ANSWER_UNREADABLE (packed beyond the limits, also those of all objects of a packet together).
struct Failed {
  RequestId request = 0;
  RpcError error;
};

/// Fate unknown and not repeatable: the owner asks the server what happened.
struct Unknown {
  RequestId request = 0;
};

/// An Updates object pushed by the server.
struct Pushed {
  Bytes body;
};

struct SaltChanged {
  std::uint64_t salt = 0;
};

/// new_session_created with an unknown unique_id, or a pushed object that could not be unpacked (uniqueId 0):
/// updates may have been missed.
struct SessionCreated {
  std::uint64_t uniqueId = 0;
};

/// Something was handled and is worth counting or a log line. `what` is one of "bad_msg" (number: code),
/// "bad_server_salt", "session_reset", "resent" (number: how many requests), "duplicate" (number: how many
/// messages of one packet), "stale_msg_id", "foreign_bad_msg", "unknown_answer", "unreadable_push",
/// "detailed_info".
struct Noted {
  std::string what;
  std::int64_t number = 0;
};

using SessionEvent = std::variant<Answered, Failed, Unknown, Pushed, SaltChanged, SessionCreated, Noted>;

struct SessionLimits {
  std::size_t maxInFlight = 64;        // requests sent and unanswered
  std::size_t maxQueued = 256;         // requests not sent yet: submit() says Busy above
  std::size_t acksAtOnce = 16;         // flush when so many wait
  std::chrono::seconds ackDelay{20};   // or when the oldest is so old
  std::chrono::seconds pingEvery{60};  // ping_delay_disconnect, also at once on every connection
  std::chrono::seconds pingDelay{75};  // and its delay
  std::chrono::seconds probeAfter{
      15};             // a ping out of turn when an answer is owed and nothing came for so long
  bool pushes = true;  // false: nobody reads them; they are acknowledged and not copied
};

/// Makes a query that depends on the id of the message that carries it (auth.bindTempAuthKey); called again
/// for every id it is sent under.
using QueryMaker = std::function<Bytes(std::int64_t msgId)>;

class ClientSession {
 public:
  ClientSession(std::shared_ptr<const crypto::AuthKey> key, std::uint64_t salt, const Clock& clock,
                Random& random, SessionLimits limits = {});
  ClientSession(ClientSession&&) noexcept;
  ClientSession& operator=(ClientSession&&) noexcept;
  ~ClientSession();

  ServerClock& serverClock();
  /// Random; another one after a reset (bad_msg 17 to 19, 32 to 35), which is Noted.
  std::uint64_t sessionId() const;
  std::uint64_t salt() const;

  /// Queues a serialised query (wrapped as needed by the caller). Errc::Busy when the queue is full.
  Result<RequestId> submit(Bytes query, Idempotency idempotency);
  Result<RequestId> submit(QueryMaker query, Idempotency idempotency);
  /// Forgets a request; a late answer is acked and dropped. Sends rpc_drop_answer if it was sent.
  void cancel(RequestId request);

  /// A new connection under this session stands (also the first one): asks for the state of what was sent
  /// before, keeps ids and acks.
  void onConnected();
  /// The connection ended: everything unanswered is in doubt until onConnected().
  void onDisconnected();

  /// Handles one encrypted packet. Events in the order they happened. An error means: drop the connection
  /// (SecurityCheck, Malformed, LimitExceeded); the session itself stays usable.
  Result<std::vector<SessionEvent>> receive(ByteView packet);
  /// What happened outside receive(), or in it before its error: to be looked at after an error.
  std::vector<SessionEvent> takeEvents();

  /// Everything due to be sent now as encrypted packets (queries, acks, pings, state requests), at most one
  /// container each. Empty when nothing is due or no connection stands.
  std::vector<Bytes> takePackets();

  /// When takePackets() has something to do without further input (acks, pings); nullopt = never.
  std::optional<MonoTime> nextDue() const;
  /// Since when the server is silent although it owes a pong; nullopt = it owes none. For half-open
  /// detection: an answer may take its time, so a server that owes one is asked for a pong first.
  std::optional<MonoTime> waitingSince() const;

  std::size_t inFlight() const;
  std::size_t queued() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mtpool::mtproto
