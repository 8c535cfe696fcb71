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
// Telegram answers a ping at once; a server silent for so long is gone although the socket lives.
constexpr seconds kSilence{30};
constexpr milliseconds kFirstBackoff{500};
constexpr milliseconds kLongestBackoff{60'000};

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
  auto opened = co_await untilReady(deadline);
  if (!opened.ok() && opened.error().code() == Errc::Timeout) {
    co_return Error(Errc::Timeout, fmt::format("no connection to data centre {} in time: {}", dc_, trouble_));
  }
  co_return opened;
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
    MTP_CO_DO(co_await changed_.waitUntil(deadline));
  }
  co_return Result<void>();
}

void Client::breakWith(Error error) {
  broken_ = error;
  ready_ = false;
  auto waiting = std::move(pending_);
  pending_.clear();
  for (auto& [request, pending] : waiting) {
    pending->result = error;
    pending->done.notify();
  }
  changed_.notify();
}

// Errors that the next connection cannot cure end the client; a refused key gets one second opinion.
bool Client::mendable(const Error& error) {
  if (error.code() == Errc::AuthKeyUnknown) {
    return ++keyRefusals_ < 2;
  }
  const auto disposition = error.disposition();
  return error.code() == Errc::Unreachable || disposition == Disposition::DropConnection ||
         disposition == Disposition::RetrySame;
}

Task<void> Client::run() {
  milliseconds backoff = kFirstBackoff;
  while (!stopping_) {
    auto ended = co_await runConnection();
    const bool wasReady = std::exchange(ready_, false);
    if (stopping_) {
      break;
    }
    Error why = ended.ok() ? Error(Errc::ConnectionLost, "the connection ended") : std::move(ended).error();
    trouble_ = why.text();
    context_.probe.disconnects.add();
    if (!mendable(why)) {
      if (why.code() == Errc::AuthKeyUnknown) {
        why = Error(Errc::Unauthorized, "Telegram no longer knows this account's key; log it in again");
      }
      breakWith(std::move(why));
      co_return;
    }
    if (wasReady) {
      backoff = kFirstBackoff;
    }
    log::warn("client", "connection to dc={} lost, next try within {} ms: {}", dc_, backoff.count(),
              printable(trouble_));
    const auto pause = milliseconds(context_.random.below(static_cast<std::uint64_t>(backoff.count())) + 1);
    backoff = std::min(backoff * 2, kLongestBackoff);
    auto slept = co_await async::sleepFor(pause);
    if (!slept.ok()) {
      break;
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
    session_.emplace(authKey_, salt_, context_.clock, context_.random);
    session_->serverClock().set(static_cast<std::int64_t>(result.serverTime) << 32);
  } else if (!session_) {
    session_.emplace(authKey_, salt_, context_.clock, context_.random);
    // A hint only: the first answer corrects it (bad_msg 16 and 17).
    session_->serverClock().set(unixSeconds(context_.clock.wall()) << 32);
  }
  co_return Result<void>();
}

Task<Result<void>> Client::runConnection() {
  MTP_CO_TRY(const std::unique_ptr<Link> link, co_await Link::open(context_, dc_));
  MTP_CO_DO(co_await prepareKey(*link));
  session_->onConnected();
  async::TaskScope helpers(executor_);
  helpers.spawn("client writer", writeLoop(*link));
  helpers.spawn("client init", initialise());
  auto ended = co_await readLoop(*link);
  link->close();
  helpers.cancel();
  co_await helpers.join();
  session_->onDisconnected();
  co_return ended;
}

Task<Result<void>> Client::readLoop(Link& link) {
  while (true) {
    MTP_CO_TRY(const ByteView packet, co_await link.receive());
    MTP_CO_TRY(std::vector<mtproto::SessionEvent> events, session_->receive(packet));
    for (auto& event : events) {
      dispatch(std::move(event));
    }
    wake_.notify();
  }
}

Task<void> Client::writeLoop(Link& link) {
  while (true) {
    const auto packets = session_->takePackets();
    if (!packets.empty()) {
      auto sent = co_await link.send(packets);
      if (!sent.ok()) {
        break;
      }
    }
    MonoTime next = session_->nextDue().value_or(MonoTime::max());
    if (const auto since = session_->waitingSince()) {
      if (context_.clock.mono() - *since > kSilence) {
        trouble_ = fmt::format("{} has not answered for {} s", link.peer(), kSilence.count());
        break;
      }
      next = std::min(next, *since + kSilence + milliseconds(1));
    }
    auto woken = co_await wake_.waitUntil(next);
    if (!woken.ok() && woken.error().code() != Errc::Timeout) {
      break;
    }
  }
  // The reader ends with the stream.
  link.close();
}

Task<void> Client::initialise() {
  auto query = initQuery(context_.application);
  const CallOptions options("help.getConfig", context_.clock.mono() + kInitTime);
  auto answer = co_await ask(std::move(query), options);
  if (answer.ok()) {
    learnConfig(context_.directory, *answer);
    keyRefusals_ = 0;
    ready_ = true;
    trouble_.clear();
    changed_.notify();
  } else if (answer.error().code() != Errc::Cancelled && !mendable(answer.error())) {
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
        co_return Error(Errc::Timeout, fmt::format("{} was not answered in time", options.method));
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

void Client::dispatch(mtproto::SessionEvent event) {
  const auto handle = Overloaded{
      [this](mtproto::Answered& answered) { complete(answered.request, std::move(answered.body)); },
      [this](mtproto::Failed& failed) { complete(failed.request, rpcError(failed.error, "Telegram")); },
      [this](mtproto::Unknown& unknown) {
        complete(unknown.request,
                 Error(Errc::ConnectionLost,
                       "the connection broke before the answer; it is unknown whether it was done"));
      },
      [](mtproto::Pushed&) {},  // update tails come with the updates layer; nothing listens yet
      [this](mtproto::SaltChanged& changed) { salt_ = changed.salt; },
      [](mtproto::SessionCreated&) {},
      [this](mtproto::Noted& noted) {
        log::info("client", "dc={} {} {}", dc_, printable(noted.what), noted.number);
      },
  };
  std::visit(handle, event);
}

}  // namespace mtpool::client
