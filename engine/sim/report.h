// SPDX-License-Identifier: Apache-2.0
// What the simulator saw: requests by method, messages served, violations and deviations per client. Printed
// as one JSON object at the end; tests read the counts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mtpool::sim {

/// Device and application as initConnection named them, and the key that spoke.
struct ClientName {
  std::string device;
  std::string app;
  std::uint64_t keyId = 0;

  /// "mtpool 0.1 (server) key 1a2b3c4d…": for ledger lines and logs.
  std::string text() const;

  friend auto operator<=>(const ClientName&, const ClientName&) = default;
};

class Report {
 public:
  void request(std::string_view method) { ++methods_[std::string(method)]; }

  void messages(std::int64_t count) { messages_ += count; }

  void connection() { ++connections_; }

  void handshake() { ++handshakes_; }

  /// `what` is a stable short name; `detail` of the first one is kept.
  void violation(const ClientName& client, std::string_view what, std::string_view detail);
  void deviation(const ClientName& client, std::string_view what);

  std::int64_t violations() const { return violations_; }

  std::int64_t deviations() const { return deviations_; }

  /// How often it happened, over all clients.
  std::int64_t violations(std::string_view what) const;
  std::int64_t deviations(std::string_view what) const;
  std::int64_t requests(std::string_view method) const;

  std::int64_t messagesServed() const { return messages_; }

  /// One object, no newline.
  std::string json() const;

 private:
  struct Count {
    std::int64_t times = 0;
    std::string firstDetail;
  };

  struct PerClient {
    std::map<std::string, Count, std::less<>> violations;
    std::map<std::string, Count, std::less<>> deviations;
  };

  std::map<ClientName, PerClient> clients_;
  std::map<std::string, std::int64_t, std::less<>> methods_;
  std::int64_t violations_ = 0;
  std::int64_t deviations_ = 0;
  std::int64_t messages_ = 0;
  std::int64_t connections_ = 0;
  std::int64_t handshakes_ = 0;
};

}  // namespace mtpool::sim
