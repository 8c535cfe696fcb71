// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/engine.h"

#include <fmt/format.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <optional>

#include "engine/admin/engine_operations.h"
#include "engine/admin/settings_binding.h"
#include "engine/async/deadline.h"
#include "engine/base/log.h"
#include "engine/base/version.h"
#include "engine/control/access.h"
#include "engine/control/server.h"
#include "engine/daemon/signals.h"
#include "engine/rest/health.h"
#include "engine/store/message_store.h"
#include "engine/store/state_store.h"
#include "engine/telemetry/log_sink.h"

namespace mtpool::daemon {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string hostName() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "engine";
}

/// Members are built top down and destroyed bottom up: what stands lower may use what stands higher.
class Engine {
 public:
  Engine(config::LiveSettings settings, StartPlan plan)
      : settings_(std::move(settings)),
        plan_(std::move(plan)),
        scope_(hall_.executor()),
        stop_(hall_.executor()) {}

  Result<void> open();
  /// Runs the hall on this thread until a stop.
  Result<void> run();

 private:
  Result<void> openStores();
  Task<void> live();
  Task<Result<void>> start();
  Task<void> tick();
  Task<void> watchFile();
  Task<void> serveControl();
  Task<void> takeDown();

  SystemClock clock_;
  SystemRandom random_;
  telemetry::Registry registry_;
  config::LiveSettings settings_;
  StartPlan plan_;
  async::Shard hall_{"hall"};
  async::BlockingThread crypto_{"crypto"};
  std::unique_ptr<store::StateStore> state_;
  std::unique_ptr<store::MessageStore> messages_;
  client::Probe clientProbe_{registry_};
  pool::Probe poolProbe_{registry_};
  collect::Probe collectProbe_{registry_};
  std::unique_ptr<client::ClientContext> client_;
  std::unique_ptr<pool::AccountBook> book_;
  std::unique_ptr<pool::Pool> pool_;
  std::unique_ptr<collect::TargetBook> targets_;
  std::unique_ptr<collect::Collector> collector_;
  std::unique_ptr<collect::Scheduler> scheduler_;
  async::TaskScope scope_;
  admin::StopRequest stop_;
  std::unique_ptr<admin::EngineOperations> operations_;
  std::unique_ptr<control::Server> control_;
  std::unique_ptr<rest::HealthServer> health_;
  Result<void> outcome_;
};

Result<void> Engine::openStores() {
  store::StateStoreOptions state;
  state.directory = plan_.places.stateDir;
  state.masterKeyFile = settings_.value("MTPOOL_MASTER_KEY_FILE");
  state.random = &random_;
  state.clock = &clock_;
  MTP_TRY(state_, store::StateStore::open(std::move(state)));
  if (state_->masterKey().created) {
    log::warn("daemon",
              "made the master key {}; back it up apart from the state directory, without it every account "
              "must log in again",
              state_->masterKey().path.string());
  }
  store::MessageStoreOptions messages;
  messages.url = plan_.databaseUrl;
  messages.clock = &clock_;
  MTP_TRY(messages_, store::MessageStore::open(std::move(messages)));
  return {};
}

Result<void> Engine::open() {
  MTP_DO(openStores());
  client_ =
      std::make_unique<client::ClientContext>(client::ClientContext{clock_,
                                                                    random_,
                                                                    crypto_,
                                                                    plan_.directory,
                                                                    plan_.serverKeys,
                                                                    settings_.flag("MTPROTO_TEST_DC"),
                                                                    plan_.application,
                                                                    settings_.number("MTPROTO_CONNECT_RATE"),
                                                                    {},
                                                                    clientProbe_});
  const Executor executor = hall_.executor();
  book_ = std::make_unique<pool::AccountBook>(*state_, clock_);
  pool_ = std::make_unique<pool::Pool>(*client_, executor, *book_, *messages_, poolProbe_,
                                       admin::poolSettings(settings_));
  targets_ = std::make_unique<collect::TargetBook>(*messages_);
  collector_ = std::make_unique<collect::Collector>(*messages_, *state_, *targets_, clock_, collectProbe_);
  scheduler_ = std::make_unique<collect::Scheduler>(executor, *pool_, *targets_, *collector_, clock_,
                                                    admin::collectSettings(settings_));
  operations_ = std::make_unique<admin::EngineOperations>(admin::EngineParts{
      clock_, executor, settings_, *state_, *messages_, *client_, clientProbe_, *pool_, *targets_,
      *collector_, *scheduler_, stop_, std::string(kVersion), plan_.places.stateDir.string()});
  MTP_TRY(net::UnixListener listener, net::UnixListener::bind(executor, plan_.places.socket.string()));
  const control::AccessRules rules = control::AccessRules::ofThisMachine();
  control_ = std::make_unique<control::Server>(
      executor, std::move(listener), [rules](const net::PeerCredentials& peer) { return rules.roleOf(peer); },
      *operations_, clock_);
  control::PeerOptions options;
  options.engineVersion = std::string(kVersion);
  options.engineName = hostName();
  control_->setOptions(std::move(options));
  if (plan_.health) {
    MTP_TRY(health_, rest::HealthServer::bind(executor, *plan_.health, *operations_, registry_));
  }
  return {};
}

Result<void> Engine::run() {
  crypto_.start();
  scope_.spawn("engine", live());
  hall_.runHere();
  if (messages_) {
    messages_->close();
  }
  if (state_) {
    state_->close();
  }
  return outcome_;
}

Task<Result<void>> Engine::start() {
  MTP_CO_DO(co_await book_->load());
  MTP_CO_DO(co_await targets_->load());
  pool_->configure(admin::poolSettings(settings_));
  pool_->publish();
  co_return Result<void>();
}

Task<void> Engine::live() {
  outcome_ = co_await start();
  if (outcome_.ok()) {
    async::TaskScope services(hall_.executor());
    services.spawn("tick", tick());
    services.spawn("settings file", watchFile());
    services.spawn("control", serveControl());
    services.spawn("signals", watchSignals(stop_));
    if (health_) {
      services.spawn("health", health_->run());
    }
    scheduler_->start();
    for (const std::string& note : notesOn(settings_, plan_)) {
      log::warn("config", "{}", note);
    }
    log::info("daemon", "mtpoold {} ready: socket {}, database {}, configuration {}", kVersion,
              plan_.places.socket.string(), messages_->url(), plan_.places.config.string());
    while (!stop_.requested()) {
      auto woken = co_await stop_.changed().wait();
      if (!woken.ok()) {
        break;
      }
    }
    if (stop_.failure()) {
      outcome_ = *stop_.failure();
    }
    co_await takeDown();
    services.cancel();
    co_await services.join();
  }
  hall_.stop();
}

Task<void> Engine::takeDown() {
  const seconds grace = settings_.seconds("GRACEFUL_SHUTDOWN_TIMEOUT_S");
  log::info("daemon", "stopping: sessions end after the page they read, within {} s", grace.count());
  async::TaskScope ending(hall_.executor());
  bool done = false;
  async::Event finished(hall_.executor());
  auto end = [this, &done, &finished]() -> Task<void> {
    co_await scheduler_->stop();
    co_await operations_->stop();
    done = true;
    finished.notify();
  };
  ending.spawn("end sessions", end());
  const MonoTime deadline = clock_.mono() + grace;
  while (!done && !stop_.forced()) {
    auto waited = co_await finished.waitUntil(std::min(deadline, clock_.mono() + milliseconds(200)));
    if (!waited.ok() && clock_.mono() >= deadline) {
      break;
    }
  }
  if (!done) {
    // As safe as a power cut: what is committed stays, what is under way is read again at the next start.
    // Closing the stores here could wait for this very thread.
    log::warn("daemon", "sessions did not end in time; going anyway");
    std::_Exit(stop_.forced() ? 0 : 6);
  }
  co_await ending.join();
  log::info("daemon", "stopped");
}

Task<void> Engine::tick() {
  while (true) {
    operations_->tick();
    auto slept = co_await async::sleepFor(seconds(1));
    if (!slept.ok()) {
      co_return;
    }
  }
}

// Outside edits, also by rename, are live within a second. An edit is looked at twice, so that what an editor
// is still writing is not taken for what it means.
Task<void> Engine::watchFile() {
  constexpr milliseconds kBetweenLooks{500};
  constexpr milliseconds kSecondLook{250};
  while (true) {
    auto slept = co_await async::sleepFor(settings_.unsettled() ? kSecondLook : kBetweenLooks);
    if (!slept.ok()) {
      co_return;
    }
    co_await operations_->reloadSettings();
  }
}

Task<void> Engine::serveControl() {
  auto ended = co_await control_->run();
  if (!ended.ok() && ended.error().code() != Errc::Cancelled) {
    log::error("daemon", "the control socket broke: {}", ended.error().text());
    stop_.ask(false);
  }
}

}  // namespace

int exitCodeFor(const Error& error) {
  switch (error.code()) {
    case Errc::Refused:
      return 4;
    case Errc::InvalidConfig:
    case Errc::InvalidArgument:
    case Errc::Unsupported:
      return 5;
    case Errc::Timeout:
      return 6;
    default:
      return 1;
  }
}

int runEngine(config::LiveSettings settings, StartPlan plan) {
  // Few arenas: what sessions free goes back to the system instead of staying in one of many.
  ::mallopt(M_ARENA_MAX, 2);
  ::signal(SIGPIPE, SIG_IGN);
  telemetry::installLogSink();
  admin::applyLogLevel(settings);
  Engine engine(std::move(settings), std::move(plan));
  auto opened = engine.open();
  if (!opened.ok()) {
    fmt::print(stderr, "mtpoold: {}\n", opened.error().text());
    return exitCodeFor(opened.error());
  }
  auto ended = engine.run();
  if (!ended.ok()) {
    fmt::print(stderr, "mtpoold: {}\n", ended.error().text());
    return exitCodeFor(ended.error());
  }
  return 0;
}

}  // namespace mtpool::daemon
