// SPDX-License-Identifier: Apache-2.0
#include "engine/config/env_file.h"

#include <gtest/gtest.h>

#include "engine/base/random.h"

namespace mtpool::config {
namespace {

TEST(EnvFile, KeepsCommentsOrderAndSpacingWhenAValueChanges) {
  auto file = EnvFile::parse("# pool\n\nA=1\n  # indented\nB=\"two words\"\n\n");
  ASSERT_TRUE(file.ok());
  file->set("A", "2");
  EXPECT_EQ(file->text(), "# pool\n\nA=2\n  # indented\nB=\"two words\"\n\n");
}

TEST(EnvFile, AppendsAKeyThatWasNotThereOnALineOfItsOwn) {
  auto file = EnvFile::parse("A=1");
  ASSERT_TRUE(file.ok());
  file->set("B", "x y");
  EXPECT_EQ(file->text(), "A=1\nB=\"x y\"\n");
  const auto again = EnvFile::parse(file->text());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->value("B"), "x y");
}

TEST(EnvFile, RefusesWhatBashSystemdAndDockerReadDifferently) {
  for (const char* text : {"A", "export A=1", "A=$HOME", "A=`id`", "A=a\\b", "A=\"open", "A=\"x\" y",
                           "A=1 # one", "1A=2", "A B=1", "=1", "A=1\nA=2", "A=\xff"}) {
    const auto file = EnvFile::parse(text);
    ASSERT_FALSE(file.ok()) << text;
    EXPECT_EQ(file.error().code(), Errc::InvalidConfig) << text;
    EXPECT_NE(file.error().text().find("line "), std::string::npos) << text;
  }
}

TEST(EnvFile, TakesAJsonArrayWithOrWithoutQuotesAroundIt) {
  for (const char* text : {R"(A=["a","b"])", R"(A='["a","b"]')"}) {
    const auto file = EnvFile::parse(text);
    ASSERT_TRUE(file.ok()) << text;
    EXPECT_EQ(file->value("A"), R"(["a","b"])");
  }
  EXPECT_FALSE(EnvFile::parse(R"(A=["$HOME"])").ok());
}

TEST(EnvFile, FindsARepeatedKeyAmongMany) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    text += "K" + std::to_string(i) + "=\n";
  }
  EXPECT_TRUE(EnvFile::parse(text).ok());
  const auto again = EnvFile::parse(text + "K7=1\n");
  ASSERT_FALSE(again.ok());
  EXPECT_NE(again.error().text().find("K7 stands in line 8 already"), std::string::npos);
}

TEST(EnvFile, NamesTheLine) {
  const auto file = EnvFile::parse("A=1\n# fine\nbroken line\n");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().text().rfind("line 3: ", 0), 0U) << file.error().text();
}

TEST(EnvFile, NamesTheKeyOfABadLineAndNeverItsValue) {
  for (const char* text :
       {"TELEGRAM_API_HASH=\"hush", "TELEGRAM_API_HASH=hu$sh", "TELEGRAM_API_HASH=\"x\" hush",
        "TELEGRAM_API_HASH hush", "TELEGRAM_API_HASH: hush"}) {
    const auto file = EnvFile::parse(text);
    ASSERT_FALSE(file.ok()) << text;
    EXPECT_EQ(file.error().text().rfind("line 1: TELEGRAM_API_HASH: ", 0), 0U) << file.error().text();
    EXPECT_EQ(file.error().text().find("sh;"), std::string::npos);
    EXPECT_EQ(file.error().text().find("hu"), std::string::npos) << file.error().text();
  }
  EXPECT_EQ(EnvFile::parse("hush hush").error().text().find("hu"), std::string::npos);
}

TEST(EnvFile, UnchangedTextComesBackByteForByte) {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    SeededRandom random(seed);
    std::string text;
    static constexpr char kAlphabet[] = "AB=#\" \n\t1'$";
    for (std::uint64_t i = random.below(60); i > 0; --i) {
      text.push_back(kAlphabet[random.below(sizeof kAlphabet - 1)]);
    }
    const auto file = EnvFile::parse(text);
    if (file.ok()) {
      ASSERT_EQ(file->text(), text) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace mtpool::config
