// SPDX-License-Identifier: Apache-2.0
// The one list of metrics. A folder that counts declares a probe.h: a struct of references taken from here
// once at start; looking a metric up costs a lock and must not happen on the hot path. Metrics are
// thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace mtpool::telemetry {

using Labels = std::map<std::string, std::string>;

/// Only ever rises.
class Counter {
 public:
  void add(std::uint64_t n = 1);
  std::uint64_t value() const;

 private:
  friend class Registry;

  explicit Counter(void* handle) : handle_(handle) {}

  void* handle_;
};

class Gauge {
 public:
  void set(double value);
  double value() const;

 private:
  friend class Registry;

  explicit Gauge(void* handle) : handle_(handle) {}

  void* handle_;
};

class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// The same name and labels give the same metric. References live as long as the registry.
  Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});

  /// Prometheus text exposition.
  std::string text() const;
  /// {"name": value, "name{label=\"x\"}": value, …}
  std::string json() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mtpool::telemetry
