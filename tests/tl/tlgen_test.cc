// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/tl/tlgen/closure.h"
#include "engine/tl/tlgen/emit.h"
#include "engine/tl/tlgen/lexer.h"
#include "engine/tl/tlgen/lists.h"
#include "engine/tl/tlgen/names.h"
#include "engine/tl/tlgen/plan.h"
#include "engine/tl/tlgen/schema.h"
#include "engine/tl/tlgen/views.h"

namespace mtpool::tlgen {
namespace {

const std::string kGolden = MTPOOL_SOURCE_DIR "/tests/tl/golden/";

std::string contentOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string errorOf(const std::string& schema) {
  const auto parsed = parseSchema("x.tl", schema);
  if (!parsed.ok()) {
    return parsed.error().text();
  }
  const auto checked = checkIds(*parsed);
  return checked.ok() ? "" : checked.error().text();
}

TEST(Schema, KnowsTheIdsOfThePublishedExamples) {
  EXPECT_EQ(errorOf("ping#7abe77ec ping_id:long = Pong;\n"
                    "resPQ#05162463 nonce:int128 server_nonce:int128 pq:bytes "
                    "server_public_key_fingerprints:Vector<long> = ResPQ;\n"
                    "boolTrue#997275b5 = Bool;\nhelp.getConfig#c4f9186b = Config;\n"),
            "");
}

TEST(Schema, RefusesAnIdThatIsNotItsDeclarations) {
  EXPECT_EQ(
      errorOf("ping#7abe77ec ping_id:long = Pong;\n\nping2#7abe77ec ping_id:int = Pong;\n").substr(0, 31),
      "x.tl:3: 'ping2' has id 7abe77ec");
}

TEST(Schema, NamesFileAndLineOfWhatItCannotRead) {
  EXPECT_EQ(errorOf("a#1 = A;\nb#zz = A;\n"), "x.tl:2: 'zz' is not a hexadecimal constructor id");
  EXPECT_EQ(errorOf("a#1 x:int = A"), "x.tl:1: expected ';' but found ''");
  EXPECT_EQ(errorOf("a#1 x:Vector<int = A;"), "x.tl:1: expected '>' but found '='");
  EXPECT_EQ(errorOf("a#1 x:flags.3?int = A;"), "x.tl:1: flags word 'flags' stands nowhere before");
  EXPECT_EQ(errorOf("a#1 flags:# x:flags.32?int = A;"),
            "x.tl:1: 'flags.32' is not a condition of the form flags.N");
  EXPECT_EQ(errorOf("a#1 x:true = A;"), "x.tl:1: field 'x' of type true needs a condition");
  EXPECT_EQ(errorOf("a#1 = A;\na#2 = A;"), "x.tl:2: 'a' is declared twice");
  EXPECT_EQ(errorOf("\n\"a"), "x.tl:2: character '\"' has no meaning in TL");
}

TEST(Schema, TakesTheLayerFromAComment) {
  EXPECT_EQ(parseSchema("x.tl", "// LAYER 301\n")->layer, 301);
  EXPECT_EQ(tokenize("x.tl", "// no number\n")->layer, 0);
}

TEST(Names, FollowTheRulesOfTheCode) {
  EXPECT_EQ(qualified("messages.getHistory"), "messages::GetHistory");
  EXPECT_EQ(structName("p_q_inner_data_dc"), "PQInnerDataDc");
  EXPECT_EQ(fieldName("access_hash"), "accessHash");
  EXPECT_EQ(fieldName("srp_B"), "srpB");
  EXPECT_EQ(fieldName("A"), "a");
  EXPECT_EQ(fieldName("long"), "long_");
  EXPECT_EQ(skipConstant("messages.Messages"), "kMessagesMessages");
}

TEST(List, ReadsSectionsWordsAndContinuedDetails) {
  const auto list = parseList("l.txt", "[one] # c\nA b\n  c d\n    e\n  f\n");
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->lines.size(), 1U);
  EXPECT_EQ(list->lines[0].words, std::vector<std::string>{"b"});
  EXPECT_EQ(list->lines[0].details[0], (std::vector<std::string>{"c", "d", "e"}));
  EXPECT_EQ(list->lines[0].details[1], std::vector<std::string>{"f"});
  EXPECT_FALSE(parseList("l.txt", "A\n").ok());
  EXPECT_EQ(parseList("l.txt", "[a]\n[a]\n").error().text(),
            "l.txt:2: a section is one new name in brackets");
}

Result<Plan> planWith(const Schema& schema, const std::string& types) {
  MTP_TRY(const List list, parseList("types.txt", types));
  return Plan::make(schema, "x", list, List{});
}

TEST(Plan, RefusesWhatTheSchemaOrTheOrderDoesNotAllow) {
  const auto schema = parseSchema("x.tl", "a#1 b:B = A;\nb#2 = B;\nc#3 = B;\n");
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(planWith(*schema, "[s]\nC\n").error().text(), "types.txt:2: the schema has no type 'C'");
  EXPECT_EQ(planWith(*schema, "[s]\nB x\n").error().text(), "types.txt:2: type 'B' has no constructor 'x'");
  EXPECT_EQ(planWith(*schema, "[s]\nA\n[t]\nB\n").error().text(),
            "types.txt:2: 'A' holds 'B', whose section 't' comes later");
}

TEST(Views, RefuseFieldsThatAreNotThere) {
  const auto schema = parseSchema("x.tl", "a#1 b:int = A;\n");
  const auto list = parseList("v.txt", "[v]\nA\n  a c\n");
  EXPECT_EQ(planViews(*schema, *list).error().text(), "v.txt:2: constructor 'a' has no field 'c'");
}

/// The whole output for a small schema. To accept a change, from the top folder:
///   cd tests/tl/golden && tlgen --schema schema.tl --space pets --out expected --types types.txt
///     --methods methods.txt --views views.txt
TEST(Tlgen, WritesTheTextItWroteBefore) {
  const auto schema = parseSchema("schema.tl", contentOf(kGolden + "schema.tl"));
  ASSERT_TRUE(schema.ok()) << schema.error().text();
  ASSERT_TRUE(checkIds(*schema).ok());
  const auto types = parseList("types.txt", contentOf(kGolden + "types.txt"));
  const auto methods = parseList("methods.txt", contentOf(kGolden + "methods.txt"));
  const auto views = parseList("views.txt", contentOf(kGolden + "views.txt"));
  const auto plan = Plan::make(*schema, "pets", *types, *methods);
  ASSERT_TRUE(plan.ok()) << plan.error().text();
  const auto closure = closureOf(*plan, *views);
  ASSERT_TRUE(closure.ok()) << closure.error().text();
  const auto projections = emitViews(*schema, "pets", *views);
  ASSERT_TRUE(projections.ok()) << projections.error().text();

  std::map<std::string, std::string> files;
  for (const auto& some :
       {emitNames(*schema, "pets"), emitStructs(*plan), emitSkip(*plan, *closure), *projections}) {
    for (const Output& file : some) {
      files[file.path] = file.text;
    }
  }
  std::size_t expected = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kGolden + "expected")) {
    ++expected;
    EXPECT_EQ(files[entry.path().filename()], contentOf(entry.path())) << entry.path();
  }
  EXPECT_EQ(files.size(), expected);
}

TEST(Tlgen, EndsWithTheLineOnABrokenSchema) {
  const std::string folder = testing::TempDir() + "tlgen_broken";
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/bad.tl") << "// Layer 1\nping#7abe77ed ping_id:long = Pong;\n";
  const std::string command = std::string(MTPOOL_BIN_DIR) + "/tlgen --schema " + folder +
                              "/bad.tl --space x --out " + folder + "/out --whole x 2> " + folder + "/said";
  EXPECT_NE(std::system(command.c_str()), 0);
  EXPECT_NE(contentOf(folder + "/said").find("bad.tl:2: 'ping'"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder + "/out"));
}

}  // namespace
}  // namespace mtpool::tlgen
