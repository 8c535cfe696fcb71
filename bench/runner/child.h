// SPDX-License-Identifier: Apache-2.0
// A program that runs beside the benchmark, in an environment of its own and with its output in files.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::bench {

class Child {
 public:
  /// arguments[0] is the path. Output goes to folder/name.out and .err; the folder is its HOME.
  static Result<Child> start(const std::string& folder, const std::string& name,
                             const std::vector<std::string>& arguments);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Kills what still runs.
  ~Child();

  pid_t pid() const { return pid_; }

  const std::string& outputFile() const { return output_; }

  const std::string& errorFile() const { return errors_; }

  /// The exit code once it has ended; 128 + number after a signal.
  std::optional<int> exited();

  /// SIGTERM, then patience, then SIGKILL. The exit code.
  int stop(std::chrono::seconds patience);

 private:
  Child(std::string name, std::string output, std::string errors)
      : name_(std::move(name)), output_(std::move(output)), errors_(std::move(errors)) {}

  std::string name_;
  std::string output_;
  std::string errors_;
  pid_t pid_ = -1;
  std::optional<int> code_;
};

/// Rests a few milliseconds, for loops that look for an event with a deadline.
void restShortly(std::chrono::milliseconds time);

/// The whole file; empty when it can't be read.
std::string readText(const std::string& path);

}  // namespace mtpool::bench
