// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/login_desk.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

using CodeVerdict = LoginDesk::CodeVerdict;
using PasswordVerdict = LoginDesk::PasswordVerdict;

class LoginDeskTest : public testing::Test {
 protected:
  ManualClock clock_{WallTime(std::chrono::hours(480'000))};
  SeededRandom random_{4};
  LoginDesk desk_{clock_, random_};
};

TEST_F(LoginDeskTest, TakesTheRightCodeOnce) {
  const std::string hash = desk_.sendCode("79990010001");
  EXPECT_EQ(desk_.checkCode("79990010001", hash, "54321"), CodeVerdict::Wrong);
  EXPECT_EQ(desk_.checkCode("79990010001", hash, kLoginCode), CodeVerdict::Good);
  EXPECT_EQ(desk_.checkCode("79990010001", hash, kLoginCode), CodeVerdict::Expired);
}

TEST_F(LoginDeskTest, ForgetsCodesWithTimeAndAfterFiveWrongOnes) {
  std::string hash = desk_.sendCode("79990010001");
  clock_.advance(std::chrono::minutes(6));
  EXPECT_EQ(desk_.checkCode("79990010001", hash, kLoginCode), CodeVerdict::Expired);
  hash = desk_.sendCode("79990010001");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(desk_.checkCode("79990010001", hash, "0"), CodeVerdict::Wrong);
  }
  EXPECT_EQ(desk_.checkCode("79990010001", hash, "0"), CodeVerdict::Expired);
  EXPECT_EQ(desk_.checkCode("79990010001", hash, kLoginCode), CodeVerdict::Expired);
}

TEST_F(LoginDeskTest, WantsTheHashOfTheLatestCode) {
  const std::string first = desk_.sendCode("79990010001");
  const std::string second = desk_.sendCode("79990010001");
  EXPECT_EQ(desk_.checkCode("79990010001", first, kLoginCode), CodeVerdict::Expired);
  EXPECT_EQ(desk_.checkCode("79990010001", second, kLoginCode), CodeVerdict::Good);
}

TEST_F(LoginDeskTest, ChecksThePasswordByProof) {
  const auto challenge = desk_.challenge();
  const auto proof =
      crypto::srpProve(desk_.passwordParameters(), challenge.b, SecretString(kLoginPassword), random_);
  ASSERT_TRUE(proof);
  EXPECT_EQ(desk_.checkPassword(challenge.id, *proof), PasswordVerdict::Good);
  EXPECT_EQ(desk_.checkPassword(challenge.id, *proof), PasswordVerdict::Stale);
  const auto again = desk_.challenge();
  EXPECT_EQ(desk_.checkPassword(again.id, *proof), PasswordVerdict::Wrong);
}

TEST_F(LoginDeskTest, LetsAnAuthorisationTravelOnceAndToOnePlace) {
  const auto made = desk_.exportAuthorisation(6'000'000'001, 4);
  EXPECT_EQ(desk_.importAuthorisation(made.id, made.bytes, 4), 6'000'000'001);
  EXPECT_EQ(desk_.importAuthorisation(made.id, made.bytes, 4), std::nullopt);
  const auto astray = desk_.exportAuthorisation(6'000'000'001, 4);
  EXPECT_EQ(desk_.importAuthorisation(astray.id, astray.bytes, 1), std::nullopt);
  const auto late = desk_.exportAuthorisation(6'000'000'001, 4);
  clock_.advance(std::chrono::minutes(2));
  EXPECT_EQ(desk_.importAuthorisation(late.id, late.bytes, 4), std::nullopt);
}

}  // namespace
}  // namespace mtpool::sim
