// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/commands.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "engine/cli/arguments.h"
#include "engine/cli/control_client.h"
#include "engine/cli/invocation.h"
#include "engine/cli/terminal.h"
#include "tests/cli/on_engine.h"
#include "tests/control/raw_client.h"

namespace mtpool::test {
namespace {

// What a channel title may hold: clears the screen, sets the window title, turns the text around.
constexpr const char* kHostile = "\x1b[2J\x1b]0;owned\x07\xE2\x80\xAE evil\r\n=cmd|'/C calc'!A0";

void addHostileTarget(FakeEngine& engine) {
  engine.on([](FakeOperations& operations) {
    auto& view = operations.targets_.emplace_back();
    view.target.id = model::TargetId(1);
    view.target.spec = "@a";
    view.target.chat = model::ChatId::ofChannel(5);
    view.title = kHostile;
    view.stored = 12'345;
  });
}

bool holdsControls(const std::string& text) {
  return text.find('\x1b') != std::string::npos || text.find('\x07') != std::string::npos ||
         text.find('\r') != std::string::npos || text.find("\xE2\x80\xAE") != std::string::npos;
}

TEST(Status, ShowsTheEngineForPeopleAndForPrograms) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.status_.conditions.push_back({"telegram", false, "no account is logged in"});
    operations.status_.messagesStoredTotal = 1'234'567;
  });
  const auto text = on(engine, {"status"}).run();
  EXPECT_EQ(text.exit, 0);
  EXPECT_NE(text.out.find("users\t0 of 10 collecting"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("1,234,567 stored"), std::string::npos);
  EXPECT_NE(text.out.find("telegram\tNOT OK: no account is logged in"), std::string::npos);
  EXPECT_EQ(text.err, "");
  const auto json = on(engine, {"status", "-o", "json"}).run();
  const auto value = boost::json::parse(json.out);
  EXPECT_EQ(value.at("max_concurrent_users").as_int64(), 10);
  EXPECT_EQ(value.at("messages_stored_total").as_int64(), 1'234'567);
  EXPECT_EQ(value.at("memory").at("engine_rss_bytes").to_number<int>(), 0);
  EXPECT_FALSE(value.at("conditions").at(0).at("ok").as_bool());
}

TEST(Status, CallsMemoryThatWasNotMeasuredUnknown) {
  FakeEngine engine;
  EXPECT_NE(on(engine, {"status"}).run().out.find("memory\tunknown engine, unknown free\n"),
            std::string::npos);
  engine.on([](FakeOperations& operations) {
    operations.status_.memory.engineRssBytes = 3U << 20U;
    operations.status_.memory.machineTotalBytes = 4ULL << 30U;
  });
  const auto measured = on(engine, {"status"}).run().out;
  EXPECT_EQ(measured.find("unknown"), std::string::npos) << measured;
}

TEST(Tables, AreTabSeparatedInAPipeAndHarmless) {
  FakeEngine engine;
  addHostileTarget(engine);
  const auto piped = on(engine, {"target", "list"}).run();
  EXPECT_EQ(piped.exit, 0);
  EXPECT_EQ(piped.out.substr(0, 13), "TARGET\tSTATE\t");
  EXPECT_EQ(std::count(piped.out.begin(), piped.out.end(), '\n'), 2);
  EXPECT_FALSE(holdsControls(piped.out)) << piped.out;
  EXPECT_NE(piped.out.find("\\u{1b}[2J"), std::string::npos);
}

TEST(Tables, AreAlignedOnATerminalAndHarmless) {
  FakeEngine engine;
  addHostileTarget(engine);
  TerminalRun terminal(on(engine, {"target", "list"}));
  EXPECT_EQ(terminal.finish(), 0);
  auto shown = terminal.shown();
  std::erase(shown, '\r');
  EXPECT_FALSE(holdsControls(shown)) << shown;
  EXPECT_EQ(shown.find('\t'), std::string::npos);
  EXPECT_NE(shown.find("TARGET  STATE  STORED"), std::string::npos) << shown;
  EXPECT_NE(shown.find("@a      due    12,345"), std::string::npos) << shown;
}

TEST(Tables, AsCsvHoldNoFormulaAndKeepNumbersPlain) {
  FakeEngine engine;
  addHostileTarget(engine);
  engine.on([](FakeOperations& operations) { operations.targets_.front().title = "=1+1, \"x\""; });
  const auto csv = on(engine, {"target", "list", "-o", "csv"}).run();
  EXPECT_NE(csv.out.find("next_due"), std::string::npos);
  EXPECT_NE(csv.out.find(",12345,"), std::string::npos) << csv.out;
  EXPECT_NE(csv.out.find(",\"'=1+1, \"\"x\"\"\","), std::string::npos) << csv.out;
  EXPECT_NE(csv.out.find(",-1000000000005,"), std::string::npos) << csv.out;
}

TEST(Tables, OfTargetsCanBeAddedAgainFromEveryFormat) {
  FakeEngine engine;
  addHostileTarget(engine);
  const auto firstCell = [&](const std::string& format, char end) {
    const auto out = on(engine, {"target", "list", "-o", format}).run().out;
    const auto row = out.substr(out.find('\n') + 1);
    return row.substr(0, row.find(end));
  };
  EXPECT_EQ(firstCell("table", '\t'), "@a");
  EXPECT_EQ(firstCell("wide", '\t'), "@a");
  EXPECT_EQ(firstCell("csv", ','), "'@a");
  const auto json = boost::json::parse(on(engine, {"target", "list", "-o", "json"}).run().out);
  EXPECT_EQ(json.at("targets").at(0).at("spec").as_string(), "@a");
  for (const auto& name : {firstCell("table", '\t'), firstCell("csv", ',')}) {
    EXPECT_EQ(on(engine, {"target", "add", "--file", "-"}).run(name + "\n").exit, 0);
    EXPECT_EQ(engine.on([](FakeOperations& operations) { return operations.specs_; }), Words{"@a"});
  }
}

TEST(Json, KeepsEveryCharacterAndBigNumbersExact) {
  FakeEngine engine;
  addHostileTarget(engine);
  engine.on([](FakeOperations& operations) {
    operations.targets_.front().target.user.value = 9'007'199'254'740'993;
  });
  const auto json = on(engine, {"target", "list", "-o", "json"}).run();
  const auto target = boost::json::parse(json.out).at("targets").at(0);
  EXPECT_EQ(target.at("title").as_string(), kHostile);
  EXPECT_EQ(target.at("user_id").as_string(), "9007199254740993");
  EXPECT_EQ(target.at("stored").as_int64(), 12'345);
}

TEST(NoEngine, IsExitThreeAndNamesAllThatWasTried) {
  const auto nobody = Program({"status"}, {"XDG_RUNTIME_DIR=/nowhere"}).run();
  EXPECT_EQ(nobody.exit, 3);
  EXPECT_EQ(nobody.out, "");
  EXPECT_NE(nobody.err.find("/nowhere/mtpool/mtpool.sock (no such socket)"), std::string::npos) << nobody.err;
  const auto named =
      Program({"status", "--socket", "/nowhere/x.sock"}, {"MTPOOL_SOCKET=/nowhere/y.sock"}).run();
  EXPECT_EQ(named.exit, 3);
  EXPECT_EQ(named.err.find("y.sock"), std::string::npos) << "whoever names an engine means that one";
}

TEST(NoEngine, NothingIsSaidToAStrangerWhoTookItsPlace) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can listen as somebody else";
  }
  constexpr uid_t kStranger = 65534;
  PrivateDirectory directory;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = directory.file("engine.sock");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::seteuid(kStranger), 0);
  ASSERT_EQ(::listen(listener, 5), 0);
  ASSERT_EQ(::seteuid(0), 0);
  const auto refused = Program({"status", "--socket", path}).run();
  EXPECT_EQ(refused.exit, 4);
  EXPECT_NE(refused.err.find("another user (uid 65534)"), std::string::npos) << refused.err;
  const int visitor = ::accept(listener, nullptr, nullptr);
  char byte = 0;
  EXPECT_EQ(::read(visitor, &byte, 1), 0) << "not a word";
  ::close(visitor);
  // Its own directory it may use.
  ASSERT_EQ(::chown(directory.file("").c_str(), kStranger, kStranger), 0);
  const auto dialled = cli::dial({path});
  EXPECT_TRUE(dialled.ok()) << dialled.error().text();
  ::close(listener);
}

TEST(NoEngine, IsNotSaidOfAnEngineThatRefusesUs) {
  const auto refused = FakeEngine([](const net::PeerCredentials&) {
    return Result<admin::Role>(Error(Errc::Refused, "user 5 may not talk to this engine"));
  });
  const auto ended = on(refused, {"status"}).run();
  EXPECT_EQ(ended.exit, 4);
  EXPECT_NE(ended.err.find("may not talk"), std::string::npos);
}

TEST(Socket, IsFoundThroughTheConfigurationFileAndTheEnvironment) {
  FakeEngine engine;
  const auto file = write(engine, "mtpool.env", "# x\nexport MTPOOL_SOCKET='" + engine.socket() + "'\n");
  EXPECT_EQ(Program({"status", "--config", file}).run().exit, 0);
  EXPECT_EQ(Program({"status"}, {"MTPOOL_SOCKET=" + engine.socket()}).run().exit, 0);
  EXPECT_EQ(Program({"status", "--config", "/nowhere/x"}).run().exit, 5);
}

TEST(ExitCode, FollowsWhatTheEngineSays) {
  FakeEngine engine;
  const std::vector<std::pair<Errc, int>> kinds{{Errc::Refused, 4},       {Errc::InvalidArgument, 5},
                                                {Errc::InvalidConfig, 5}, {Errc::Timeout, 6},
                                                {Errc::Unreachable, 1},   {Errc::StorageFull, 1}};
  for (const auto& [code, exit] : kinds) {
    engine.on([code = code](FakeOperations& operations) {
      operations.failure_ = Error(code, "the reason, the remedy");
    });
    const auto ended = on(engine, {"status"}).run();
    EXPECT_EQ(ended.exit, exit) << name(code);
    EXPECT_EQ(ended.err, "the reason, the remedy\n");
  }
}

TEST(Config, TakesASecretFromAFileAndNeverFromTheCommandLine) {
  FakeEngine engine;
  for (const char* change : {"TELEGRAM_API_HASH=hush", "MTPROTO_PROXIES=socks5://u:hush@h:1080"}) {
    const auto refused = on(engine, {"config", "set", change}).run();
    EXPECT_EQ(refused.exit, 2) << change;
    EXPECT_NE(refused.err.find("=@FILE"), std::string::npos) << refused.err;
    EXPECT_EQ(refused.err.find("hush"), std::string::npos) << refused.err;
  }
  EXPECT_EQ(on(engine, {"config", "set", "TELEGRAM_API_HASH"}).run().exit, 2) << "nobody to ask";
  EXPECT_TRUE(engine.calls().empty());
  const auto file = write(engine, "hash", "hush\n");
  EXPECT_EQ(on(engine, {"config", "set", "TELEGRAM_API_HASH=@" + file}).run().exit, 0);
  EXPECT_EQ(engine.calls().back(), "set TELEGRAM_API_HASH=hush");
  TerminalRun terminal(on(engine, {"config", "set", "TELEGRAM_API_HASH"}));
  ASSERT_TRUE(terminal.expect("TELEGRAM_API_HASH: "));
  terminal.type("typed\n");
  EXPECT_EQ(terminal.finish(), 0) << terminal.shown();
  EXPECT_EQ(terminal.shown().find("typed"), std::string::npos) << "a secret was shown";
  EXPECT_EQ(engine.calls().back(), "set TELEGRAM_API_HASH=typed");
}

TEST(Accounts, AreShownAndRemoved) {
  FakeEngine engine;
  EXPECT_EQ(on(engine, {"account", "show", "x"}).run().exit, 1);
  engine.on([](FakeOperations& operations) { operations.accounts_.emplace_back().account.alias = "x"; });
  EXPECT_EQ(on(engine, {"account", "show", "x"}).run().exit, 0);
  EXPECT_NE(on(engine, {"account", "list"}).run().out.find("\nx\t"), std::string::npos);
  EXPECT_EQ(on(engine, {"account", "remove", "x", "--keep-authorisation"}).run().exit, 0);
  EXPECT_EQ(engine.calls().back(), "remove x keep");
}

TEST(Removal, IsAskedBackOnATerminalOnly) {
  FakeEngine engine;
  const std::vector<Words> removals{{"account", "remove", "x"}, {"target", "remove", "@x", "--purge"}};
  for (const Words& removal : removals) {
    TerminalRun refused(on(engine, removal));
    ASSERT_TRUE(refused.expect("[y/N] ")) << refused.shown();
    const auto before = engine.calls();
    refused.type("\n");
    EXPECT_EQ(refused.finish(), 1);
    EXPECT_NE(refused.shown().find("nothing was done"), std::string::npos) << refused.shown();
    EXPECT_EQ(engine.calls(), before);
    TerminalRun confirmed(on(engine, removal));
    ASSERT_TRUE(confirmed.expect("[y/N] "));
    confirmed.type("y\n");
    EXPECT_EQ(confirmed.finish(), 0);
    EXPECT_EQ(engine.calls().size(), before.size() + 1);
    for (const Words& unasked : {Words{"--yes"}, Words{"-o", "json"}}) {
      Words words = removal;
      words.insert(words.end(), unasked.begin(), unasked.end());
      TerminalRun taken(on(engine, words));
      EXPECT_EQ(taken.finish(), 0);
      EXPECT_EQ(taken.shown().find("[y/N]"), std::string::npos) << taken.shown();
    }
  }
  TerminalRun nobody(Program({"account", "remove", "x", "--socket", "/nowhere/x.sock"}));
  EXPECT_EQ(nobody.finish(), 3);
  EXPECT_EQ(nobody.shown().find("[y/N]"), std::string::npos) << "asked for an engine that is not there";
  TerminalRun kept(on(engine, {"target", "remove", "@x"}));
  EXPECT_EQ(kept.finish(), 0) << "what can be added again is not asked";
}

TEST(Targets, AreAddedFromTheCommandLineAndFromAFile) {
  FakeEngine engine;
  const auto file = write(engine, "list", "@b\n# not this\n\n@c # nor this\n");
  const auto ended = on(engine, {"target", "add", "@a", "--file", file, "--history", "100", "--interval",
                                 "15m", "--user", "7"})
                         .run();
  EXPECT_EQ(ended.exit, 0) << ended.err;
  EXPECT_EQ(engine.calls().back(), "add 3 for 7 history '100' every 900");
  std::string many;
  for (int i = 0; i < 2500; ++i) {
    many += "@channel" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(on(engine, {"target", "add", "--file", write(engine, "many", many)}).run().exit, 0);
  EXPECT_EQ(engine.calls().back().substr(0, 8), "add 500 ");
  EXPECT_EQ(on(engine, {"target", "add", "@a", "--interval", "soon"}).run().exit, 5);
  EXPECT_EQ(on(engine, {"target", "add"}).run().exit, 2);
}

TEST(Targets, PartOfThemRemovedIsPartlyDone) {
  FakeEngine engine;
  const auto partly = on(engine, {"target", "remove", "@a", "@unknown", "--purge"}).run();
  EXPECT_EQ(partly.exit, 7);
  EXPECT_EQ(partly.err.find("@unknown"), partly.err.rfind("@unknown")) << partly.err;
  EXPECT_EQ(on(engine, {"target", "remove", "@unknown"}).run().exit, 1);
  EXPECT_EQ(on(engine, {"target", "remove", "@a"}).run().exit, 0);
}

TEST(Config, ShowsGetsAndSets) {
  FakeEngine engine;
  static const config::Setting kSetting = [] {
    config::Setting setting;
    setting.key = "MTPROTO_MAX_CONCURRENT_USERS";
    return setting;
  }();
  engine.on([](FakeOperations& operations) {
    auto& view = operations.settings_.settings.emplace_back();
    view.setting = &kSetting;
    view.value = "10";
    operations.outcome_.applied.push_back({"MTPROTO_MAX_CONCURRENT_USERS", "10", "30", true});
    operations.outcome_.warnings.emplace_back("that is a lot");
  });
  EXPECT_NE(on(engine, {"config", "show"}).run().out.find("MTPROTO_MAX_CONCURRENT_USERS\t10"),
            std::string::npos);
  EXPECT_EQ(on(engine, {"config", "get", "MTPROTO_MAX_CONCURRENT_USERS"}).run().out, "10\n");
  EXPECT_EQ(on(engine, {"config", "get", "NO_SUCH"}).run().exit, 5);
  const auto tried =
      on(engine, {"config", "set", "MTPROTO_MAX_CONCURRENT_USERS=30", "--dry-run", "--comment", "more"})
          .run();
  EXPECT_EQ(tried.exit, 0);
  EXPECT_NE(tried.out.find("\t10\t30\tlive"), std::string::npos) << tried.out;
  EXPECT_NE(tried.err.find("Not applied"), std::string::npos);
  EXPECT_NE(tried.err.find("that is a lot"), std::string::npos);
  EXPECT_EQ(engine.calls().back(), "try MTPROTO_MAX_CONCURRENT_USERS=30 because more");
  EXPECT_EQ(on(engine, {"config", "set", "nonsense"}).run().exit, 5);
}

TEST(Config, NamesTheClosestWhenThereIsNone) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    for (const char* key : {"MTPROTO_SESSION_TIMEOUT", "MTPROTO_IDLE_TIMEOUT", "LOG_LEVEL"}) {
      operations.settings_.settings.emplace_back().setting = config::findSetting(key);
    }
  });
  const std::vector<std::pair<Words, std::string>> mistakes{
      {{"config", "show", "nogroup"}, "the groups are pool, service"},
      {{"config", "show", "servce"}, "did you mean service?"},
      {{"config", "show", "LOG_LEVEL"}, "config get LOG_LEVEL"},
      {{"config", "get", "session_timeout"}, "did you mean MTPROTO_SESSION_TIMEOUT?"},
      {{"config", "get", "nothing"}, "config show lists them all"}};
  for (const auto& [words, said] : mistakes) {
    const auto ended = on(engine, words).run();
    EXPECT_EQ(ended.exit, 5) << words.back();
    EXPECT_EQ(ended.out, "");
    EXPECT_NE(ended.err.find(said), std::string::npos) << ended.err;
  }
  EXPECT_EQ(on(engine, {"config", "show", "service"}).run().exit, 0);
}

TEST(Sessions, AreListedAndTheEngineIsStopped) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) { operations.sessions_.emplace_back().account = "a"; });
  EXPECT_NE(on(engine, {"session", "list"}).run().out.find("\ta\t"), std::string::npos);
  EXPECT_EQ(on(engine, {"shutdown", "--force"}).run().exit, 0);
  EXPECT_EQ(engine.calls().back(), "shutdown now");
}

TEST(Arguments, SuggestTheVerbThatWasMeant) {
  const auto typo = Program({"account", "lsit"}).run();
  EXPECT_EQ(typo.exit, 2);
  EXPECT_NE(typo.err.find("did you mean list?"), std::string::npos) << typo.err;
  EXPECT_EQ(Program({}).run().exit, 2);
  EXPECT_EQ(Program({"status", "-o", "xml"}).run().exit, 2);
  EXPECT_EQ(Program({"--version"}).run().exit, 0);
  EXPECT_EQ(Program({"account", "add", "--help"}).run().exit, 0);
}

TEST(Arguments, OfEveryVerbAreInTheHelpOfAll) {
  const auto all = Program({"--help-all"}).run();
  EXPECT_EQ(all.exit, 0);
  const std::vector<std::string> said{"mtpoolctl account add [OPTIONS] name",
                                      "--bot-token-file",
                                      "mtpoolctl target remove [OPTIONS] target",
                                      "--purge",
                                      "mtpoolctl config set [OPTIONS] change",
                                      "--dry-run",
                                      "mtpoolctl collect [OPTIONS]",
                                      "--wait",
                                      "default: all",
                                      "default: MTPROTO_COLLECTION_INTERVAL",
                                      "apostrophe"};
  for (const auto& words : said) {
    EXPECT_NE(all.out.find(words), std::string::npos) << words << "\n" << all.out;
  }
  EXPECT_EQ(all.out.find("--password "), std::string::npos) << "what only refuses is no option";
}

TEST(DialStdio, JoinsAPipeWithTheSocket) {
  FakeEngine engine;
  v1::Envelope hello;
  hello.mutable_hello()->set_major(1);
  const auto body = hello.SerializeAsString();
  const auto ended = on(engine, {"dial-stdio"}).run(RawClient::header(body.size()) + body);
  EXPECT_EQ(ended.exit, 0);
  EXPECT_NE(ended.out.find("0.1.0"), std::string::npos) << "the welcome did not come back";
}

}  // namespace
}  // namespace mtpool::test
