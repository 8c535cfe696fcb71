// SPDX-License-Identifier: Apache-2.0
// mtpool-simdc: a simulated Telegram on its own. Standard output has two lines: where it listens, and at the
// end what it saw.
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "engine/sim/cluster.h"
#include "engine/sim/options.h"

namespace mtpool::sim {

namespace {

constexpr int kFailed = 1;
constexpr int kRefused = 4;
constexpr int kInvalid = 5;

int fail(int code, const std::string& text) {
  fmt::print(stderr, "mtpool-simdc: {}\n", text);
  return code;
}

/// Whoever waits for the file never sees half of it.
bool writeWhole(const std::string& path, const std::string& text) {
  const std::string draft = path + ".new";
  {
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    file << text;
    if (!file.flush()) {
      return false;
    }
  }
  return std::rename(draft.c_str(), path.c_str()) == 0;
}

std::optional<std::string> readWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<void> prepare(const Options& options, Scene& scene) {
  scene.legacyRsa = options.legacyRsa;
  if (!options.faults.empty()) {
    const auto text = readWhole(options.faults);
    if (!text) {
      return Error(Errc::InvalidConfig, fmt::format("the faults file {} can't be read", options.faults));
    }
    MTP_TRY(std::vector<Fault> faults, parseFaults(options.faults, *text));
    scene.faults = FaultPlan(std::move(faults));
  }
  if (!options.ledger.empty()) {
    MTP_TRY(scene.ledger, Ledger::open(options.ledger, scene.world));
  }
  if (!options.keyOut.empty() && !writeWhole(options.keyOut, scene.serverKey.publicPem())) {
    return Error(Errc::Io, fmt::format("the public key can't be written to {}; give --key-out a path in a "
                                       "directory you may write to",
                                       options.keyOut));
  }
  return {};
}

/// Serves until SIGTERM or SIGINT, which every thread has blocked.
void serveUntilSignal(boost::asio::io_context& loop, Cluster& cluster, sigset_t& signals) {
  std::thread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    boost::asio::post(loop, [&cluster] { cluster.stop(); });
  });
  cluster.start();
  loop.run();
  pthread_kill(waiter.native_handle(), SIGTERM);  // in case the loop ended by itself
  waiter.join();
}

int run(const Options& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  const World world(options.world);
  const SystemClock clock;
  SystemRandom random;
  SeededRandom keyRandom(options.world.seed);  // the same seed keeps the same key over restarts
  std::vector<int> dcs;
  for (const DcAddress& address : options.listen) {
    dcs.push_back(address.id);
  }
  Scene scene(world, crypto::RsaPrivateKey::generate(keyRandom), dcs, clock, random);
  boost::asio::io_context loop(1);
  Cluster cluster(loop.get_executor(), scene);
  if (auto listening = cluster.listen(options.listen); !listening) {
    return fail(listening.error().code() == Errc::Refused ? kRefused : kFailed, listening.error().text());
  }
  if (auto prepared = prepare(options, scene); !prepared) {
    return fail(prepared.error().code() == Errc::InvalidConfig ? kInvalid : kFailed, prepared.error().text());
  }
  fmt::print("{}\n", cluster.listeningJson());
  std::fflush(stdout);
  serveUntilSignal(loop, cluster, signals);
  int code = 0;
  if (scene.ledger) {
    if (auto finished = scene.ledger->finish(); !finished) {
      code = fail(kFailed, finished.error().text());
    }
  }
  fmt::print("{}\n", scene.report.json());
  return code;
}

}  // namespace

}  // namespace mtpool::sim

int main(int argc, char** argv) {
  auto parsed = mtpool::sim::parseOptions(argc, argv);
  if (const auto* exit = std::get_if<mtpool::sim::Exit>(&parsed)) {
    std::fputs(exit->text.c_str(), exit->code == 0 ? stdout : stderr);
    return exit->code;
  }
  return mtpool::sim::run(std::get<mtpool::sim::Options>(parsed));
}
