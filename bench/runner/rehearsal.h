// SPDX-License-Identifier: Apache-2.0
// A simulated Telegram and an engine on it, in a folder of their own that goes away with them. Limits are
// wide open and the health port is off; nothing else differs from an installed engine.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "bench/runner/child.h"
#include "bench/runner/options.h"
#include "engine/cli/control_client.h"

namespace mtpool::bench {

/// A temporary folder.
class Folder {
 public:
  static Result<Folder> make();

  Folder(Folder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }

  Folder& operator=(Folder&&) = delete;
  ~Folder();

  const std::string& path() const { return path_; }

 private:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

class Rehearsal {
 public:
  /// Starts the simulator and waits until it listens; the engine is not started.
  static Result<std::unique_ptr<Rehearsal>> open(const Options& options);

  /// Returns when the engine answers on its socket: how long that took from the start of the process.
  Result<std::chrono::microseconds> startEngine();

  /// Logs so many user accounts in, then adds all channels as targets. Nothing is collected yet.
  Result<void> prepare(std::int64_t accounts, std::int64_t channels);
  /// Lets sessions begin.
  Result<void> release();

  /// Messages stored and targets complete so far. Errc::Internal when a target failed.
  struct Progress {
    std::int64_t stored = 0;
    std::int64_t complete = 0;
  };

  Result<Progress> progress();

  pid_t enginePid() const { return engine_->pid(); }

  pid_t simulatorPid() const { return simulator_->pid(); }

  /// Stops both in order. An error when one did not, or when the simulator counted violations.
  Result<void> close();

 private:
  Rehearsal(Folder folder, const Options& options) : folder_(std::move(folder)), options_(options) {}

  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }

  Result<void> startSimulator();
  Result<void> logIn(std::int64_t number);
  Result<cli::v1::Envelope> ask(cli::v1::Envelope request);
  void writeSettings();
  Error broken(const std::string& what, const Child& child) const;

  Folder folder_;
  Options options_;
  std::string dataCentres_;
  std::optional<Child> simulator_;
  std::optional<Child> engine_;
  std::optional<cli::ControlClient> control_;
};

}  // namespace mtpool::bench
