// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/options.h"

#include <fmt/format.h>

#include <filesystem>

#include <CLI/CLI.hpp>

namespace mtpool::bench {

namespace {

constexpr int kUsage = 2;
constexpr int kInvalidValue = 5;

void describe(CLI::App& app, Options& options) {
  app.set_version_flag("--version", "mtpool-bench " MTPOOL_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--bin", options.bin, "Folder of mtpoold and mtpool-simdc; this program's own unless given");
  app.add_option("--out", options.out, "Write the record as JSON");
  app.add_option("--runs", options.runs, "How often to measure")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the simulated world")->capture_default_str();
  auto* ingest = app.add_subcommand("ingest", "History into SQLite: CPU of the engine per message");
  ingest->add_option("--profile", options.profile, "chat (some 260 B a message) or channel (some 1 KB)")
      ->check(CLI::IsMember({"chat", "channel"}))
      ->capture_default_str();
  ingest->add_option("--messages", options.messages, "In each channel")
      ->check(CLI::Range(1000, 200'000'000))
      ->capture_default_str();
  ingest->add_option("--channels", options.channels, "How many")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  ingest->add_option("--accounts", options.accounts, "How many collect at once")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  ingest->callback([&options] { options.verb = Verb::Ingest; });
  auto* idle = app.add_subcommand("idle", "An engine at rest: memory, time to be ready, CPU");
  idle->add_option("--seconds", options.seconds, "How long to watch it rest")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  idle->callback([&options] { options.verb = Verb::Idle; });
}

Exit failed(const CLI::ParseError& error) {
  const bool value = dynamic_cast<const CLI::ValidationError*>(&error) != nullptr ||
                     dynamic_cast<const CLI::ConversionError*>(&error) != nullptr;
  return Exit{value ? kInvalidValue : kUsage,
              fmt::format("mtpool-bench: {}; see mtpool-bench --help\n", error.what())};
}

}  // namespace

std::variant<Options, Exit> parseOptions(int argc, const char* const* argv) {
  Options options;
  CLI::App app{
      "mtpool-bench: drives the shipped programs against a simulated Telegram and says what they cost"};
  describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Exit{0, app.help("", CLI::AppFormatMode::All)};
  } catch (const CLI::CallForVersion& version) {
    return Exit{0, std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return failed(error);
  }
  options.command = "mtpool-bench";
  for (int i = 1; i < argc; ++i) {
    options.command += fmt::format(" {}", argv[i]);
  }
  if (options.bin.empty()) {
    std::error_code failure;
    options.bin = std::filesystem::read_symlink("/proc/self/exe", failure).parent_path().string();
  }
  return options;
}

}  // namespace mtpool::bench
