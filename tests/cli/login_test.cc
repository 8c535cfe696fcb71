// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "engine/cli/commands/commands.h"
#include "tests/cli/on_engine.h"

namespace mtpool::test {
namespace {

TEST(Login, AsksForCodeAndPasswordOnATerminalAndHidesThePassword) {
  FakeEngine engine;
  TerminalRun terminal(on(engine, {"account", "add", "a", "--phone", "+99900000"}));
  ASSERT_TRUE(terminal.expect("Login code (sent to the app): ")) << terminal.shown();
  terminal.type("99999\n");
  ASSERT_TRUE(terminal.expect("the code is wrong")) << terminal.shown();
  ASSERT_TRUE(terminal.expect("Login code")) << terminal.shown();
  terminal.type("12345\n");
  ASSERT_TRUE(terminal.expect("password (hint: theatre): ")) << terminal.shown();
  terminal.type("rehearsal\n");
  EXPECT_EQ(terminal.finish(), 0) << terminal.shown();
  EXPECT_NE(terminal.shown().find("Account a is logged in."), std::string::npos);
  EXPECT_EQ(terminal.shown().find("rehearsal"), std::string::npos) << "a password was shown";
}

TEST(Login, EndsInOrderWhenThePersonGivesUp) {
  FakeEngine engine;
  TerminalRun terminal(on(engine, {"account", "add", "a", "--phone", "+99900000"}));
  ASSERT_TRUE(terminal.expect("Login code"));
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish(), 1);
  EXPECT_EQ(engine.calls().back(), "cancel login-1");
}

TEST(Login, TakesCodeAndPasswordFromFiles) {
  FakeEngine engine;
  const auto code = write(engine, "code", "12345\n");
  const auto password = write(engine, "password", "rehearsal\n");
  const auto ended = on(engine, {"account", "add", "a", "--phone", "+99900000", "--code-file", code,
                                 "--password-file", password, "-o", "json"})
                         .run();
  EXPECT_EQ(ended.exit, 0) << ended.err;
  EXPECT_EQ(boost::json::parse(ended.out).at("state").as_string(), "ready");
}

TEST(Login, NeedsAWayToGetTheCodeBeforeTelegramSendsOne) {
  FakeEngine engine;
  const auto ended = on(engine, {"account", "add", "a", "--phone", "+99900000"}).run();
  EXPECT_EQ(ended.exit, 2);
  EXPECT_NE(ended.err.find("--code-file"), std::string::npos);
  EXPECT_TRUE(engine.calls().empty());
}

TEST(Login, SaysHowToGiveAPasswordWhenThereIsNoTerminal) {
  FakeEngine engine;
  const auto ended = on(engine, {"account", "add", "a", "--phone", "+99900000", "--code", "12345"}).run();
  EXPECT_EQ(ended.exit, 2);
  EXPECT_NE(ended.err.find("--password-file"), std::string::npos);
  EXPECT_EQ(engine.calls().back(), "cancel login-1");
}

TEST(Login, AWrongCodeFromTheCommandLineIsNotRepeated) {
  FakeEngine engine;
  const auto ended = on(engine, {"account", "add", "a", "--phone", "+99911111", "--code", "1"}).run();
  EXPECT_EQ(ended.exit, 5);
  EXPECT_NE(ended.err.find("the code is wrong"), std::string::npos) << ended.err;
  const auto calls = engine.calls();
  EXPECT_EQ(std::count(calls.begin(), calls.end(), "code login-1"), 1);
}

TEST(Login, TakesABotTokenFromAFileAndNeverFromTheCommandLine) {
  FakeEngine engine;
  const auto token = write(engine, "token", "1:token\n");
  EXPECT_EQ(on(engine, {"account", "add", "b", "--bot-token-file", token}).run().exit, 0);
  EXPECT_EQ(on(engine, {"account", "add", "b", "--bot-token-file", "-"}).run("1:token\n").exit, 0);
  const auto before = engine.calls().size();
  for (const Words& secret : {Words{"--bot-token", "1:token"}, Words{"--password", "rehearsal"}}) {
    Words words{"account", "add", "b", "--phone", "+1"};
    words.insert(words.end(), secret.begin(), secret.end());
    const auto refused = on(engine, words).run();
    EXPECT_EQ(refused.exit, 2);
    EXPECT_NE(refused.err.find("-file"), std::string::npos) << refused.err;
    EXPECT_EQ(refused.err.find(secret[1]), std::string::npos);
  }
  EXPECT_EQ(engine.calls().size(), before);
}

TEST(Login, WarnsOfASecretThatOthersMayRead) {
  FakeEngine engine;
  const auto token = write(engine, "token", "1:token\n");
  const auto add = [&] { return on(engine, {"account", "add", "b", "--bot-token-file", token}).run(); };
  EXPECT_EQ(add().err.find("chmod"), std::string::npos);
  ASSERT_EQ(::chmod(token.c_str(), 0644), 0);
  const auto warned = add();
  EXPECT_EQ(warned.exit, 0);
  EXPECT_NE(warned.err.find("chmod 600 " + token), std::string::npos) << warned.err;
}

TEST(Login, SaysWhatItWaitsForWhenTelegramIsSlow) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) { operations.holdLogin_ = true; });
  const auto token = write(engine, "token", "1:token\n");
  TerminalRun terminal(on(engine, {"account", "add", "b", "--bot-token-file", token}));
  EXPECT_TRUE(terminal.expect("waiting for Telegram's answer, at most 60 s")) << terminal.shown();
  engine.on([](FakeOperations& operations) { operations.letGo(); });
  EXPECT_EQ(terminal.finish(), 0) << terminal.shown();
}

TEST(Login, OfAnAccountThatIsNotThereAsksForNothing) {
  FakeEngine engine;
  TerminalRun terminal(on(engine, {"account", "login", "nobody"}));
  EXPECT_EQ(terminal.finish(), 1);
  EXPECT_NE(terminal.shown().find("nobody"), std::string::npos) << terminal.shown();
  EXPECT_EQ(terminal.shown().find("Phone number"), std::string::npos) << terminal.shown();
}

void addAccount(FakeEngine& engine, const std::string& alias) {
  engine.on([&](FakeOperations& operations) { operations.accounts_.emplace_back().account.alias = alias; });
}

TEST(Login, AgainKeepsTheNameAndAsksForTheNumber) {
  FakeEngine engine;
  addAccount(engine, "a");
  TerminalRun terminal(on(engine, {"account", "login", "a"}));
  ASSERT_TRUE(terminal.expect("Phone number: ")) << terminal.shown();
  terminal.type("+99911111\n");
  ASSERT_TRUE(terminal.expect("Login code (sent to the app): ")) << terminal.shown();
  terminal.type("12345\n");
  EXPECT_EQ(terminal.finish(), 0) << terminal.shown();
  EXPECT_EQ(engine.calls().front(), "login again a +99911111");
}

TEST(Login, AgainTakesTheSameOptionsAsTheFirst) {
  FakeEngine engine;
  addAccount(engine, "a");
  const auto ended = on(engine, {"account", "login", "a", "--phone", "+99911111", "--code", "12345"}).run();
  EXPECT_EQ(ended.exit, 0) << ended.err;
  EXPECT_EQ(engine.calls().front(), "login again a +99911111");
  const auto nobody = on(engine, {"account", "login", "a"}).run();
  EXPECT_EQ(nobody.exit, 2);
  EXPECT_NE(nobody.err.find("--phone"), std::string::npos) << nobody.err;
}

}  // namespace
}  // namespace mtpool::test
