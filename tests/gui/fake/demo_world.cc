// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/fake/demo_world.h"

#include <cmath>

namespace mtpool::gui {
namespace {

constexpr qint64 kSecondUs = 1'000'000;
constexpr std::uint64_t kMiB = 1U << 20;
constexpr std::uint64_t kGiB = 1U << 30;
constexpr int kSampleSeconds = 5;

double wave(double t) {
  return 0.5 + 0.35 * std::sin(t / 420) + 0.15 * std::sin(t / 97);
}

}  // namespace

DemoWorld::DemoWorld(FakeEngine& engine, qint64 nowUs, int sessions) : engine_(engine), nowUs_(nowUs) {
  engine_.welcome.set_major(kProtocolMajor);
  engine_.welcome.set_engine_version("0.1.0");
  engine_.welcome.set_engine_name("prod-1");
  engine_.welcome.set_role(pb::ROLE_ADMIN);
  engine_.settings = poolSettings();
  fillHistory();
  fillSessions(sessions);
  fillAccounts();
  fillStatus();
}

void DemoWorld::fillHistory() {
  for (int ago = 3600; ago >= 0; ago -= kSampleSeconds) {
    if (ago > 2100 && ago < 2340) {
      continue;  // the engine was down for four minutes
    }
    const double t = 3600.0 - ago;
    pb::StatusPoint point;
    point.set_at_us(nowUs_ - ago * kSecondUs);
    point.set_engine_rss_bytes(
        static_cast<std::uint64_t>((900 + 2200 * wave(t)) * static_cast<double>(kMiB)));
    point.set_active_users(std::lround(6 + 22 * wave(t)));
    point.set_active_sessions(point.active_users());
    point.set_messages_per_second(std::max(0.0, 180 * wave(t) + 25 * std::sin(t / 11)));
    engine_.history.push_back(point);
  }
}

void DemoWorld::fillSessions(int count) {
  static constexpr const char* kStates[] = {"collecting", "collecting", "collecting",
                                            "connecting", "waiting",    "closing"};
  for (int i = 0; i < count; ++i) {
    pb::Session session;
    session.set_id(1041 + i);
    session.set_user_id(7'000'000'000 + i * 7919);
    session.set_account("acc-" + std::to_string(i % 12 + 1));
    session.set_state(kStates[random_() % 6]);
    session.set_dc(static_cast<int>(random_() % 5 + 1));
    session.set_started_at_us(nowUs_ - static_cast<qint64>(random_() % 5400) * kSecondUs);
    session.set_channels(static_cast<qint64>(random_() % 12));
    session.set_messages(static_cast<qint64>(random_() % 240'000));
    session.set_errors(random_() % 5 == 0 ? static_cast<qint64>(random_() % 4) : 0);
    session.set_target("@simch" + std::to_string(i + 1));
    if (session.state() == "collecting") {
      session.set_messages_per_second(static_cast<double>(random_() % 620) / 10);
    } else if (session.state() == "waiting") {
      session.set_why("Telegram asked acc-" + std::to_string(i % 12 + 1) +
                      " to wait: FLOOD_WAIT, 04:12 left");
    } else if (session.state() == "connecting") {
      session.set_why("handshake with DC " + std::to_string(session.dc()) + ", step 2 of 3");
    }
    engine_.sessions.push_back(session);
  }
}

void DemoWorld::fillAccounts() {
  for (int i = 1; i <= 12; ++i) {
    pb::Account account;
    account.set_alias("acc-" + std::to_string(i));
    account.set_kind("user");
    account.set_state("ready");
    account.set_connected(i % 4 != 0);
    if (i == 7) {
      account.set_wait_until_us(nowUs_ + 252 * kSecondUs);
      account.set_why("FLOOD_WAIT on messages.getHistory");
    } else if (i == 9) {
      account.set_state("needs_login");
      account.set_why("Telegram revoked the session. Log in again: mtpoolctl account login acc-9");
    }
    engine_.accounts.push_back(account);
  }
}

void DemoWorld::fillStatus() {
  auto& status = engine_.status;
  const auto& last = engine_.history.back();
  status.set_taken_at_us(nowUs_);
  status.set_started_at_us(nowUs_ - 3 * 86'400 * kSecondUs);
  status.set_engine_version("0.1.0");
  status.set_active_users(last.active_users());
  status.set_active_sessions(last.active_sessions());
  status.set_max_concurrent_users(30);
  status.set_waiting_users(4);
  status.set_accounts_total(12);
  status.set_accounts_ready(10);
  status.set_accounts_connected(9);
  status.set_messages_stored_total(1'284'507);
  status.set_messages_per_second(last.messages_per_second());
  status.mutable_memory()->set_engine_rss_bytes(last.engine_rss_bytes());
  status.mutable_memory()->set_machine_total_bytes(8 * kGiB);
  status.mutable_memory()->set_machine_available_bytes(8 * kGiB - last.engine_rss_bytes() - 1200 * kMiB);
  const auto add = [&](const char* name, bool ok, const char* text) {
    auto* condition = status.add_conditions();
    condition->set_name(name);
    condition->set_ok(ok);
    condition->set_text(text);
  };
  add("database", true, "");
  add("telegram", false,
      "DC 4 has not answered for 02:10. The engine tries again by itself; check the route to "
      "149.154.167.91.");
  add("configuration", true, "");
}

void DemoWorld::step() {
  nowUs_ += kSecondUs / 2;
  const double t = 3600 + static_cast<double>(engine_.history.back().at_us() % 1'000) +
                   static_cast<double>(nowUs_ % (7200 * kSecondUs)) / 1e6;
  auto& status = engine_.status;
  status.set_taken_at_us(nowUs_);
  status.set_messages_per_second(std::max(0.0, 180 * wave(t) + 25 * std::sin(t / 11)));
  status.set_messages_stored_total(status.messages_stored_total() + 60);
  pb::StatusPoint point = engine_.history.back();
  point.set_at_us(nowUs_);
  point.set_messages_per_second(status.messages_per_second());
  engine_.history.push_back(point);
  engine_.pushStatus();
  pb::Item item;
  item.set_topic(pb::TOPIC_SESSIONS);
  for (auto& session : engine_.sessions) {
    if (session.state() == "collecting" && random_() % 2 == 0) {
      session.set_messages(session.messages() + static_cast<qint64>(random_() % 30));
      session.set_messages_per_second(static_cast<double>(random_() % 620) / 10);
      *item.add_sessions() = session;
    }
  }
  engine_.push(item);
}

pb::Setting DemoWorld::poolSetting(const char* key, const char* title, const char* value) {
  pb::Setting setting;
  setting.set_key(key);
  setting.set_title(title);
  setting.set_type("int");
  setting.set_value(value);
  setting.set_default_value(value);
  setting.set_origin("default");
  setting.set_live(true);
  setting.set_group("pool");
  return setting;
}

pb::SettingsReply DemoWorld::poolSettings() {
  pb::SettingsReply reply;
  reply.set_file("/etc/mtpool/mtpool.env");
  reply.set_version(41);
  const auto add = [&](pb::Setting setting, const char* help, const char* min,
                       const char* max) -> pb::Setting* {
    setting.set_help(help);
    setting.set_min(min);
    setting.set_max(max);
    auto* added = reply.add_settings();
    *added = setting;
    return added;
  };
  auto* enabled = add(poolSetting("MTPROTO_POOL_ENABLED", "Pool enabled", "true"),
                      "Off: the first allowed account collects and the others wait.", "", "");
  enabled->set_type("bool");
  enabled->set_default_value("false");
  enabled->set_origin("environment");
  enabled->set_pinned(true);
  auto* users = add(poolSetting("MTPROTO_MAX_CONCURRENT_USERS", "Max concurrent users", "30"),
                    "How many users may collect at the same time, over all accounts.", "1", "200");
  users->set_default_value("10");
  users->set_origin("file");
  add(poolSetting("MTPROTO_MAX_CONNECTIONS_PER_USER", "Connections per user", "1"),
      "How many accounts of one user may collect at the same time.", "1", "5");
  auto* session = add(poolSetting("MTPROTO_SESSION_TIMEOUT", "Session timeout", "600"),
                      "A session that runs longer is closed by force.", "60", "3600");
  session->set_type("duration");
  session->set_unit("s");
  auto* connection = add(poolSetting("MTPROTO_CONNECTION_TIMEOUT", "Connection timeout", "120"),
                         "Time allowed to establish the connection to Telegram.", "30", "600");
  connection->set_type("duration");
  connection->set_unit("s");
  connection->set_default_value("300");
  connection->set_origin("file");
  connection->set_live(false);
  connection->set_restart_pending(true);
  auto* idle = add(poolSetting("MTPROTO_IDLE_TIMEOUT", "Idle timeout", "180"),
                   "A session without activity is closed after this.", "30", "600");
  idle->set_type("duration");
  idle->set_unit("s");
  return reply;
}

}  // namespace mtpool::gui
