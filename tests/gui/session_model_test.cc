// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/session_model.h"

#include <gtest/gtest.h>

#include <QItemSelectionModel>
#include <QSignalSpy>

#include "gui/widgets/session_filter.h"
#include "tests/gui/console_fixture.h"

namespace mtpool::gui {
namespace {

class SessionModelTest : public testing::Test {
 protected:
  SessionModelTest() : mirror_(clock_), model_(mirror_) {}

  static pb::Item snapshot(int count) {
    pb::Item item;
    item.set_topic(pb::TOPIC_SESSIONS);
    item.set_reset(true);
    for (int i = 0; i < count; ++i) {
      auto* session = item.add_sessions();
      session->set_id(i + 1);
      session->set_state("collecting");
    }
    return item;
  }

  void apply(const pb::Item& item) {
    mirror_.apply(item);
    model_.flush();
  }

  ManualClock clock_;
  Mirror mirror_;
  SessionModel model_;
};

TEST_F(SessionModelTest, TellsOnlyTheCellsThatChanged) {
  apply(snapshot(100));
  pb::Item news;
  news.set_topic(pb::TOPIC_SESSIONS);
  *news.add_sessions() = mirror_.sessions().at(43);
  news.mutable_sessions(0)->set_messages(7);
  QSignalSpy changed(&model_, &SessionModel::dataChanged);
  QSignalSpy inserted(&model_, &SessionModel::rowsInserted);
  QSignalSpy reset(&model_, &SessionModel::modelReset);
  apply(news);
  ASSERT_EQ(changed.size(), 1);
  EXPECT_EQ(changed[0][0].toModelIndex(), model_.index(42, SessionModel::Messages));
  EXPECT_EQ(changed[0][1].toModelIndex(), model_.index(42, SessionModel::Messages));
  EXPECT_EQ(inserted.size() + reset.size(), 0);
}

TEST_F(SessionModelTest, SaysNothingWhenASnapshotBringsNothingNew) {
  apply(snapshot(100));
  QSignalSpy changed(&model_, &SessionModel::dataChanged);
  QSignalSpy reset(&model_, &SessionModel::modelReset);
  apply(snapshot(100));
  EXPECT_EQ(changed.size() + reset.size(), 0);
}

TEST_F(SessionModelTest, UpdatesTenThousandRowsWithFewSignals) {
  auto item = snapshot(10'000);
  apply(item);
  item.set_reset(false);
  for (int i = 0; i < item.sessions_size(); i += 2) {  // every second row: the worst case for spans
    item.mutable_sessions(i)->set_messages(i + 1);
  }
  QSignalSpy changed(&model_, &SessionModel::dataChanged);
  apply(item);
  EXPECT_GE(changed.size(), 1);
  EXPECT_LE(changed.size(), static_cast<int>(SessionModel::kMaxSpans));
}

TEST_F(SessionModelTest, KeepsTheSelectionThroughUpdatesAndRemovals) {
  apply(snapshot(50));
  SessionFilter filter(model_);
  filter.sort(SessionModel::Messages, Qt::DescendingOrder);
  QItemSelectionModel selection(&filter);
  selection.select(filter.mapFromSource(model_.index(20, 0)),
                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
  pb::Item news;
  news.set_topic(pb::TOPIC_SESSIONS);
  news.add_removed_ids(3);
  *news.add_sessions() = mirror_.sessions().at(40);
  news.mutable_sessions(0)->set_messages(99);
  apply(news);
  ASSERT_EQ(selection.selectedRows().size(), 1);
  EXPECT_EQ(model_.session(filter.mapToSource(selection.selectedRows()[0]).row()).id(), 21);
  EXPECT_EQ(model_.session(filter.mapToSource(filter.index(0, 0)).row()).id(), 40);
  EXPECT_EQ(model_.rowCount(), 49);
}

TEST_F(SessionModelTest, FiltersByEveryWordAndCopiesRows) {
  auto item = snapshot(3);
  item.mutable_sessions(1)->set_account("acc-07");
  item.mutable_sessions(1)->set_why("FLOOD_WAIT");
  item.mutable_sessions(2)->set_account("acc-07");
  apply(item);
  SessionFilter filter(model_);
  filter.setWords(QStringLiteral("acc-07 flood"));
  ASSERT_EQ(filter.rowCount(), 1);
  const auto lines = filter.asTsv({0}).split(QLatin1Char('\n'));
  EXPECT_TRUE(lines[0].startsWith(QStringLiteral("ID\tUser\tAccount")));
  EXPECT_TRUE(lines[1].startsWith(QStringLiteral("2\t0\tacc-07\t")));
}

}  // namespace
}  // namespace mtpool::gui
