// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/rehearsal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "engine/base/text.h"

namespace mtpool::bench {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStartPatience{60};
constexpr seconds kStopPatience{60};
constexpr milliseconds kLook{1};
constexpr std::int64_t kFirstPhone =
    79991000001;  // no phone of the series ends in 0000: those ask a password
constexpr std::int64_t kPhoneStep = 10;
constexpr std::int64_t kDefaultCeiling = 200;

MonoTime now() {
  return SystemClock().mono();
}

/// "2=127.0.0.1:4430,…" from the line the simulator begins with; empty while it is not there.
std::string dataCentresIn(const std::string& said) {
  const std::size_t end = said.find('\n');
  boost::system::error_code failure;
  const auto line = boost::json::parse(said.substr(0, end), failure);
  if (end == std::string::npos || failure) {
    return {};
  }
  std::string out;
  for (const auto& [dc, address] : line.at("listening").as_object()) {
    out += fmt::format("{}{}={}", out.empty() ? "" : ",", std::string_view(dc),
                       std::string_view(address.as_string()));
  }
  return out;
}

/// The last line of what the simulator said.
Result<void> checkReport(const std::string& said) {
  const std::size_t from = said.rfind('\n', said.size() < 2 ? 0 : said.size() - 2);
  boost::system::error_code failure;
  const auto report = boost::json::parse(said.substr(from == std::string::npos ? 0 : from + 1), failure);
  const auto* object = failure ? nullptr : report.if_object();
  if (object == nullptr || !object->contains("violations")) {
    return Error(Errc::Internal, "mtpool-simdc ended without its report");
  }
  const auto violations = object->at("violations").as_int64();
  const auto deviations = object->at("deviations").as_int64();
  if (violations != 0 || deviations != 0) {
    return Error(Errc::Internal, fmt::format("the engine broke the protocol: {} violations, {} deviations",
                                             violations, deviations));
  }
  return {};
}

}  // namespace

Result<Folder> Folder::make() {
  std::string path = (std::filesystem::temp_directory_path() / "mtpool-bench-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) {
    return Error(Errc::Io, fmt::format("no folder can be made at {}; set TMPDIR", path));
  }
  return Folder(std::move(path));
}

Folder::~Folder() {
  if (!path_.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

Result<std::unique_ptr<Rehearsal>> Rehearsal::open(const Options& options) {
  MTP_TRY(Folder folder, Folder::make());
  std::unique_ptr<Rehearsal> out(new Rehearsal(std::move(folder), options));
  MTP_DO(out->startSimulator());
  out->writeSettings();
  return out;
}

Result<void> Rehearsal::startSimulator() {
  std::vector<std::string> arguments{options_.bin + "/mtpool-simdc",
                                     "--listen",
                                     "1=127.0.0.1:0,2=127.0.0.1:0,4=127.0.0.1:0",
                                     "--seed",
                                     std::to_string(options_.seed),
                                     "--channels",
                                     std::to_string(options_.channels),
                                     "--messages",
                                     std::to_string(options_.messages),
                                     "--profile",
                                     options_.profile,
                                     "--key-out",
                                     path("server.pem")};
  MTP_TRY(Child child, Child::start(folder_.path(), "simulator", arguments));
  simulator_.emplace(std::move(child));
  const MonoTime deadline = now() + kStartPatience;
  while ((dataCentres_ = dataCentresIn(readText(simulator_->outputFile()))).empty()) {
    if (simulator_->exited() || now() > deadline) {
      return broken("mtpool-simdc does not start", *simulator_);
    }
    restShortly(kLook);
  }
  return {};
}

void Rehearsal::writeSettings() {
  std::ofstream file(path("mtpool.env"));
  file << "ENVIRONMENT=test\n"
       << "TELEGRAM_API_ID=1\n"
       << "TELEGRAM_API_HASH=0123456789abcdef0123456789abcdef\n"
       << "MTPROTO_DC_LIST=" << dataCentres_ << "\n"
       << "MTPROTO_SERVER_KEYS=" << path("server.pem") << "\n"
       << "MTPROTO_ENABLED=false\n"
       << "MTPROTO_POOL_ENABLED=true\n"
       << "MTPROTO_USER_CEILING=" << std::max(kDefaultCeiling, options_.accounts) << "\n"
       << "MTPROTO_MAX_CONCURRENT_USERS=" << options_.accounts << "\n"
       << "MTPROTO_RPS_PER_ACCOUNT=100000\n"
       << "MTPROTO_GLOBAL_RPS=100000\n"
       << "MTPROTO_CONNECT_RATE=1000\n"
       << "MTPROTO_HISTORY_LIMIT_PER_RUN=1000000\n"
       << "MTPROTO_SESSION_TIMEOUT=3600\n"
       << "MTPOOL_STATE_DIR=" << path("state") << "\n"
       << "MTPOOL_SOCKET=" << path("mtpool.sock") << "\n"
       << "DATABASE_URL=sqlite:" << path("mtpool.db") << "\n"
       << "HEALTH_BIND=\n";
  file.close();
  std::error_code ignored;
  std::filesystem::permissions(path("mtpool.env"), std::filesystem::perms(0600), ignored);
}

Result<microseconds> Rehearsal::startEngine() {
  const MonoTime begin = now();
  std::vector<std::string> arguments{options_.bin + "/mtpoold", "--config", path("mtpool.env")};
  MTP_TRY(Child child, Child::start(folder_.path(), "engine", arguments));
  engine_.emplace(std::move(child));
  while (true) {
    auto connected = cli::ControlClient::connect({path("mtpool.sock")});
    if (connected.ok()) {
      control_.emplace(std::move(*connected));
      return std::chrono::duration_cast<microseconds>(now() - begin);
    }
    if (engine_->exited() || now() > begin + kStartPatience) {
      return broken("mtpoold does not start", *engine_);
    }
    restShortly(kLook);
  }
}

Result<cli::v1::Envelope> Rehearsal::ask(cli::v1::Envelope request) {
  auto answer = control_->ask(std::move(request), kStartPatience);
  if (!answer.ok() && engine_->exited()) {
    return broken("mtpoold ended", *engine_);
  }
  return answer;
}

Result<void> Rehearsal::logIn(std::int64_t number) {
  cli::v1::Envelope start;
  start.mutable_start_login()->set_alias(fmt::format("account{}", number));
  start.mutable_start_login()->set_phone(fmt::format("+{}", kFirstPhone + number * kPhoneStep));
  MTP_TRY(const auto begun, ask(std::move(start)));
  cli::v1::Envelope code;
  code.mutable_submit_code()->set_login_id(begun.login_reply().login_id());
  code.mutable_submit_code()->set_code("12345");
  MTP_TRY(const auto done, ask(std::move(code)));
  if (done.login_reply().step() != cli::v1::LoginReply::STEP_DONE) {
    return Error(Errc::Internal, fmt::format("account {} could not be logged in", number));
  }
  return {};
}

Result<void> Rehearsal::prepare(std::int64_t accounts, std::int64_t channels) {
  for (std::int64_t number = 0; number < accounts; ++number) {
    MTP_DO(logIn(number));
  }
  constexpr std::int64_t kBatch = 1000;
  for (std::int64_t from = 1; from <= channels; from += kBatch) {
    cli::v1::Envelope request;
    for (std::int64_t number = from; number < from + kBatch && number <= channels; ++number) {
      request.mutable_add_targets()->add_specs(fmt::format("@simch{}", number));
    }
    MTP_TRY(const auto added, ask(std::move(request)));
    (void)added;
  }
  return {};
}

Result<void> Rehearsal::release() {
  cli::v1::Envelope request;
  auto* change = request.mutable_set_settings()->add_changes();
  change->set_key("MTPROTO_ENABLED");
  change->set_value("true");
  MTP_TRY(const auto changed, ask(std::move(request)));
  (void)changed;
  return {};
}

Result<Rehearsal::Progress> Rehearsal::progress() {
  cli::v1::Envelope request;
  request.mutable_list_targets();
  MTP_TRY(const auto answer, ask(std::move(request)));
  Progress out;
  for (const auto& target : answer.targets_reply().targets()) {
    out.stored += target.stored();
    out.complete += target.state() == "complete" ? 1 : 0;
    if (target.state() == "failed") {
      return Error(Errc::Internal, fmt::format("{} failed: {}", target.spec(), printable(target.why())));
    }
  }
  return out;
}

Result<void> Rehearsal::close() {
  control_.reset();
  if (engine_ && engine_->stop(kStopPatience) != 0) {
    return broken("mtpoold did not stop in order", *engine_);
  }
  if (simulator_->stop(kStopPatience) != 0) {
    return broken("mtpool-simdc did not stop in order", *simulator_);
  }
  return checkReport(readText(simulator_->outputFile()));
}

Error Rehearsal::broken(const std::string& what, const Child& child) const {
  const std::string said = readText(child.errorFile());
  const std::size_t shown = std::min<std::size_t>(said.size(), 1000);
  return {Errc::Internal, fmt::format("{}; it said: {}", what, said.substr(said.size() - shown))};
}

}  // namespace mtpool::bench
