// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/engine_link.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>

#include "gui/link/plain_text.h"

namespace mtpool::gui {
namespace {

// One turn of the event loop takes at most this much, so that a flood of frames can't freeze the window.
constexpr qint64 kSliceBytes = 64 * 1024;
constexpr int kSliceFrames = 64;
// An answer in several envelopes may not grow beyond this.
constexpr std::size_t kMaxAnswerBytes = 64U << 20;
// A window asks for little at once; more than this waiting means the engine hangs.
constexpr std::size_t kMaxPending = 256;
constexpr int kMaxHousekeepingMs = 1000;

pb::Envelope failure(const char* code, const QString& text) {
  pb::Envelope envelope;
  envelope.mutable_failure()->set_code(code);
  envelope.mutable_failure()->set_text(text.toStdString());
  return envelope;
}

}  // namespace

EngineLink::EngineLink(std::unique_ptr<Transport> transport, const Clock& clock, LinkTiming timing)
    : transport_(std::move(transport)), clock_(clock), timing_(timing) {
  connect(transport_.get(), &Transport::opened, this, &EngineLink::onOpened);
  connect(transport_.get(), &Transport::closed, this, &EngineLink::lose);
  retry_.setSingleShot(true);
  connect(&retry_, &QTimer::timeout, this, &EngineLink::open);
  greeting_.setSingleShot(true);
  connect(&greeting_, &QTimer::timeout, this, [this] {
    lose(tr("The engine took the connection but did not greet. It may hang; look at its log."));
  });
  housekeeping_.setInterval(std::min({kMaxHousekeepingMs, timing_.ping, timing_.request}));
  connect(&housekeeping_, &QTimer::timeout, this, &EngineLink::housekeep);
}

EngineLink::~EngineLink() {
  // A transport may still read while it ends; by then the members that its bytes would meet are gone.
  transport_->disconnect(this);
  if (QIODevice* device = transport_->device()) {
    device->disconnect(this);
  }
  transport_->close();
}

void EngineLink::start() {
  if (state_ == State::Idle) {
    open();
  }
}

void EngineLink::retryNow() {
  if (state_ == State::Waiting) {
    backoffMs_ = 0;
    open();
  }
}

int EngineLink::nextTryMs() const {
  return state_ == State::Waiting ? std::max(0, retry_.remainingTime()) : 0;
}

void EngineLink::setState(State state) {
  if (state_ != state) {
    state_ = state;
    Q_EMIT stateChanged();
  }
}

void EngineLink::open() {
  retry_.stop();
  reader_.clear();
  framesLeft_ = false;
  setState(State::Connecting);
  transport_->open();
}

void EngineLink::onOpened() {
  connect(transport_->device(), &QIODevice::readyRead, this, &EngineLink::readSlice, Qt::UniqueConnection);
  setState(State::Greeting);
  greeting_.start(timing_.greeting);
  pb::Envelope hello;
  hello.mutable_hello()->set_major(kProtocolMajor);
  hello.mutable_hello()->set_minor(kProtocolMinor);
  hello.mutable_hello()->set_client(
      QStringLiteral("mtpool-console %1").arg(QCoreApplication::applicationVersion()).toStdString());
  send(hello);
}

void EngineLink::lose(const QString& why) {
  if (state_ == State::Waiting || state_ == State::Idle) {
    return;
  }
  greeting_.stop();
  housekeeping_.stop();
  transport_->close();
  reader_.clear();
  partial_.clear();
  partialBytes_ = 0;
  subscriptions_.clear();
  latencyMs_ = -1;
  problem_ = why;
  hasTried_ = true;
  backoffMs_ = std::clamp(backoffMs_ * 2, timing_.backoffMin, timing_.backoffMax);
  // Jitter of a quarter: many consoles must not call a restarted engine in the same instant.
  retry_.start(backoffMs_ - QRandomGenerator::global()->bounded(backoffMs_ / 4 + 1));
  setState(State::Waiting);
  failPending("unavailable",
              tr("The connection was lost before the engine answered; it may have acted nevertheless."));
}

void EngineLink::send(const pb::Envelope& envelope) {
  transport_->device()->write(encodeFrame(envelope));
}

void EngineLink::readSlice() {
  if (state_ != State::Greeting && state_ != State::Online) {
    return;
  }
  QIODevice* device = transport_->device();
  if (!framesLeft_) {
    reader_.feed(device->read(kSliceBytes));
  }
  lastHeardMs_ = clock_.monoMs();
  pb::Envelope envelope;
  auto outcome = FrameReader::Outcome::Frame;
  for (int i = 0; i < kSliceFrames; ++i) {
    outcome = reader_.next(envelope);
    if (outcome != FrameReader::Outcome::Frame) {
      break;
    }
    handle(envelope);
    if (state_ != State::Greeting && state_ != State::Online) {
      return;
    }
  }
  if (outcome == FrameReader::Outcome::Broken) {
    lose(tr("%1 does not speak the control protocol. Is it an mtpool engine?").arg(peerName()));
    return;
  }
  framesLeft_ = outcome == FrameReader::Outcome::Frame;
  if ((framesLeft_ || device->bytesAvailable() > 0) && !sliceQueued_) {
    sliceQueued_ = true;
    QTimer::singleShot(0, this, [this] {
      sliceQueued_ = false;
      readSlice();
    });
  }
}

void EngineLink::handle(pb::Envelope& envelope) {
  if (state_ == State::Greeting) {
    handleGreeting(envelope);
    return;
  }
  if (!gather(envelope)) {
    return;
  }
  if (envelope.has_item()) {
    const auto topic = envelope.item().topic();
    const auto known = subscriptions_.find(topic);
    if (known == subscriptions_.end() || known->second != envelope.request_id()) {
      return;  // a straggler of a view that was closed
    }
    if (envelope.item().has_ended()) {
      subscriptions_.erase(known);  // asked for again at the next housekeeping
      return;
    }
    Q_EMIT itemReceived(envelope.item());
    return;
  }
  finish(envelope.request_id(), envelope);
}

void EngineLink::handleGreeting(const pb::Envelope& envelope) {
  if (envelope.has_failure()) {
    lose(failureText(envelope.failure()));
    return;
  }
  if (!envelope.has_welcome()) {
    lose(tr("%1 does not speak the control protocol. Is it an mtpool engine?").arg(peerName()));
    return;
  }
  if (envelope.welcome().major() != kProtocolMajor) {
    lose(tr("The engine speaks control protocol %1, this console %2. Install the same release of both.")
             .arg(envelope.welcome().major())
             .arg(kProtocolMajor));
    return;
  }
  greeting_.stop();
  welcome_ = envelope.welcome();
  problem_.clear();
  hasTried_ = true;
  backoffMs_ = 0;
  setState(State::Online);
  for (const auto topic : wanted_) {
    subscribe(topic);
  }
  housekeeping_.start();
  ping();
}

/// Joins envelopes that belong to one answer; true when envelope is whole.
bool EngineLink::gather(pb::Envelope& envelope) {
  const auto id = envelope.request_id();
  const auto begun = partial_.find(id);
  if (!envelope.more() && begun == partial_.end()) {
    return true;
  }
  partialBytes_ += envelope.ByteSizeLong();
  if (partialBytes_ > kMaxAnswerBytes) {
    lose(tr("The engine sent an answer longer than this console accepts."));
    return false;
  }
  const bool last = !envelope.more();
  partial_[id].MergeFrom(envelope);
  if (!last) {
    return false;
  }
  envelope = std::move(partial_[id]);
  partial_.erase(id);
  partialBytes_ = partial_.empty() ? 0 : partialBytes_ - std::min(partialBytes_, envelope.ByteSizeLong());
  return true;
}

void EngineLink::request(pb::Envelope envelope, QObject* owner, Reply reply) {
  if (!online()) {
    reply(failure("unavailable", tr("There is no contact with the engine.")));
    return;
  }
  if (pending_.size() >= kMaxPending) {
    reply(failure("busy", tr("The engine has not answered earlier requests yet. Try again shortly.")));
    return;
  }
  const auto id = ++lastId_;
  envelope.set_request_id(id);
  pending_[id] = {owner, std::move(reply), clock_.monoMs() + timing_.request};
  send(envelope);
}

void EngineLink::finish(quint64 id, const pb::Envelope& reply) {
  const auto found = pending_.find(id);
  if (found == pending_.end()) {
    return;  // the answer to a Subscribe's refusal, or to a request that timed out
  }
  const Pending pending = std::move(found->second);
  pending_.erase(found);
  if (pending.owner) {
    pending.reply(reply);
  }
}

void EngineLink::failPending(const char* code, const QString& text) {
  auto failed = std::move(pending_);
  pending_.clear();
  const auto envelope = failure(code, text);
  for (const auto& [id, pending] : failed) {
    if (pending.owner) {
      pending.reply(envelope);
    }
  }
}

void EngineLink::setSubscribed(pb::Topic topic, bool wanted) {
  if (wanted == (wanted_.count(topic) > 0)) {
    return;
  }
  if (wanted) {
    wanted_.insert(topic);
    if (online()) {
      subscribe(topic);
    }
    return;
  }
  wanted_.erase(topic);
  const auto known = subscriptions_.find(topic);
  if (known != subscriptions_.end()) {
    pb::Envelope envelope;
    envelope.set_request_id(++lastId_);
    envelope.mutable_unsubscribe()->set_subscription(known->second);
    subscriptions_.erase(known);
    send(envelope);
  }
}

void EngineLink::subscribe(pb::Topic topic) {
  pb::Envelope envelope;
  envelope.set_request_id(++lastId_);
  envelope.mutable_subscribe()->set_topic(topic);
  envelope.mutable_subscribe()->set_max_per_second(2);
  subscriptions_[topic] = lastId_;
  send(envelope);
}

void EngineLink::ping() {
  lastPingMs_ = clock_.monoMs();
  pb::Envelope envelope;
  envelope.mutable_get_status();
  request(std::move(envelope), this, [this, sentMs = lastPingMs_](const pb::Envelope& reply) {
    if (reply.has_status_reply()) {
      latencyMs_ = static_cast<int>(clock_.monoMs() - sentMs);
      Q_EMIT latencyChanged();
    }
  });
}

void EngineLink::housekeep() {
  if (!online()) {
    return;
  }
  const auto now = clock_.monoMs();
  if (now - lastHeardMs_ > timing_.silence) {
    lose(tr("The engine has said nothing for %n second(s).", nullptr, timing_.silence / 1000));
    return;
  }
  // Requests carry rising ids and one deadline, so the oldest come first.
  while (!pending_.empty() && pending_.begin()->second.deadlineMs <= now) {
    const auto id = pending_.begin()->first;
    finish(id, failure("timed_out", tr("The engine did not answer in time; it may act nevertheless.")));
  }
  for (const auto topic : wanted_) {
    if (subscriptions_.count(topic) == 0) {
      subscribe(topic);
    }
  }
  if (now - lastPingMs_ >= timing_.ping) {
    ping();
  }
}

QString failureText(const pb::Failure& failure) {
  const auto text = plainText(failure.text());
  return text.isEmpty() ? plainText(failure.code(), kMaxCellChars) : text;
}

}  // namespace mtpool::gui
