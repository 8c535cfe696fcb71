// SPDX-License-Identifier: Apache-2.0
// The client's end of the control socket: blocking, one thread, every wait with a deadline.
//
// Errors: Unreachable and ConnectionLost are about the engine itself. What the engine answers as a Failure
// keeps its text; its code too where mtpoolctl acts on it, and is Internal where it does not, so an engine
// that cannot reach Telegram is never taken for an engine that is not there.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include "mtpool/control/v1/envelope.pb.h"

namespace mtpool::cli {

namespace v1 = ::mtpool::control::v1;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;

  explicit Descriptor(int fd) : fd_(fd) {}

  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}

  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int get() const { return fd_; }

  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

/// Connects to the first path somebody answers on, without a word. Unreachable names all that were tried;
/// Refused when who listens there is neither we, root, nor the owner of a directory nobody else may write to.
Result<Descriptor> dial(const std::vector<std::string>& paths);

class ControlClient {
 public:
  static constexpr std::chrono::seconds kUsualPatience{30};

  /// Dials and says hello.
  static Result<ControlClient> connect(const std::vector<std::string>& paths);

  const v1::Welcome& welcome() const { return welcome_; }

  /// One request, its whole answer in one envelope; a Failure is an Error.
  Result<v1::Envelope> ask(v1::Envelope request, std::chrono::milliseconds patience = kUsualPatience);
  /// The same for what may take long: `slow` is said to the person when nothing has come for two seconds.
  Result<v1::Envelope> askPatiently(v1::Envelope request, std::chrono::milliseconds patience,
                                    std::string_view slow);

  /// Begins a subscription; items come from nextItem().
  Result<void> subscribe(const v1::Subscribe& wanted);
  /// Timeout when none came; asking again is fine then. The end of the subscription is an Error.
  Result<v1::Item> nextItem(std::chrono::milliseconds patience);

 private:
  explicit ControlClient(Descriptor socket) : socket_(std::move(socket)) {}

  Result<void> greet();
  Result<v1::Envelope> answerTo(std::uint64_t id, MonoTime deadline);
  Result<void> send(const v1::Envelope& envelope, MonoTime deadline);
  Result<v1::Envelope> receive(MonoTime deadline);
  Result<void> receiveBytes(char* into, std::size_t size, MonoTime deadline);

  Descriptor socket_;
  v1::Welcome welcome_;
  std::uint64_t lastId_ = 0;
  std::deque<v1::Item> items_;  // came while ask() waited for its answer
};

}  // namespace mtpool::cli
