// SPDX-License-Identifier: Apache-2.0
// The ledger: what was served to whom, as NDJSON, for tests/ledger_check.py (which defines the lines) to hold
// against a database.
//
// `message`: one message as it was served. `end`: a channel's first message was reached. `world`: the truth
// about a whole channel, written at the end for every channel that anything was served from.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/sim/world/world.h"

namespace mtpool::sim {

class Ledger {
 public:
  /// Creates or empties the file. Errc::Io names the file and what is wrong with it.
  static Result<Ledger> open(const std::string& path, const World& world);

  /// Writes to disk what is still buffered; a ledger that could not be written says so in finish().
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  void served(const Channel& channel, const Post& post, int dc, std::string_view client);
  /// The client has seen the oldest message of the channel.
  void reachedEnd(const Channel& channel);

  /// Lines reach the file now, so that a reader sees all that was served so far.
  void flush();
  /// Writes the `world` lines and closes. Once. Errc::Io if anything was not written.
  Result<void> finish();

 private:
  Ledger(std::string path, int file, const World& world);

  void append(std::string_view line);

  std::string path_;
  int file_ = -1;
  const World* world_;
  std::string pending_;
  std::string line_;                // kept for its capacity
  std::set<std::int32_t> touched_;  // numbers of channels
  std::set<std::int32_t> ended_;
  int failure_ = 0;  // errno of the first write that failed
};

/// The ten fields of a message as the hash of a channel takes them, closed by a newline.
void appendHashLine(std::string& out, const Channel& channel, const Post& post);

/// SHA-256 over the lines of all its messages, as 64 hex digits. Costs some microseconds a message.
std::string channelHash(const World& world, const Channel& channel);

}  // namespace mtpool::sim
