// SPDX-License-Identifier: Apache-2.0
// Frames on their way to one peer: bounded, in order, and able to say when nothing waits any more, which is
// when a subscription may add its newest state. Lives on the peer's executor.
#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "engine/async/timer.h"

namespace mtpool::control {

class Outbox {
 public:
  /// As much as may wait in memory for a peer that does not read: a frame is taken while less than this
  /// waits.
  static constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;

  explicit Outbox(const Executor& executor) : changed_(executor) {}

  /// Waits until another answer may be made: what waits here, and what was promised, is below the bound.
  /// Errc::Cancelled when stopped or closed.
  Task<Result<void>> room();

  /// An answer was made whose frames are yet to come; kept() takes back what has come.
  void promise(std::size_t bytes) { promised_ += bytes; }

  void kept(std::size_t bytes);

  /// Waits while full. Errc::Cancelled when stopped or closed.
  Task<Result<void>> push(std::string frame);
  /// For a last word that may not wait: the frame is dropped when full or closed.
  void tryPush(std::string frame);

  /// Waits while empty. Errc::Cancelled when stopped, or closed and empty.
  Task<Result<std::string>> pop();

  /// Waits until nothing waits here, also nothing being written, or until `givenUp`, which lives as long as
  /// the wait and is looked at again at every wake().
  Task<Result<void>> drained(const bool& givenUp = kNever);

  void wake() { changed_.notify(); }

  /// The writer is done with the frame it popped last.
  void written();

  /// No more frames are taken; those inside can still be popped.
  void close();

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr bool kNever = false;

  std::deque<std::string> frames_;
  std::size_t bytes_ = 0;  // of frames_
  std::size_t promised_ = 0;
  std::size_t writing_ = 0;  // of the frame being written
  bool closed_ = false;
  async::Event changed_;
};

}  // namespace mtpool::control
