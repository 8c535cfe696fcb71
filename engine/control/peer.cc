// SPDX-License-Identifier: Apache-2.0
// Three scopes, because they end in this order: reading stops first, then the requests it started, and last
// the writer, which still carries their answers and the farewell out.
#include "engine/control/peer.h"

#include <fmt/format.h>
#include <unistd.h>

#include "engine/async/deadline.h"
#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/control/access.h"
#include "engine/control/codec/failure.h"
#include "engine/control/frame.h"

namespace mtpool::control {

namespace {

v1::Role roleOf(admin::Role role) {
  switch (role) {
    case admin::Role::Viewer:
      return v1::ROLE_VIEWER;
    case admin::Role::Operator:
      return v1::ROLE_OPERATOR;
    case admin::Role::Admin:
      return v1::ROLE_ADMIN;
  }
  return v1::ROLE_UNSPECIFIED;
}

std::size_t bytesOf(const Answer& answer) {
  std::size_t bytes = 0;
  for (const auto& part : answer) {
    bytes += part.ByteSizeLong();
  }
  return bytes;
}

}  // namespace

Peer::Peer(const Executor& executor, std::unique_ptr<net::Stream> stream, PeerIdentity identity,
           admin::Operations& operations, const Clock& clock, const PeerOptions& options)
    : executor_(executor),
      stream_(std::move(stream)),
      role_(identity.role),
      who_(std::move(identity.who)),
      operations_(operations),
      clock_(clock),
      options_(options),
      outbox_(executor),
      reading_(executor),
      requests_(executor),
      writing_(executor) {}

Task<void> Peer::run() {
  writing_.spawn("control writer", write());
  reading_.spawn("control reader", read());
  co_await reading_.join();
  requests_.cancel();
  co_await requests_.join();
  const auto deadline = clock_.mono() + options_.farewellWithin;
  auto flushed = co_await async::withDeadline<void>(deadline, "the peer does not read", outbox_.drained());
  if (!flushed.ok() && flushed.error().code() == Errc::Timeout) {
    log::info("control", "peer closed with words unread peer={}", stream_->peer());
  }
  outbox_.close();
  writing_.cancel();
  co_await writing_.join();
  stream_->close();
}

void Peer::stop() {
  stopping_ = true;
  reading_.cancel();
}

Task<void> Peer::read() {
  auto state = co_await greet();
  while (state.ok()) {
    state = co_await readRequest();
  }
  sayFarewell(state.error());
}

Task<void> Peer::write() {
  while (true) {
    auto frame = co_await outbox_.pop();
    if (!frame.ok()) {
      break;
    }
    const auto deadline = clock_.mono() + options_.writeWithin;
    auto late = std::string("the peer does not read");
    auto sent =
        co_await async::withDeadline<void>(deadline, std::move(late), stream_->writeAll(viewOf(*frame)));
    outbox_.written();
    if (!sent.ok()) {
      if (sent.error().code() == Errc::Timeout) {
        log::warn("control", "peer dropped, it reads nothing peer={}", stream_->peer());
      }
      break;
    }
  }
  outbox_.close();
  // Wakes the reader, which has nobody to answer any more.
  stream_->close();
}

Task<Result<void>> Peer::greet() {
  const auto deadline = clock_.mono() + options_.helloWithin;
  auto late = fmt::format("no hello within {} ms", options_.helloWithin.count());
  MTP_CO_TRY(const auto first,
             co_await async::withDeadline<v1::Envelope>(deadline, std::move(late), readEnvelope()));
  if (!first.has_hello()) {
    co_return Error(Errc::Malformed, "the first frame of a connection is a Hello");
  }
  if (first.hello().major() != kMajor) {
    co_return Error(
        Errc::Unsupported,
        fmt::format("this engine speaks version {} of the control protocol, the client {}; use the client "
                    "that came with mtpool {}",
                    kMajor, first.hello().major(), options_.engineVersion));
  }
  v1::Envelope reply;
  v1::Welcome& welcome = *reply.mutable_welcome();
  welcome.set_major(kMajor);
  welcome.set_minor(kMinor);
  welcome.set_engine_version(options_.engineVersion);
  welcome.set_engine_name(cleanUtf8(options_.engineName));
  welcome.set_role(roleOf(role_));
  welcome.set_pid(::getpid());
  log::debug("control", "hello peer={} client={} role={}", stream_->peer(), printable(first.hello().client()),
             name(role_));
  co_return co_await send(first.request_id(), std::move(reply));
}

Task<Result<void>> Peer::readRequest() {
  // Between requests a peer may be silent for as long as it likes, and costs no buffer.
  MTP_CO_DO(co_await stream_->waitReadable());
  const auto deadline = clock_.mono() + options_.frameWithin;
  auto late =
      fmt::format("half a frame, and the rest did not come within {} ms", options_.frameWithin.count());
  MTP_CO_TRY(auto request,
             co_await async::withDeadline<v1::Envelope>(deadline, std::move(late), readEnvelope()));
  co_return co_await accept(std::move(request));
}

Task<Result<v1::Envelope>> Peer::readEnvelope() {
  std::array<Byte, kFrameHeaderBytes> header{};
  MTP_CO_DO(co_await readExactly(header));
  MTP_CO_TRY(const std::size_t length, parseFrameHeader(header));
  // A frame may hold a login code or a password.
  SecretBytes body{Bytes(length)};
  MTP_CO_DO(co_await readExactly(body.revealMutable()));
  co_return parseEnvelope(body.reveal());
}

Task<Result<void>> Peer::readExactly(MutableBytes into) {
  while (!into.empty()) {
    MTP_CO_TRY(const std::size_t n, co_await stream_->readSome(into));
    into = into.subspan(n);
  }
  co_return Result<void>();
}

Task<Result<void>> Peer::accept(v1::Envelope request) {
  const auto id = request.request_id();
  if (id == 0) {
    co_return Error(Errc::Malformed, "a request needs a request_id above 0");
  }
  if (request.has_subscribe()) {
    co_return co_await subscribe(std::move(request));
  }
  if (request.has_unsubscribe()) {
    co_return co_await unsubscribe(std::move(request));
  }
  const Operation* operation = findOperation(request);
  if (operation == nullptr) {
    Error unknown(Errc::Unsupported,
                  "this engine does not know that request; is the client newer than the engine?");
    co_return co_await refuse(id, std::move(unknown));
  }
  if (auto allowed = checkRole(*operation, role_); !allowed.ok()) {
    co_return co_await refuse(id, std::move(allowed).error());
  }
  if (inFlight_ >= kMaxRequests) {
    Error busy(Errc::Busy,
               fmt::format("{} requests of this connection are unanswered; wait for one", kMaxRequests));
    co_return co_await refuse(id, std::move(busy));
  }
  ++inFlight_;
  requests_.spawn("control request", serve(operation, std::move(request)));
  co_return Result<void>();
}

Task<void> Peer::serve(const Operation* operation, v1::Envelope request) {
  const auto id = request.request_id();
  auto answer = co_await answerTo(operation, std::move(request));
  if (!answer.ok()) {
    auto told = co_await refuse(id, std::move(answer).error());
    (void)told;
  } else {
    co_await deliver(id, std::move(*answer));
  }
  --inFlight_;
}

Task<Result<Answer>> Peer::answerTo(const Operation* operation, v1::Envelope request) {
  // A list is made as a whole: asked for again and again by a peer that does not read, it is not made again.
  MTP_CO_DO(co_await outbox_.room());
  std::string who = who_;
  co_return co_await operation->run(operations_, std::move(request), std::move(who));
}

Task<void> Peer::deliver(std::uint64_t id, Answer answer) {
  std::size_t left = bytesOf(answer);
  outbox_.promise(left);
  for (auto& part : answer) {
    const std::size_t size = part.ByteSizeLong();
    if (auto sent = co_await send(id, std::move(part)); !sent.ok()) {
      break;
    }
    outbox_.kept(size);
    left -= size;
  }
  outbox_.kept(left);
}

Task<Result<void>> Peer::subscribe(v1::Envelope request) {
  const auto id = request.request_id();
  auto view = makeView(request.subscribe());
  if (!view.ok()) {
    co_return co_await refuse(id, std::move(view).error());
  }
  if (subscriptions_.contains(id)) {
    Error taken(Errc::AlreadyExists, fmt::format("subscription {} exists; choose another request_id", id));
    co_return co_await refuse(id, std::move(taken));
  }
  if (subscriptions_.size() >= kMaxSubscriptions) {
    Error many(Errc::LimitExceeded,
               fmt::format("{} subscriptions are open; end one first", kMaxSubscriptions));
    co_return co_await refuse(id, std::move(many));
  }
  const Pace pace{intervalOf(request.subscribe().max_per_second(), options_.second), options_.heartbeat};
  auto subscription = std::make_shared<Subscription>(outbox_, executor_, id, std::move(*view), pace);
  subscriptions_.emplace(id, subscription);
  requests_.spawn("control subscription", follow(id, std::move(subscription)));
  co_return Result<void>();
}

Task<void> Peer::follow(std::uint64_t id, std::shared_ptr<Subscription> subscription) {
  co_await subscription->run(operations_, clock_);
  subscriptions_.erase(id);
}

Task<Result<void>> Peer::unsubscribe(v1::Envelope request) {
  const auto id = request.request_id();
  const auto entry = subscriptions_.find(request.unsubscribe().subscription());
  if (entry == subscriptions_.end() || entry->second->stopped()) {
    Error none(Errc::NotFound, fmt::format("no subscription {}", request.unsubscribe().subscription()));
    co_return co_await refuse(id, std::move(none));
  }
  // It keeps its place until it has ended: what still runs is what the limit counts.
  entry->second->stop();
  v1::Envelope reply;
  reply.mutable_done();
  co_return co_await send(id, std::move(reply));
}

Task<Result<void>> Peer::send(std::uint64_t id, v1::Envelope envelope) {
  envelope.set_request_id(id);
  auto frame = encodeFrame(envelope);
  co_return co_await outbox_.push(std::move(frame));
}

Task<Result<void>> Peer::refuse(std::uint64_t id, Error error) {
  v1::Envelope reply;
  reply.set_request_id(id);
  codec::encode(error, *reply.mutable_failure());
  auto frame = encodeFrame(reply);
  // A cancelled request may not wait, and still owes its answer.
  if (co_await async::isCancelled()) {
    outbox_.tryPush(std::move(frame));
    co_return Result<void>();
  }
  co_return co_await outbox_.push(std::move(frame));
}

void Peer::sayFarewell(const Error& reason) {
  v1::Envelope last;
  if (stopping_) {
    codec::encode(Error(Errc::Cancelled, "the engine is stopping"), *last.mutable_failure());
  } else if (reason.code() == Errc::ConnectionLost || reason.code() == Errc::Cancelled) {
    return;
  } else {
    log::warn("control", "peer dropped peer={} reason={}", stream_->peer(), printable(reason.text()));
    codec::encode(reason, *last.mutable_failure());
  }
  outbox_.tryPush(encodeFrame(last));
}

}  // namespace mtpool::control
