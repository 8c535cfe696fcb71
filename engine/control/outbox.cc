// SPDX-License-Identifier: Apache-2.0
#include "engine/control/outbox.h"

#include <utility>

namespace mtpool::control {

namespace {

Error closed() {
  return {Errc::Cancelled, "the connection is closing"};
}

}  // namespace

Task<Result<void>> Outbox::room() {
  while (!closed_ && bytes_ + writing_ + promised_ >= kMaxBytes) {
    MTP_CO_DO(co_await changed_.wait());
  }
  co_return closed_ ? Result<void>(closed()) : Result<void>();
}

void Outbox::kept(std::size_t bytes) {
  promised_ -= bytes;
  changed_.notify();
}

Task<Result<void>> Outbox::push(std::string frame) {
  while (!closed_ && bytes_ + writing_ >= kMaxBytes) {
    MTP_CO_DO(co_await changed_.wait());
  }
  if (closed_) {
    co_return closed();
  }
  tryPush(std::move(frame));
  co_return Result<void>();
}

void Outbox::tryPush(std::string frame) {
  if (closed_ || bytes_ + writing_ >= kMaxBytes) {
    return;
  }
  bytes_ += frame.size();
  frames_.push_back(std::move(frame));
  changed_.notify();
}

Task<Result<std::string>> Outbox::pop() {
  while (frames_.empty()) {
    if (closed_) {
      co_return closed();
    }
    MTP_CO_DO(co_await changed_.wait());
  }
  std::string frame = std::move(frames_.front());
  frames_.pop_front();
  bytes_ -= frame.size();
  writing_ = frame.size();
  changed_.notify();
  co_return frame;
}

Task<Result<void>> Outbox::drained(const bool& givenUp) {
  while (bytes_ + writing_ > 0 && !givenUp) {
    if (closed_) {
      co_return closed();
    }
    MTP_CO_DO(co_await changed_.wait());
  }
  co_return Result<void>();
}

void Outbox::written() {
  writing_ = 0;
  changed_.notify();
}

void Outbox::close() {
  closed_ = true;
  changed_.notify();
}

}  // namespace mtpool::control
