// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/report.h"

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/sim/json_text.h"

namespace mtpool::sim {

namespace {

// One client that breaks rules in a thousand ways must not fill the memory.
constexpr std::size_t kMostClients = 10'000;

}  // namespace

std::string ClientName::text() const {
  return fmt::format("{} {} key {:016x}", app.empty() ? "unnamed" : app, device.empty() ? "?" : device,
                     keyId);
}

void Report::violation(const ClientName& client, std::string_view what, std::string_view detail) {
  ++violations_;
  if (clients_.size() >= kMostClients && !clients_.contains(client)) {
    return;
  }
  Count& count = clients_[client].violations[std::string(what)];
  if (count.times++ == 0) {
    count.firstDetail = printable(detail);
  }
}

void Report::deviation(const ClientName& client, std::string_view what) {
  ++deviations_;
  if (clients_.size() >= kMostClients && !clients_.contains(client)) {
    return;
  }
  ++clients_[client].deviations[std::string(what)].times;
}

std::int64_t Report::violations(std::string_view what) const {
  std::int64_t times = 0;
  for (const auto& [client, counts] : clients_) {
    const auto found = counts.violations.find(what);
    times += found == counts.violations.end() ? 0 : found->second.times;
  }
  return times;
}

std::int64_t Report::deviations(std::string_view what) const {
  std::int64_t times = 0;
  for (const auto& [client, counts] : clients_) {
    const auto found = counts.deviations.find(what);
    times += found == counts.deviations.end() ? 0 : found->second.times;
  }
  return times;
}

std::int64_t Report::requests(std::string_view method) const {
  const auto found = methods_.find(method);
  return found == methods_.end() ? 0 : found->second;
}

std::string Report::json() const {
  std::string out = fmt::format(
      R"({{"violations":{},"deviations":{},"connections":{},"handshakes":{},"messages_served":{},"requests":{{)",
      violations_, deviations_, connections_, handshakes_, messages_);
  const char* comma = "";
  for (const auto& [method, times] : methods_) {
    out += comma;
    comma = ",";
    appendJsonString(out, method);
    out += ':';
    appendJsonNumber(out, times);
  }
  out += R"(},"clients":[)";
  const auto counts = [&out](std::string_view title, const auto& map) {
    out += fmt::format(",\"{}\":{{", title);
    const char* separator = "";
    for (const auto& [what, count] : map) {
      out += separator;
      separator = ",";
      appendJsonString(out, what);
      out += fmt::format(R"(:{{"times":{},"first":)", count.times);
      appendJsonString(out, count.firstDetail);
      out += '}';
    }
    out += '}';
  };
  comma = "";
  for (const auto& [client, seen] : clients_) {
    out += comma;
    comma = ",";
    out += R"({"device":)";
    appendJsonString(out, client.device);
    out += R"(,"app":)";
    appendJsonString(out, client.app);
    out += fmt::format(R"(,"key":"{:016x}")", client.keyId);
    counts("violations", seen.violations);
    counts("deviations", seen.deviations);
    out += '}';
  }
  return out + "]}";
}

}  // namespace mtpool::sim
