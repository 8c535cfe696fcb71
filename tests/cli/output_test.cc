// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "engine/cli/exit_code.h"
#include "engine/cli/json.h"
#include "engine/cli/progress_line.h"
#include "engine/cli/socket_path.h"
#include "engine/cli/suggestion.h"
#include "engine/cli/table.h"
#include "engine/cli/words.h"

#include "mtpool/control/v1/status.pb.h"
#include "mtpool/control/v1/targets.pb.h"

namespace mtpool::cli {
namespace {

namespace v1 = ::mtpool::control::v1;

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(displayWidth("abc"), 3U);
  EXPECT_EQ(displayWidth("привет"), 6U);
  EXPECT_EQ(displayWidth("日本"), 4U);
  EXPECT_EQ(displayWidth("e\u0301"), 1U);
  EXPECT_EQ(displayWidth("😀"), 2U);
}

TEST(Table, KeepsColumnsStraightUnderWideText) {
  Table table(std::vector<Column>{Column("a"), Column("n", Column::kRight), Column("b")});
  table.add({Cell("日本"), Cell("5"), Cell("x")});
  table.add({Cell("c"), Cell("500"), Cell("y")});
  EXPECT_EQ(table.text(Format::Table, true), "A       N  B\n日本    5  x\nc     500  y\n");
}

TEST(Table, HidesWideColumnsUnlessAsked) {
  Table table(std::vector<Column>{Column("a"), Column("more", Column::kWide)});
  table.add({Cell("1"), Cell("2")});
  EXPECT_EQ(table.text(Format::Table, false), "A\n1\n");
  EXPECT_EQ(table.text(Format::Wide, false), "A\tMORE\n1\t2\n");
  EXPECT_EQ(table.text(Format::Csv, false), "a,more\r\n1,2\r\n");
}

TEST(Csv, DisarmsWhatASpreadsheetWouldRun) {
  for (const std::string payload :
       {"=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\tx", "\r=x", "＝1+1", "＋x", "－x", "＠x"}) {
    Table table(std::vector<Column>{Column("a")});
    table.add({Cell(payload)});
    const auto text = table.text(Format::Csv, false);
    const auto cell = text.substr(3);
    EXPECT_TRUE(cell.starts_with("'") || cell.starts_with("\"'")) << cell;
  }
}

// Moves the cursor, sets a title in C1, turns the line around, ends it where only Unicode sees an end.
constexpr const char* kHostile = "a\x1b[2J\x7f\u009d0;owned\u009c\u202e\u2066\u200f\u2028b\nc";

TEST(Csv, HoldsNothingATerminalObeys) {
  Table table(std::vector<Column>{Column("a")});
  table.add({Cell(kHostile)});
  EXPECT_EQ(table.text(Format::Csv, false), "a\r\n\"a[2J0;ownedb\nc\"\r\n");
}

TEST(Json, HoldsNothingATerminalObeysAndTheSameValue) {
  v1::Condition condition;
  condition.set_text(kHostile);
  const std::string json = toJson(condition);
  EXPECT_TRUE(std::ranges::all_of(json, [](char c) { return c >= 0x20 && c < 0x7f; })) << json;
  EXPECT_EQ(boost::json::parse(json).at("text").as_string(), kHostile);
}

TEST(Json, NamesEveryFieldAlsoWhenItIsEmpty) {
  EXPECT_EQ(toJson(v1::Condition()), R"({"name":"","ok":false,"text":""})");
  EXPECT_NE(toJson(v1::StatusReply()).find(R"("memory":null)"), std::string::npos);
  EXPECT_EQ(toJson(v1::TargetsReply()), R"({"targets":[]})");
}

TEST(Json, WritesIntegersThatADoubleCannotHoldAsStrings) {
  v1::AddTargets message;
  message.set_user_id(std::int64_t{1} << 53);
  EXPECT_NE(toJson(message).find("\"user_id\":9007199254740992"), std::string::npos) << toJson(message);
  message.set_user_id((std::int64_t{1} << 53) + 1);
  EXPECT_NE(toJson(message).find("\"user_id\":\"9007199254740993\""), std::string::npos) << toJson(message);
  message.set_user_id(-(std::int64_t{1} << 53) - 1);
  EXPECT_NE(toJson(message).find("\"user_id\":\"-9007199254740993\""), std::string::npos) << toJson(message);
}

TEST(Words, AreForPeopleAndForPrograms) {
  const auto at = atTime(1'700'000'000'000'000);
  EXPECT_EQ(at.human, "2023-11-14 22:13:20");
  EXPECT_EQ(at.raw, "2023-11-14T22:13:20Z");
  EXPECT_EQ(atTime(0).human, "");
  EXPECT_EQ(untilTime(10'000'000, 4'500'000).human, "in 00:06");
  EXPECT_EQ(untilTime(10'000'000, 20'000'000).human, "now");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
  EXPECT_EQ(grouped(-1'234), "-1,234");
  EXPECT_EQ(grouped(-123), "-123");
  EXPECT_EQ(count(1000).raw, "1000");
  EXPECT_EQ(rate(512.4).human, "512");
  EXPECT_EQ(rate(3.44).human, "3.4");
}

TEST(Nearest, FindsTheWordThatWasMeantOrNone) {
  const std::vector<std::string> verbs{"status", "shutdown", "account", "target", "config"};
  EXPECT_EQ(nearest("statsu", verbs), "status");
  EXPECT_EQ(nearest("acount", verbs), "account");
  EXPECT_EQ(nearest("frobnicate", verbs), "");
  EXPECT_EQ(nearest("x", verbs), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), verbs), "");
}

TEST(SocketPath, FollowsTheOrderOfTheContract) {
  Environment home;
  home.home = "/home/you";
  EXPECT_EQ(*findSockets({}, home), (std::vector<std::string>{"/home/you/.local/state/mtpool/mtpool.sock",
                                                              "/run/mtpool/mtpool.sock"}));
  Environment xdg = home;
  xdg.runtimeDir = "/run/user/5";
  EXPECT_EQ(findSockets({}, xdg)->front(), "/run/user/5/mtpool/mtpool.sock");
  Environment named = xdg;
  named.socket = "/a";
  EXPECT_EQ(*findSockets({}, named), std::vector<std::string>{"/a"});
  SocketChoice choice;
  choice.socket = "/b";
  EXPECT_EQ(*findSockets(choice, named), std::vector<std::string>{"/b"});
}

TEST(ProgressLine, FitsTheTerminalAndIsWhole) {
  v1::Progress p;
  p.set_targets(3);
  p.set_complete(3);
  p.set_stored(3000);
  p.set_expected(3000);
  p.set_eta_s(-1);
  EXPECT_EQ(progressWords(p), "3 of 3 targets, 3,000 of 3,000 messages (100 %), 0.0/s");
  p.set_complete(2);
  p.set_failed(1);
  p.set_why("waits for каналы\x1b[2J");
  EXPECT_NE(progressWords(p).find("(99 %)"), std::string::npos) << "100 % is said of what is complete";
  for (std::size_t width = 1; width < 120; ++width) {
    const auto bar = progressBar(p, width).substr(4);
    EXPECT_LT(displayWidth(bar), std::max<std::size_t>(width, 1)) << width;
    EXPECT_EQ(bar.find('\x1b'), std::string::npos);
  }
}

TEST(ExitCode, OfTheEngineAndOfTheCallerAreApart) {
  EXPECT_EQ(exitCodeOf(Errc::Unreachable), ExitCode::NoEngine);
  EXPECT_EQ(exitCodeOf(Errc::PasswordNeeded), ExitCode::Usage);
  EXPECT_EQ(exitCodeOf(Errc::Refused), ExitCode::Refused);
  EXPECT_EQ(exitCodeOf(Errc::InvalidConfig), ExitCode::Invalid);
  EXPECT_EQ(exitCodeOf(Errc::CodeInvalid), ExitCode::Invalid);
  EXPECT_EQ(exitCodeOf(Errc::PasswordInvalid), ExitCode::Invalid);
  EXPECT_EQ(exitCodeOf(Errc::Timeout), ExitCode::TimedOut);
  EXPECT_EQ(exitCodeOf(Errc::NotFound), ExitCode::Failed);
}

}  // namespace
}  // namespace mtpool::cli
