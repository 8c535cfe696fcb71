// SPDX-License-Identifier: Apache-2.0
// Whether Telegram can be reached, as all connections of this engine together see it: one account's trouble
// is its own while another's connection stands. One thread (the shard of the clients).
#pragma once

#include <optional>
#include <string>

#include "engine/base/clock.h"

namespace mtpool::client {

class Reachability {
 public:
  struct Trouble {
    std::string why;  // of the latest try
    WallTime since{};
    bool refused = false;  // Telegram answered: it takes nobody who comes with this application
  };

  /// A data centre has accepted initConnection: the connection stands until closed().
  void opened();

  void closed() { --standing_; }

  /// A data centre answered under the key, be it with a refusal.
  void answered() { trouble_.reset(); }

  /// A data centre answered, and takes no connection of this application.
  void refused(std::string why, WallTime at);

  /// A try to connect ended without an answer.
  void failed(std::string why, WallTime at);

  /// What the last tries failed with; nullopt while a connection stands or when the last one went well.
  std::optional<Trouble> trouble() const { return standing_ > 0 ? std::nullopt : trouble_; }

 private:
  void note(Trouble trouble);

  int standing_ = 0;
  std::optional<Trouble> trouble_;
};

}  // namespace mtpool::client
