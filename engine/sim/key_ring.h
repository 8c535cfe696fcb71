// SPDX-License-Identifier: Apache-2.0
// The authorisation keys of one data centre, and what hangs on each: its sessions, how its client introduced
// itself, who is logged in with it, which connections use it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>

#include "engine/base/clock.h"
#include "engine/crypto/auth_key.h"
#include "engine/mtproto/server_session.h"
#include "engine/sim/report.h"

namespace mtpool::sim {

using ConnectionId = std::uint64_t;

/// Who a permanent key is logged in as.
struct Login {
  std::int64_t account = 0;       // 0: nobody
  std::int64_t passwordOwed = 0;  // the code was right; this account's password is still to come
  bool destroyed = false;         // used by two connections at once: every call is AUTH_KEY_DUPLICATED
};

struct KeyRecord {
  KeyRecord(std::shared_ptr<const crypto::AuthKey> authKey, mtproto::ServerSessions serverSessions)
      : key(std::move(authKey)), sessions(std::move(serverSessions)) {}

  std::shared_ptr<const crypto::AuthKey> key;
  mtproto::ServerSessions sessions;
  std::int64_t expiresAt = 0;  // unix seconds; 0: permanent
  std::uint64_t boundTo = 0;   // temporary keys: the permanent key's id, 0 until bound
  std::int32_t layer = 0;      // 0 until initConnection
  ClientName client;
  Login login;                                     // of permanent keys
  std::set<ConnectionId> connections;              // that used this key, or one bound to it, and still stand
  std::map<std::uint64_t, ConnectionId> carriers;  // session -> the connection it came by last
  std::map<std::string, MonoTime, std::less<>> told;  // method -> end of the wait the client was told

  bool temporary() const { return expiresAt != 0; }
};

/// Records are shared with the connections that are answering a call: a key may be destroyed meanwhile.
class KeyRing {
 public:
  /// nullptr when unknown or expired.
  std::shared_ptr<KeyRecord> find(std::uint64_t id, std::int64_t unixNow) const;

  /// The permanent key behind a bound temporary one, else the key itself; nullptr when that one is gone.
  std::shared_ptr<KeyRecord> ownerOf(const std::shared_ptr<KeyRecord>& record, std::int64_t unixNow) const;

  bool contains(std::uint64_t id) const { return keys_.contains(id); }

  bool full() const;
  void add(std::shared_ptr<KeyRecord> record);
  void remove(std::uint64_t id);

 private:
  std::map<std::uint64_t, std::shared_ptr<KeyRecord>> keys_;
};

}  // namespace mtpool::sim
