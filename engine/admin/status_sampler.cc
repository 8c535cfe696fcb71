// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/status_sampler.h"

#include <unistd.h>

#include <fstream>
#include <string>

namespace mtpool::admin {

namespace {

constexpr std::size_t kKeep = 3600;
constexpr std::size_t kRateWindow = 11;  // samples, ten seconds between first and last

}  // namespace

model::MemoryStatus readMemory() {
  model::MemoryStatus out;
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (std::ifstream statm("/proc/self/statm"); statm >> total >> resident) {
    out.engineRssBytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  }
  std::ifstream meminfo("/proc/meminfo");
  std::string key;
  std::uint64_t kib = 0;
  std::string unit;
  while (meminfo >> key >> kib && std::getline(meminfo, unit)) {
    if (key == "MemTotal:") {
      out.machineTotalBytes = kib * 1024;
    } else if (key == "MemAvailable:") {
      out.machineAvailableBytes = kib * 1024;
    }
  }
  return out;
}

void StatusSampler::sample(WallTime now, const model::MemoryStatus& memory, std::int64_t sessions,
                           std::int64_t users, std::int64_t stored) {
  marks_.push_back({now, stored});
  if (marks_.size() > kRateWindow) {
    marks_.pop_front();
  }
  model::StatusPoint point;
  point.at = now;
  point.engineRssBytes = memory.engineRssBytes;
  point.activeSessions = sessions;
  point.activeUsers = users;
  point.messagesPerSecond = messagesPerSecond();
  points_.push_back(point);
  if (points_.size() > kKeep) {
    points_.pop_front();
  }
}

double StatusSampler::messagesPerSecond() const {
  if (marks_.size() < 2) {
    return 0;
  }
  const double seconds = std::chrono::duration<double>(marks_.back().at - marks_.front().at).count();
  return seconds <= 0 ? 0 : static_cast<double>(marks_.back().stored - marks_.front().stored) / seconds;
}

}  // namespace mtpool::admin
