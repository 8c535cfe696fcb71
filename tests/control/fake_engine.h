// SPDX-License-Identifier: Apache-2.0
// The real control server over FakeOperations, on its own thread and a private socket.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>

#include "engine/async/scope.h"
#include "engine/async/shard.h"
#include "engine/control/server.h"
#include "tests/control/fake_operations.h"

namespace mtpool::test {

/// A directory that ends with the test.
class PrivateDirectory {
 public:
  PrivateDirectory() {
    std::string pattern = "/tmp/mtpool-control-XXXXXX";
    MTP_CHECK(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }

  PrivateDirectory(const PrivateDirectory&) = delete;
  PrivateDirectory& operator=(const PrivateDirectory&) = delete;

  ~PrivateDirectory() { std::filesystem::remove_all(path_); }

  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline control::RoleOf everybodyIs(admin::Role role) {
  return [role](const net::PeerCredentials&) { return Result<admin::Role>(role); };
}

/// Pauses short enough for a test, long enough for a busy machine where a deadline would end it.
inline control::PeerOptions quickOptions() {
  control::PeerOptions options;
  options.engineVersion = "0.1.0";
  options.engineName = "fake";
  options.second = std::chrono::milliseconds(8);
  options.heartbeat = std::chrono::milliseconds(20);
  return options;
}

class FakeEngine {
 public:
  /// Runs `work(operations)` or `work()` on the engine's thread and returns what it returns.
  template <class F>
  auto on(F work) {
    auto bound = [&] {
      if constexpr (std::is_invocable_v<F, FakeOperations&>) {
        return work(*operations_);
      } else {
        return work();
      }
    };
    std::packaged_task<decltype(bound())()> task(bound);
    auto result = task.get_future();
    shard_.post([&task] { task(); });
    return result.get();
  }

  /// Until `condition(operations)` holds there; the test's own timeout is the limit.
  template <class F>
  void until(F condition) {
    while (!on(condition)) {
    }
  }

  explicit FakeEngine(control::RoleOf roleOf = everybodyIs(admin::Role::Admin),
                      control::PeerOptions options = quickOptions())
      : socket_(directory_.file("control.sock")) {
    shard_.start();
    on([this] { operations_ = std::make_unique<FakeOperations>(shard_.executor()); });
    start(std::move(roleOf), std::move(options));
  }

  FakeEngine(const FakeEngine&) = delete;
  FakeEngine& operator=(const FakeEngine&) = delete;

  ~FakeEngine() {
    stop();
    on([this] {
      server_.reset();
      operations_.reset();
    });
  }

  const std::string& socket() const { return socket_; }

  std::string file(const std::string& name) const { return directory_.file(name); }

  std::vector<std::string> calls() {
    return on([](FakeOperations& operations) { return operations.calls_; });
  }

  /// As the engine does at its end. Idempotent.
  void stop() {
    if (!scope_) {
      return;
    }
    on([this] { scope_->cancel(); });
    until([this] { return scope_->running() == 0; });
    on([this] { scope_.reset(); });
  }

  /// The engine again, after stop(): same socket, same tables.
  void restart() { start(everybodyIs(admin::Role::Admin), quickOptions()); }

 private:
  void start(control::RoleOf roleOf, control::PeerOptions options) {
    on([&] {
      auto listener = net::UnixListener::bind(shard_.executor(), socket_);
      MTP_CHECK(listener.ok());
      server_ = std::make_unique<control::Server>(shard_.executor(), std::move(*listener), std::move(roleOf),
                                                  *operations_, clock_);
      server_->setOptions(std::move(options));
      scope_ = std::make_unique<async::TaskScope>(shard_.executor());
      scope_->spawn("server", serve(*server_));
    });
  }

  static Task<void> serve(control::Server& server) {
    auto ended = co_await server.run();
    MTP_CHECK(ended.ok());
  }

  PrivateDirectory directory_;
  std::string socket_;
  SystemClock clock_;
  async::Shard shard_{"fake engine"};
  std::unique_ptr<FakeOperations> operations_;
  std::unique_ptr<control::Server> server_;
  std::unique_ptr<async::TaskScope> scope_;
};

}  // namespace mtpool::test
