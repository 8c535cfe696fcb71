// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/idle_reason.h"

#include "engine/base/utc.h"
#include "tests/pool/leases_fixture.h"

namespace mtpool::collect {
namespace {

using std::chrono::hours;

class IdleReasonTest : public pool::LeasesTest {
 protected:
  void SetUp() override {
    pool::LeasesTest::SetUp();
    anna_ = &add("anna", 1);
    targets_ = std::make_unique<TargetBook>(*store_);
  }

  TargetEntry& want(const std::string& spec, model::TargetState state, WallTime nextDueAt,
                    std::int64_t user = 0) {
    model::Target target;
    target.spec = spec;
    target.user = model::UserId(user);
    std::vector<model::Target> one{target};
    TargetEntry& entry = *store::finish(targets_->add(std::move(one)))->front();
    entry.target().state = state;
    entry.target().nextDueAt = nextDueAt;
    return entry;
  }

  std::string reason(const pool::Slot& slot) { return idleReason(*pool_, *targets_, slot, settable_.wall()); }

  bool says(const std::string& words) {
    const std::string told = reason(*anna_);
    return told.find(words) != std::string::npos ? true : (ADD_FAILURE() << told, false);
  }

  pool::Slot* anna_ = nullptr;
  std::unique_ptr<TargetBook> targets_;
};

TEST_F(IdleReasonTest, NamesTheSettingThatKeepsTheAccountOut) {
  const pool::Slot& boris = add("boris", 2);
  configure(false);
  EXPECT_NE(reason(boris).find("config set MTPROTO_POOL_ENABLED=true"), std::string::npos) << reason(boris);
}

TEST_F(IdleReasonTest, SaysThatThereAreNoTargetsForIt) {
  says("no targets");
  want("@another", model::TargetState::Due, {}, 2);
  says("no targets");
}

TEST_F(IdleReasonTest, SaysWhenTheNextRunBegins) {
  const WallTime soon = settable_.wall() + hours(1);
  want("@late", model::TargetState::Complete, soon + hours(1));
  want("@soon", model::TargetState::Complete, soon);
  says("all targets collected; next run at " + utcText(soon));
  want("@hurt", model::TargetState::Waiting, soon + hours(2));
  says("nothing is due; next run at " + utcText(soon));
}

TEST_F(IdleReasonTest, SaysThatEveryTargetHasFailed) {
  want("@gone", model::TargetState::Failed, {});
  says("every target has failed");
}

TEST_F(IdleReasonTest, TellsItsOwnWaitBeforeAnythingElse) {
  wait(*anna_, std::string(pool::kHistoryMethod), hours(1));
  says("told to wait for messages.getHistory");
}

TEST_F(IdleReasonTest, TellsWhatADueTargetWaitsFor) {
  TargetEntry& barred = want("@private", model::TargetState::Due, {});
  barred.bars[anna_->account.id] = {std::nullopt, "the channel is private"};
  says("the channel is private");
  barred.running = true;
  says("other accounts collect");
  add("boris", 2);
  settings_.maxConcurrentUsers = 1;
  configure(true);
  EXPECT_EQ(acquire(wantOf(model::UserId(2))), "boris");
  want("@open", model::TargetState::Due, {});
  says("MTPROTO_MAX_CONCURRENT_USERS");
}

}  // namespace
}  // namespace mtpool::collect
