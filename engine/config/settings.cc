// SPDX-License-Identifier: Apache-2.0
// THE table. Everything that knows a setting (file, validation, socket, console, help, docs) is a loop over
// it.
#include <algorithm>
#include <array>

#include "engine/config/setting.h"

namespace mtpool::config {

namespace {

struct Builder {
  Setting setting;

  constexpr Builder(std::string_view group, std::string_view key, std::string_view title, Type type,
                    std::string_view fallback) {
    setting.group = group;
    setting.key = key;
    setting.title = title;
    setting.type = type;
    setting.defaultValue = fallback;
  }

  constexpr Builder range(double min, double max) const {
    Builder next = *this;
    next.setting.min = min;
    next.setting.max = max;
    return next;
  }

  constexpr Builder unit(std::string_view unit) const {
    Builder next = *this;
    next.setting.unit = unit;
    return next;
  }

  constexpr Builder choices(std::string_view list) const {
    Builder next = *this;
    next.setting.choices = list;
    return next;
  }

  constexpr Builder form(Form form) const {
    Builder next = *this;
    next.setting.form = form;
    return next;
  }

  constexpr Builder atRestart() const {
    Builder next = *this;
    next.setting.applies = Applies::Restart;
    return next;
  }

  constexpr Builder readOnly() const {
    Builder next = atRestart();
    next.setting.readOnly = true;
    return next;
  }

  constexpr Setting says(std::string_view help) const {
    Setting out = setting;
    out.help = help;
    return out;
  }
};

constexpr Setting unused(std::string_view key, Type type, std::string_view fallback) {
  Setting out;
  out.group = "seeds";
  out.key = key;
  out.title = key;
  out.type = type;
  out.defaultValue = fallback;
  out.help = "Known, but this version does not use it yet.";
  out.applies = Applies::Restart;
  out.used = false;
  return out;
}

using B = Builder;

constexpr std::array kSettings{
    B("pool", "MTPROTO_MAX_CONCURRENT_USERS", "Max concurrent users", Type::Int, "10")
        .range(1, 100000)
        .says("How many distinct users may collect at once; the most important knob."),
    B("pool", "MTPROTO_MAX_CONNECTIONS_PER_USER", "Connections per user", Type::Int, "1")
        .range(1, 5)
        .says("How many of one user's accounts may collect at once; keep 1 unless you know why."),
    B("pool", "MTPROTO_SESSION_TIMEOUT", "Session timeout", Type::Duration, "600")
        .range(60, 3600)
        .unit("s")
        .says("A session that runs longer is closed; what it had read is kept."),
    B("pool", "MTPROTO_CONNECTION_TIMEOUT", "Connection timeout", Type::Duration, "300")
        .range(30, 600)
        .unit("s")
        .says("Time allowed to establish the connection to Telegram."),
    B("pool", "MTPROTO_IDLE_TIMEOUT", "Idle timeout", Type::Duration, "180")
        .range(30, 600)
        .unit("s")
        .says(
            "A session without progress for so long is closed; must be below the session timeout to matter."),
    B("pool_more", "MTPROTO_USER_CEILING", "User ceiling", Type::Int, "200")
        .range(1, 100000)
        .says("Upper bound of the concurrent users; raise it on purpose for large installations."),
    B("pool_more", "MTPROTO_ENABLED", "Collecting enabled", Type::Bool, "true")
        .says("Master switch: false lets no session start."),
    B("pool_more", "MTPROTO_POOL_ENABLED", "Pool enabled", Type::Bool, "false")
        .says("False: only the first allowed account collects, the others wait."),
    B("pool_more", "MTPROTO_ACCOUNTS", "Accounts", Type::List, "")
        .says("Names of the accounts that may collect, comma separated or a JSON array; empty means all."),
    B("collection", "MTPROTO_HISTORY_LIMIT_PER_RUN", "Messages per run", Type::Int, "5000")
        .range(100, 1000000)
        .says("How many messages of one target a session reads before it moves on."),
    B("collection", "MTPROTO_COLLECTION_INTERVAL", "Collection interval", Type::Duration, "900")
        .range(60, 86400)
        .unit("s")
        .says("Pause between two looks at a target that has no interval of its own."),
    B("limits", "MTPROTO_RPS_PER_ACCOUNT", "Requests per account", Type::Double, "0.7")
        .range(0.01, 100000)
        .unit("/s")
        .says("Requests each account may send per second."),
    B("limits", "MTPROTO_GLOBAL_RPS", "Requests of all accounts", Type::Double, "2.5")
        .range(0.01, 100000)
        .unit("/s")
        .says("Requests all accounts together may send per second."),
    B("limits", "MTPROTO_SLEEP_THRESHOLD", "Sleep threshold", Type::Double, "1.5")
        .range(0, 300)
        .unit("s")
        .says("A wait up to this keeps the session; a longer one gives the account back. Both are obeyed."),
    B("limits", "MTPROTO_CONNECT_RATE", "Connect rate", Type::Double, "20")
        .range(1, 1000)
        .unit("/s")
        .says("New connections per second to one data centre."),
    B("limits", "MTPROTO_RETRY_MAX", "Retries", Type::Int, "5")
        .range(0, 20)
        .says("How often a request that failed by bad luck is repeated."),
    B("limits", "MTPROTO_RETRY_BACKOFF", "Retry back-off", Type::Double, "2.0")
        .range(1, 10)
        .says("Base of the growing pause between repeats, in seconds: 1, base, base squared, up to 60."),
    B("telegram", "TELEGRAM_API_ID", "API id", Type::Int, "")
        .range(1, 2147483647)
        .atRestart()
        .says("The application's id from my.telegram.org."),
    B("telegram", "TELEGRAM_API_HASH", "API hash", Type::Secret, "")
        .form(Form::HexDigits32)
        .atRestart()
        .says("The application's hash from my.telegram.org."),
    B("telegram", "MTPROTO_DC_LIST", "Data centres", Type::Text, "")
        .readOnly()
        .says("Bootstrap addresses, 2=127.0.0.1:4430,4=127.0.0.1:4431; empty means Telegram's own."),
    B("telegram", "MTPROTO_SERVER_KEYS", "Server keys", Type::Path, "")
        .readOnly()
        .says("PEM file with the RSA public keys of the data centres; empty means Telegram's own."),
    B("telegram", "MTPROTO_TEST_DC", "Test data centres", Type::Bool, "false")
        .atRestart()
        .says("Talk to Telegram's test servers with their key."),
    B("storage", "DATABASE_URL", "Database", Type::Url, "")
        .readOnly()
        .says("sqlite:PATH; empty means mtpool.db in the state directory."),
    B("storage", "MTPOOL_STATE_DIR", "State directory", Type::Path, "")
        .readOnly()
        .says("Where accounts, waits and the configuration history live; empty means the standard place."),
    B("storage", "MTPOOL_MASTER_KEY_FILE", "Master key file", Type::Path, "")
        .readOnly()
        .says("The key that seals the accounts; empty means master.key in the state directory."),
    B("service", "MTPOOL_SOCKET", "Control socket", Type::Path, "")
        .readOnly()
        .says("Unix socket of mtpoolctl and the console; empty means the standard place."),
    B("service", "HEALTH_BIND", "Health address", Type::Text, "127.0.0.1:8091")
        .form(Form::Address)
        .atRestart()
        .says("Where /healthz, /readyz and /metrics answer; empty switches them off."),
    B("service", "GRACEFUL_SHUTDOWN_TIMEOUT_S", "Shutdown grace", Type::Duration, "25")
        .range(1, 300)
        .unit("s")
        .says("How long a stop waits for sessions to end before it goes anyway."),
    B("service", "LOG_LEVEL", "Log level", Type::Choice, "info")
        .choices("debug,info,warn,error")
        .says("The least important lines that are written."),
    B("service", "ENVIRONMENT", "Environment", Type::Choice, "production")
        .choices("production,staging,development,test")
        .readOnly()
        .says("Fault injection needs development or test."),
    B("service", "FAULT_INJECTION_ENABLED", "Fault injection", Type::Bool, "false")
        .readOnly()
        .says("Arms fault injection in development and test; known, but this version injects nothing yet."),
    unused("MTPROTO_PROXY_ENABLED", Type::Bool, "false"),
    unused("MTPROTO_PROXIES", Type::List, ""),
    unused("MTPROTO_PROXY_ROTATION_SEC", Type::Duration, "300"),
    unused("MTPROTO_PROXY_FAIL_SCORE_LIMIT", Type::Int, "3"),
    unused("MTPROTO_MAX_CONCURRENCY_PER_ACCOUNT", Type::Int, "2"),
    unused("MTPROTO_FLOOD_LADDER_HOLD", Type::Duration, "3600"),
    unused("MTPROTO_DAILY_REQUESTS_PER_ACCOUNT", Type::Int, "0"),
    unused("OBS_PROMETHEUS_ENABLED", Type::Bool, "false"),
    unused("PROMETHEUS_BIND", Type::Text, "127.0.0.1"),
    unused("PROMETHEUS_PORT", Type::Int, "9108"),
    unused("OBS_OTEL_ENABLED", Type::Bool, "false"),
    unused("OTEL_EXPORTER_OTLP_ENDPOINT", Type::Url, ""),
    unused("OTEL_SAMPLER_RATIO", Type::Double, "0.05"),
    unused("ADMIN_BIND", Type::Text, "127.0.0.1:8090"),
    unused("ADMIN_TOKEN_FILE", Type::Path, ""),
    unused("DB_POOL_MIN_SIZE", Type::Int, "5"),
    unused("DB_POOL_SIZE", Type::Int, "20"),
    unused("DB_MAX_OVERFLOW", Type::Int, "40"),
    unused("DB_POOL_MAX_SIZE", Type::Int, ""),
    unused("DB_POOL_TIMEOUT", Type::Duration, "10"),
    unused("DB_SLOW_QUERY_MS", Type::Int, "500"),
    unused("DB_PARTITIONING", Type::Text, "none"),
    unused("READ_REPLICA_URL_1", Type::Secret, ""),
    unused("READ_REPLICA_URL_2", Type::Secret, ""),
    unused("REDIS_URL", Type::Secret, ""),
    unused("TELEGRAM_TOKEN", Type::Secret, ""),
    unused("BOT_CONCURRENT_UPDATES", Type::Int, "50"),
    unused("BOT_CONNECTION_POOL_SIZE", Type::Int, "16"),
    unused("CELERY_WORKERS", Type::Int, "8"),
    unused("CONN_MAX_AGE", Type::Int, "0"),
    unused("CONN_HEALTH_CHECKS", Type::Bool, "true"),
    unused("MODE", Type::Text, ""),
    unused("WEBHOOK_URL", Type::Url, ""),
    unused("DEBUG", Type::Bool, "false"),
};

}  // namespace

std::span<const Setting> allSettings() {
  return kSettings;
}

const Setting* findSetting(std::string_view key) {
  const auto it =
      std::find_if(kSettings.begin(), kSettings.end(), [key](const Setting& s) { return s.key == key; });
  return it == kSettings.end() ? nullptr : &*it;
}

}  // namespace mtpool::config
