// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/status.h"

#include "engine/control/codec/text.h"

namespace mtpool::control::codec {

namespace {

void encode(const model::MemoryStatus& from, v1::MemoryStatus& to) {
  to.set_engine_rss_bytes(from.engineRssBytes);
  to.set_machine_total_bytes(from.machineTotalBytes);
  to.set_machine_available_bytes(from.machineAvailableBytes);
}

void encode(const model::RunMetrics& from, v1::RunMetrics& to) {
  to.set_total_sessions(from.totalSessions);
  to.set_recent_sessions(from.recentSessions);
  to.set_avg_duration_seconds(from.avgDurationSeconds);
  to.set_avg_messages_per_session(from.avgMessagesPerSession);
  to.set_avg_channels_per_session(from.avgChannelsPerSession);
  to.set_total_errors(from.totalErrors);
}

void encode(const model::Condition& from, v1::Condition& to) {
  to.set_name(outgoing(from.name));
  to.set_ok(from.ok);
  to.set_text(outgoing(from.text));
}

}  // namespace

void encode(const model::EngineStatus& from, v1::StatusReply& to) {
  to.set_taken_at_us(micros(from.takenAt));
  to.set_started_at_us(micros(from.startedAt));
  to.set_engine_version(outgoing(from.engineVersion));
  to.set_active_sessions(from.activeSessions);
  to.set_active_users(from.activeUsers);
  to.set_max_concurrent_users(from.maxConcurrentUsers);
  to.set_waiting_users(from.waitingUsers);
  to.set_waiting_why(outgoing(from.waitingWhy));
  to.set_accounts_total(from.accountsTotal);
  to.set_accounts_ready(from.accountsReady);
  to.set_accounts_connected(from.accountsConnected);
  to.set_targets_total(from.targetsTotal);
  to.set_targets_complete(from.targetsComplete);
  to.set_messages_stored_total(from.messagesStoredTotal);
  to.set_messages_per_second(from.messagesPerSecond);
  to.set_requests_total(from.requestsTotal);
  to.set_errors_total(from.errorsTotal);
  encode(from.memory, *to.mutable_memory());
  encode(from.runs, *to.mutable_runs());
  for (const auto& condition : from.conditions) {
    encode(condition, *to.add_conditions());
  }
  to.set_database(withoutPasswords(from.database));
  to.set_state_dir(outgoing(from.stateDir));
  to.set_config_file(outgoing(from.configFile));
}

void encode(const model::StatusPoint& from, v1::StatusPoint& to) {
  to.set_at_us(micros(from.at));
  to.set_engine_rss_bytes(from.engineRssBytes);
  to.set_active_sessions(from.activeSessions);
  to.set_active_users(from.activeUsers);
  to.set_messages_per_second(from.messagesPerSecond);
}

void encode(const model::Progress& from, v1::Progress& to) {
  to.set_targets(from.targets);
  to.set_complete(from.complete);
  to.set_failed(from.failed);
  to.set_stored(from.stored);
  to.set_expected(from.expected);
  to.set_messages_per_second(from.messagesPerSecond);
  to.set_eta_s(from.etaSeconds);
  to.set_why(outgoing(from.why));
}

}  // namespace mtpool::control::codec
