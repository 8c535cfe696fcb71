// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/options.h"

#include <fmt/format.h>

#include <algorithm>

#include <CLI/CLI.hpp>

#include "engine/base/text.h"
#include "engine/net/tcp.h"

namespace mtpool::sim {

namespace {

constexpr int kUsage = 2;
constexpr int kInvalidValue = 5;
constexpr int kMostChannels = 100'000;
constexpr int kMostMessages = 200'000'000;

void describe(CLI::App& app, Options& options, std::string& listen, std::string& profile) {
  app.set_version_flag("--version", "mtpool-simdc " MTPOOL_VERSION);
  app.add_option("--listen", listen, "data centres as DC=IP:PORT[,…]; port 0 takes a free one")->required();
  app.add_option("--seed", options.world.seed, "of the world; the same seed is the same world")
      ->capture_default_str();
  app.add_option("--channels", options.world.channels, "how many: @simch1 to @simchN")
      ->check(CLI::Range(0, kMostChannels))
      ->capture_default_str();
  app.add_option("--messages", options.world.messages, "in each channel")
      ->check(CLI::Range(1, kMostMessages))
      ->capture_default_str();
  app.add_option("--profile", profile, "chat or channel: all messages of that shape")
      ->check(CLI::IsMember({"chat", "channel"}));
  app.add_option("--key-out", options.keyOut, "where to write the public key (PEM, PKCS#1)");
  app.add_option("--ledger", options.ledger, "where to write what is served (NDJSON)");
  app.add_option("--faults", options.faults, "file with what goes wrong on purpose");
  app.add_flag("--legacy-rsa", options.legacyRsa, "accept the old encryption of the key exchange too");
}

Result<DcAddress> parseAddress(std::string_view text) {
  const std::size_t equals = text.find('=');
  const auto id = parseInt(text.substr(0, equals));
  if (equals == std::string_view::npos || !id || *id < 1 || *id > 1000) {
    return Error(
        Errc::InvalidArgument,
        fmt::format("\"{}\" is no data centre; write DC=IP:PORT with a DC id from 1", printable(text)));
  }
  MTP_TRY(net::Endpoint endpoint, net::Endpoint::parse(text.substr(equals + 1)));
  return DcAddress{static_cast<int>(*id), std::move(endpoint.host), endpoint.port};
}

Exit failed(const CLI::ParseError& error) {
  const bool value = dynamic_cast<const CLI::ValidationError*>(&error) != nullptr ||
                     dynamic_cast<const CLI::ConversionError*>(&error) != nullptr;
  return Exit{value ? kInvalidValue : kUsage,
              fmt::format("mtpool-simdc: {}; see mtpool-simdc --help\n", error.what())};
}

}  // namespace

Result<std::vector<DcAddress>> parseListen(const std::string& text) {
  std::vector<DcAddress> addresses;
  std::string_view left = text;
  while (true) {
    const std::size_t comma = left.find(',');
    MTP_TRY(DcAddress address, parseAddress(trim(left.substr(0, comma))));
    const bool twice = std::any_of(addresses.begin(), addresses.end(),
                                   [&address](const DcAddress& other) { return other.id == address.id; });
    if (twice) {
      return Error(Errc::InvalidArgument, fmt::format("data centre {} is there twice", address.id));
    }
    addresses.push_back(std::move(address));
    if (comma == std::string_view::npos) {
      return addresses;
    }
    left.remove_prefix(comma + 1);
  }
}

std::variant<Options, Exit> parseOptions(int argc, const char* const* argv) {
  Options options;
  std::string listen;
  std::string profile;
  CLI::App app{"mtpool-simdc: a simulated Telegram of several data centres"};
  describe(app, options, listen, profile);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Exit{0, app.help()};
  } catch (const CLI::CallForVersion& version) {
    return Exit{0, std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return failed(error);
  }
  auto addresses = parseListen(listen);
  if (!addresses) {
    return Exit{kInvalidValue, fmt::format("mtpool-simdc: --listen: {}\n", addresses.error().text())};
  }
  options.listen = std::move(*addresses);
  if (!profile.empty()) {
    options.world.shape = profile == "chat" ? Shape::Chat : Shape::Channel;
  }
  return options;
}

}  // namespace mtpool::sim
