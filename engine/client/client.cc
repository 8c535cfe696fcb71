// SPDX-License-Identifier: Apache-2.0
#include "engine/client/client.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/async/deadline.h"
#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/client/init_query.h"
#include "engine/client/key_exchange.h"
#include "engine/client/rpc_errors.h"

namespace mtpool::client {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kKeyExchangeTime{15};
constexpr seconds kInitTime{30};
// Telegram answers a ping at once; a server that owes a pong for so long is gone although the socket lives.
constexpr seconds kSilence{12};
static_assert(mtproto::SessionLimits().pingEvery + kSilence < seconds(75),
              "so long a dead connection may stand");

// Anybody on the path can refuse a key or play another data centre once. A second connection in a row is
// believed as far as to stop knocking; only an answer under the key may say that an account is lost.
constexpr std::size_t kBelievedRefusals = 2;

// Errors that the next connection cannot cure end the client.
bool mendable(const Error& error) {
  const auto disposition = error.disposition();
  return disposition == Disposition::DropConnection || disposition == Disposition::RetrySame;
}

/// Ends the client, though nothing vouches for who said it.
bool unproven(Errc code) {
  return code == Errc::AuthKeyUnknown || code == Errc::InvalidDc || code == Errc::UnknownServerKey;
}

mtproto::SessionLimits sessionLimits() {
  mtproto::SessionLimits limits;
  limits.pushes = false;  // update tails come with the updates layer; nothing listens yet
  return limits;
}

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

struct Client::Pending {
  explicit Pending(const Executor& executor) : done(executor) {}

  async::Event done;
  std::optional<Result<Bytes>> result;
};

Client::Client(ClientContext& context, Executor executor, std::int32_t dc, std::optional<model::DcKey> key)
    : context_(context),
      executor_(std::move(executor)),
      dc_(dc),
      scope_(executor_),
      wake_(executor_),
      changed_(executor_) {
  if (key) {
    authKey_ = std::make_shared<crypto::AuthKey>(ByteView(key->authKey.reveal()));
    salt_ = key->salt;
  }
}

Client::~Client() = default;

std::optional<model::DcKey> Client::key() const {
  if (!authKey_) {
    return std::nullopt;
  }
  model::DcKey out;
  out.authKey = authKey_->bytes();
  out.salt = session_ ? session_->salt() : salt_;
  return out;
}

Task<Result<void>> Client::open(MonoTime deadline) {
  scope_.spawn("client", run());
  co_return co_await untilReady(deadline);
}

Task<void> Client::stop() {
  stopping_ = true;
  scope_.cancel();
  breakWith(Error(Errc::Cancelled, "the connection was closed"));
  co_await scope_.join();
}

Task<Result<void>> Client::untilReady(MonoTime deadline) {
  while (!ready_) {
    if (broken_) {
      co_return *broken_;
    }
    auto changed = co_await changed_.waitUntil(deadline);
    if (!changed.ok() && changed.error().code() == Errc::Timeout) {
      co_return Error(Errc::Timeout,
                      // Not trouble_: who hears this waits no longer, whatever is tried again.
                      fmt::format("no connection to data centre {} in time: {}", dc_,
                                  failure_.empty() ? trouble_ : failure_));
    }
    MTP_CO_DO(std::move(changed));
  }
  co_return Result<void>();
}

void Client::breakWith(Error error) {
  broken_ = error;
  setReady(false);
  trouble_ = error.text();
  if (link_ != nullptr) {
    link_->close();
  }
  auto waiting = std::move(pending_);
  pending_.clear();
  for (auto& [request, pending] : waiting) {
    pending->result = error;
    pending->done.notify();
  }
  changed_.notify();
}

void Client::setReady(bool ready) {
  if (std::exchange(ready_, ready) != ready) {
    readySince_ = ready ? context_.clock.mono() : readySince_;
    ready ? context_.reachability.opened() : context_.reachability.closed();
  }
}

void Client::say(std::string doing) {
  trouble_ = failure_.empty() ? std::move(doing) : fmt::format("{}; {}", failure_, doing);
}

bool Client::ends(const Error& why, bool wasReady) {
  const Errc code = why.code();
  // While a key is being made -404 only means that the attempt failed.
  if (!unproven(code) || (code == Errc::AuthKeyUnknown && !authKey_)) {
    refusals_ = 0;
    return !mendable(why);
  }
  const bool again = code == refusal_ && !wasReady;
  refusal_ = code;
  refusals_ = again ? refusals_ + 1 : 1;
  // An address may lead astray; a key is known everywhere or nowhere.
  const std::size_t addresses = code == Errc::AuthKeyUnknown ? 1 : Link::addresses(context_, dc_);
  return refusals_ >= std::max(kBelievedRefusals, addresses);
}

milliseconds Client::pauseAfter(const Error& why, bool wasReady) {
  const MonoTime now = context_.clock.mono();
  if (wasReady) {
    backoff_.served(now - readySince_);
  }
  if (!wasReady || unproven(why.code())) {
    ++firstAddress_;  // another one may fare better
  }
  if (why.code() == Errc::TransportFlood) {
    context_.connectGates[dc_].flooded(now);
  }
  return backoff_.next(context_.pauses, why.code(), context_.random);
}

Task<void> Client::run() {
  while (!stopping_) {
    auto ended = co_await runConnection();
    const bool wasReady = ready_;
    setReady(false);
    if (stopping_ || broken_) {
      break;
    }
    Error why = ended.ok() ? Error(Errc::ConnectionLost, "the connection ended") : std::move(ended).error();
    failure_ = why.text();
    context_.probe.disconnects.add();
    // A key that is not known is one account's trouble: somebody did answer.
    const bool keyRefused = authKey_ && why.code() == Errc::AuthKeyUnknown;
    if (!wasReady && why.code() != Errc::Cancelled && !keyRefused) {
      context_.reachability.failed(failure_, context_.clock.wall());
    }
    if (ends(why, wasReady)) {
      breakWith(std::move(why));
      co_return;
    }
    const milliseconds pause = pauseAfter(why, wasReady);
    say(fmt::format("tries again in {:.1f} s", std::chrono::duration<double>(pause).count()));
    log::warn("client", "dc={} {}", dc_, printable(trouble_));
    auto slept = co_await async::sleepFor(pause);
    if (!slept.ok()) {
      break;
    }
  }
}

// The wait itself must not look like a connection that hangs.
Task<Result<void>> Client::waitForTurn() {
  const MonoTime at = Link::turn(context_, dc_);
  if (at > context_.clock.mono()) {
    say("waits for its turn to connect (MTPROTO_CONNECT_RATE)");
    MTP_CO_DO(co_await async::sleepUntil(at));
  }
  say("connecting");
  co_return Result<void>();
}

/// One address after the other, each dial in its turn.
Task<Result<std::unique_ptr<Link>>> Client::connect() {
  for (std::size_t tried = 1;; ++tried) {
    MTP_CO_DO(co_await waitForTurn());
    auto link = co_await Link::open(context_, dc_, firstAddress_ + tried - 1);
    if (link.ok() || link.error().code() == Errc::Cancelled || tried >= Link::addresses(context_, dc_)) {
      co_return link;
    }
  }
}

Task<Result<void>> Client::prepareKey(Link& link) {
  if (!authKey_) {
    const MonoTime deadline = context_.clock.mono() + kKeyExchangeTime;
    auto exchange = exchangeKey(context_, link, dc_);
    MTP_CO_TRY(mtproto::HandshakeResult result,
               co_await async::withDeadline<mtproto::HandshakeResult>(
                   deadline, "the key exchange was not answered in time", std::move(exchange)));
    authKey_ = std::make_shared<crypto::AuthKey>(std::move(result.key));
    salt_ = result.salt;
    session_.emplace(authKey_, salt_, context_.clock, context_.random, sessionLimits());
    session_->serverClock().set(static_cast<std::int64_t>(result.serverTime) << 32);
  } else if (!session_) {
    // Its clock takes the host's for a guess until the server has told its time.
    session_.emplace(authKey_, salt_, context_.clock, context_.random, sessionLimits());
  }
  co_return Result<void>();
}

Task<Result<void>> Client::runConnection() {
  MTP_CO_TRY(const std::unique_ptr<Link> link, co_await connect());
  MTP_CO_DO(co_await prepareKey(*link));
  session_->onConnected();
  link_ = link.get();
  verdict_.reset();
  async::TaskScope helpers(executor_);
  helpers.spawn("client writer", writeLoop(*link));
  helpers.spawn("client init", initialise());
  auto ended = co_await readLoop(*link);
  link->close();
  link_ = nullptr;
  if (verdict_) {
    ended = *verdict_;
  }
  helpers.cancel();
  co_await helpers.join();
  session_->onDisconnected();
  co_return ended;
}

/// Ends the connection, not the client: the reader ends with the stream, and run() connects again.
void Client::hangUp(Error why) {
  if (link_ == nullptr || why.code() == Errc::Cancelled) {
    return;
  }
  verdict_ = verdict_.value_or(std::move(why));
  link_->close();
}

Task<Result<void>> Client::readLoop(Link& link) {
  while (true) {
    MTP_CO_TRY(const ByteView packet, co_await link.receive());
    auto events = session_->receive(packet);
    // What was handled before an error has happened all the same: no call waits for another packet to hear
    // it.
    dispatchAll(events.ok() ? std::move(events).value() : session_->takeEvents());
    if (!events.ok()) {
      co_return std::move(events).error();
    }
    wake_.notify();
  }
}

Task<void> Client::writeLoop(Link& link) {
  while (true) {
    const auto packets = session_->takePackets();
    dispatchAll(session_->takeEvents());
    if (!packets.empty()) {
      auto sent = co_await link.send(packets);
      if (!sent.ok()) {
        hangUp(std::move(sent).error());
        co_return;
      }
    }
    MonoTime next = session_->nextDue().value_or(MonoTime::max());
    if (const auto since = session_->waitingSince()) {
      if (context_.clock.mono() - *since >= kSilence) {
        hangUp(Error(Errc::ConnectionLost,
                     fmt::format("{} has not answered a ping for {} s", link.peer(), kSilence.count())));
        co_return;
      }
      next = std::min(next, *since + kSilence);
    }
    auto woken = co_await wake_.waitUntil(next);
    if (!woken.ok() && woken.error().code() != Errc::Timeout) {
      co_return;
    }
  }
}

Task<void> Client::initialise() {
  auto query = initQuery(context_.application);
  const CallOptions options("help.getConfig", context_.clock.mono() + kInitTime);
  auto answer = co_await ask(std::move(query), options);
  if (answer.ok()) {
    learnConfig(context_.directory, *answer);
    setReady(true);
    failure_.clear();
    trouble_.clear();
    changed_.notify();
  } else if (mendable(answer.error())) {
    hangUp(std::move(answer).error());
  } else if (answer.error().code() != Errc::Cancelled) {
    if (answer.error().code() == Errc::InvalidConfig) {
      context_.reachability.refused(answer.error().text(), context_.clock.wall());
    } else {
      context_.reachability.answered();
    }
    breakWith(std::move(answer).error());
  }
}

Task<Result<Bytes>> Client::invoke(Bytes query, CallOptions options) {
  MTP_CO_DO(co_await untilReady(options.deadline));
  Bytes again = query;
  auto answer = co_await ask(std::move(query), options);
  if (!answer.ok() && answer.error().code() == Errc::ConnectionNotInited) {
    co_await initialise();
    co_return co_await ask(std::move(again), options);
  }
  co_return answer;
}

Task<Result<Bytes>> Client::ask(Bytes query, CallOptions options) {
  if (broken_) {
    co_return *broken_;
  }
  MTP_CO_TRY(const mtproto::RequestId request, session_->submit(std::move(query), options.idempotency));
  Pending pending(executor_);
  pending_.emplace(request, &pending);
  wake_.notify();
  while (!pending.result) {
    auto waited = co_await pending.done.waitUntil(options.deadline);
    if (!waited.ok() && !pending.result) {
      pending_.erase(request);
      session_->cancel(request);
      wake_.notify();
      if (waited.error().code() == Errc::Timeout) {
        const bool repeatable = options.idempotency != mtproto::Idempotency::Never;
        co_return Error(repeatable ? Errc::Timeout : Errc::OutcomeUnknown,
                        fmt::format("{} was not answered in time", options.method));
      }
      co_return waited.error();
    }
  }
  auto result = std::move(*pending.result);
  (result.ok() ? context_.probe.requests : context_.probe.failures).add();
  if (!result.ok()) {
    co_return std::move(result).error().in(options.method);
  }
  co_return result;
}

void Client::complete(mtproto::RequestId request, Result<Bytes> result) {
  const auto it = pending_.find(request);
  if (it == pending_.end()) {
    return;
  }
  Pending* pending = it->second;
  pending_.erase(it);
  pending->result = std::move(result);
  pending->done.notify();
}

void Client::logNote(const mtproto::Noted& noted) {
  const MonoTime now = context_.clock.mono();
  if (noteRate_.earliestAt(now) > now) {
    ++notesLeftOut_;
    return;
  }
  noteRate_.takeAt(now);
  log::info("client", "dc={} {} {}", dc_, printable(noted.what), noted.number);
  if (const int leftOut = std::exchange(notesLeftOut_, 0); leftOut > 0) {
    log::info("client", "dc={} {} such notes before it were left out", dc_, leftOut);
  }
}

void Client::dispatchAll(std::vector<mtproto::SessionEvent> events) {
  for (auto& event : events) {
    dispatch(std::move(event));
  }
}

void Client::dispatch(mtproto::SessionEvent event) {
  const auto handle = Overloaded{
      [this](mtproto::Answered& answered) { complete(answered.request, std::move(answered.body)); },
      [this](mtproto::Failed& failed) { complete(failed.request, rpcError(failed.error, "Telegram")); },
      [this](mtproto::Unknown& unknown) {
        complete(unknown.request,
                 Error(Errc::OutcomeUnknown,
                       "the connection broke before the answer; it is unknown whether it was done"));
      },
      [](mtproto::Pushed&) {},
      [this](mtproto::SaltChanged& changed) { salt_ = changed.salt; },
      [](mtproto::SessionCreated&) {},
      [this](mtproto::Noted& noted) { logNote(noted); },
  };
  std::visit(handle, event);
}

}  // namespace mtpool::client
