// SPDX-License-Identifier: Apache-2.0
#include "engine/control/subscription.h"

#include <algorithm>

#include "engine/control/codec/failure.h"
#include "engine/control/frame.h"

namespace mtpool::control {

namespace {

v1::Topic topicOf(admin::Topic topic) {
  switch (topic) {
    case admin::Topic::Status:
      return v1::TOPIC_STATUS;
    case admin::Topic::Sessions:
      return v1::TOPIC_SESSIONS;
    case admin::Topic::Accounts:
      return v1::TOPIC_ACCOUNTS;
    case admin::Topic::Targets:
      return v1::TOPIC_TARGETS;
    case admin::Topic::Settings:
      return v1::TOPIC_SETTINGS;
    case admin::Topic::Progress:
      return v1::TOPIC_PROGRESS;
  }
  return v1::TOPIC_UNSPECIFIED;
}

}  // namespace

std::chrono::milliseconds intervalOf(std::uint32_t maxPerSecond, std::chrono::milliseconds second) {
  constexpr std::uint32_t kUsual = 2;
  constexpr std::uint32_t kMost = 4;
  return second / std::min(maxPerSecond == 0 ? kUsual : maxPerSecond, kMost);
}

Subscription::Subscription(Outbox& outbox, const Executor& executor, std::uint64_t id,
                           std::unique_ptr<View> view, Pace pace)
    : outbox_(outbox), id_(id), view_(std::move(view)), pace_(pace), wake_(executor) {}

Task<void> Subscription::run(admin::Operations& operations, const Clock& clock) {
  MonoTime lastSent = clock.mono();
  while (!stopped_) {
    if (auto ready = co_await outbox_.drained(stopped_); !ready.ok() || stopped_) {
      co_return;
    }
    auto result = co_await sendState(operations);
    if (result.ok() && !sent_ && clock.mono() - lastSent >= pace_.heartbeat) {
      v1::Envelope heartbeat;
      result = co_await sendItem(std::move(heartbeat));
      sent_ = true;
    }
    if (!result.ok()) {
      v1::Envelope last;
      codec::encode(result.error(), *last.mutable_item()->mutable_ended());
      result = co_await sendItem(std::move(last));
      co_return;
    }
    if (sent_) {
      lastSent = clock.mono();
    }
    const auto waited = co_await wake_.waitUntil(clock.mono() + pace_.interval);
    if (!waited.ok() && waited.error().code() == Errc::Cancelled) {
      co_return;
    }
  }
}

void Subscription::stop() {
  stopped_ = true;
  wake_.notify();
  outbox_.wake();
}

Task<Result<void>> Subscription::sendState(admin::Operations& operations) {
  sent_ = false;
  // Read before the state: what changes in between is news for the next look.
  const auto version = operations.version(view_->topic());
  if (started_ && version == version_) {
    co_return Result<void>();
  }
  MTP_CO_TRY(auto parts, co_await view_->next(operations));
  version_ = version;
  for (std::size_t i = 0; i < parts.size() && !stopped_; ++i) {
    parts[i].mutable_item()->set_reset(!started_ && i == 0);
    MTP_CO_DO(co_await sendItem(std::move(parts[i])));
    sent_ = true;
  }
  started_ = true;
  co_return Result<void>();
}

Task<Result<void>> Subscription::sendItem(v1::Envelope envelope) {
  envelope.set_request_id(id_);
  envelope.mutable_item()->set_topic(topicOf(view_->topic()));
  envelope.mutable_item()->set_version(version_);
  auto frame = encodeFrame(envelope);
  co_return co_await outbox_.push(std::move(frame));
}

}  // namespace mtpool::control
