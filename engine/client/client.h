// SPDX-License-Identifier: Apache-2.0
// One live account: keeps its connection to one data centre, creates the key where there is none, and carries
// requests.
//
// One thread (the account's shard). Never two connections of one client at a time: the old one is closed
// before the next opens, because two home connections with one key make Telegram destroy the authorisation.
// No retry of requests happens here beyond what keeps their fate known; the policy chain of pool decides
// about errors.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/async/scope.h"
#include "engine/async/timer.h"
#include "engine/client/client_context.h"
#include "engine/client/link.h"
#include "engine/model/account.h"
#include "engine/mtproto/client_session.h"

namespace mtpool::client {

struct CallOptions {
  /// TL name, for errors and metrics: "messages.getHistory".
  std::string_view method;
  MonoTime deadline{};
  /// Never: what stays without an answer ends as OutcomeUnknown.
  mtproto::Idempotency idempotency = mtproto::Idempotency::Read;

  CallOptions(std::string_view name, MonoTime until) : method(name), deadline(until) {}
};

class Client {
 public:
  /// `key` empty: a new authorisation key is created on the first connection.
  Client(ClientContext& context, Executor executor, std::int32_t dc, std::optional<model::DcKey> key);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  /// stop() must have been awaited, or open() never called.
  ~Client();

  /// Starts connecting and returns when the data centre has accepted initConnection. Until `deadline` lost
  /// connections are tried again with back-off; then Errc::Timeout with the last reason. Errors that no retry
  /// mends come at once; what nobody vouches for only when it came twice in a row (AuthKeyUnknown), and from
  /// every address that is known (InvalidDc, UnknownServerKey).
  Task<Result<void>> open(MonoTime deadline);

  /// Sends a serialised query and returns the boxed answer. While the connection is down it waits for the
  /// next one, up to the deadline.
  Task<Result<Bytes>> invoke(Bytes query, CallOptions options);

  /// Closes the connection and ends every pending call with Cancelled. Idempotent.
  Task<void> stop();

  bool ready() const { return ready_; }

  std::int32_t dc() const { return dc_; }

  /// What to keep for the next start; empty while no key exists.
  std::optional<model::DcKey> key() const;

  /// Why it is not ready, for people: what broke, and what it waits for now. Empty when it is.
  const std::string& trouble() const { return trouble_; }

 private:
  struct Pending;

  Task<void> run();
  Task<Result<void>> runConnection();
  Task<Result<void>> waitForTurn();
  Task<Result<std::unique_ptr<Link>>> connect();
  Task<Result<void>> prepareKey(Link& link);
  Task<void> writeLoop(Link& link);
  Task<Result<void>> readLoop(Link& link);
  Task<void> initialise();
  Task<Result<Bytes>> ask(Bytes query, CallOptions options);
  Task<Result<void>> untilReady(MonoTime deadline);
  void dispatchAll(std::vector<mtproto::SessionEvent> events);
  void dispatch(mtproto::SessionEvent event);
  void logNote(const mtproto::Noted& noted);
  void complete(mtproto::RequestId request, Result<Bytes> result);
  void breakWith(Error error);
  void hangUp(Error why);
  void say(std::string doing);
  void setReady(bool ready);
  bool ends(const Error& why, bool wasReady);
  std::chrono::milliseconds pauseAfter(const Error& why, bool wasReady);

  ClientContext& context_;
  Executor executor_;
  std::int32_t dc_;
  std::shared_ptr<const crypto::AuthKey> authKey_;
  std::uint64_t salt_ = 0;
  std::optional<mtproto::ClientSession> session_;
  std::map<mtproto::RequestId, Pending*> pending_;
  async::TaskScope scope_;
  async::Event wake_;     // the writer has something to look at
  async::Event changed_;  // ready_ or broken_ changed
  std::optional<Error> broken_;
  Link* link_ = nullptr;  // while it stands
  std::optional<Error>
      verdict_;          // why we ended the connection ourselves: wins over what the reader sees then
  std::string failure_;  // why the last connection ended; empty once the next one is ready
  std::string trouble_ = "not connected yet";
  Backoff backoff_;
  MonoTime readySince_{};
  Errc refusal_{};            // what the last connection was refused with
  std::size_t refusals_ = 0;  // so many times in a row
  std::size_t firstAddress_ = 0;
  limits::Gcra noteRate_{1.0, 8.0};  // what a server makes us note must not fill the log
  int notesLeftOut_ = 0;
  bool ready_ = false;
  bool stopping_ = false;
};

}  // namespace mtpool::client
