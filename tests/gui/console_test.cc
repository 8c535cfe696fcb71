// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QTableView>

#include "gui/app/config_page.h"
#include "gui/app/sessions_page.h"
#include "gui/link/plain_text.h"
#include "gui/widgets/bounded_field.h"
#include "gui/widgets/chart_view.h"
#include "gui/widgets/stat_tile.h"
#include "tests/gui/console_fixture.h"

namespace mtpool::gui {
namespace {

TEST_F(ConsoleTest, ShowsTheEnginesStatusOnceConnected) {
  openConnectedConsole();
  const auto tiles = window_->findChildren<StatTile*>();
  ASSERT_FALSE(tiles.isEmpty());
  const auto users = QString::number(engine_.status.active_users());
  EXPECT_TRUE(eventually([&] { return tiles.front()->value() == users + QStringLiteral(" / 30"); }))
      << tiles.front()->value().toStdString();
  EXPECT_TRUE(window_->bannerText().isEmpty());
  EXPECT_TRUE(window_->statusText().contains(QStringLiteral("role admin")));
}

TEST_F(ConsoleTest, FillsChartsFromHistoryAndDrawsTheGap) {
  openConnectedConsole();
  const auto charts = window_->findChildren<ChartView*>();
  ASSERT_EQ(charts.size(), 3);
  for (const auto* chart : charts) {
    EXPECT_TRUE(eventually([&] { return chart->gapCount() == 1; })) << chart->accessibleName().toStdString();
    EXPECT_TRUE(chart->summary().contains(QStringLiteral("peak"))) << chart->summary().toStdString();
  }
}

TEST_F(ConsoleTest, SubscribesOnlyToWhatIsShown) {
  openConnectedConsole();
  EXPECT_FALSE(engine_.isSubscribed(pb::TOPIC_SESSIONS));
  window_->showPage(QStringLiteral("sessions"));
  EXPECT_TRUE(eventually([this] { return engine_.isSubscribed(pb::TOPIC_SESSIONS); }));
  window_->showPage(QStringLiteral("config"));
  EXPECT_TRUE(eventually([this] { return !engine_.isSubscribed(pb::TOPIC_SESSIONS); }));
}

TEST_F(ConsoleTest, SaysWhatItTriedWhenThereIsNoEngine) {
  openConsole();
  EXPECT_TRUE(eventually([this] { return window_->bannerText().contains(socketPath()); }));
  EXPECT_TRUE(window_->statusText().startsWith(QStringLiteral("offline")));
}

TEST_F(ConsoleTest, KeepsDataWhenTheEngineDiesAndReconnectsByItself) {
  openConnectedConsole();
  engine_.die();
  ASSERT_TRUE(eventually(
      [this] { return window_->bannerText().startsWith(QStringLiteral("No contact with prod-1")); }));
  EXPECT_TRUE(mirror_->stale());
  EXPECT_TRUE(mirror_->hasStatus());
  ASSERT_TRUE(engine_.listen(socketPath()));
  EXPECT_TRUE(eventually([this] { return link_->online() && !mirror_->stale(); }));
  EXPECT_TRUE(window_->bannerText().isEmpty());
  EXPECT_GE(engine_.connections(), 2);
}

TEST_F(ConsoleTest, CallsDataStaleAfterThreeMissedHeartbeats) {
  openConnectedConsole();
  clock_.now += 14'000;
  mirror_->tick();
  EXPECT_FALSE(mirror_->stale());
  clock_.now += 2'000;
  mirror_->tick();
  EXPECT_TRUE(mirror_->stale());
  EXPECT_TRUE(window_->bannerText().contains(QStringLiteral("silent for 00:16")))
      << window_->bannerText().toStdString();
}

TEST_F(ConsoleTest, SurvivesGarbageAndAnImpossibleLength) {
  openConnectedConsole();
  for (const auto& poison :
       {QByteArray("\xff\xff\xff\xff", 4), QByteArray(4, '\0') + QByteArray("\0\0\0\5abcde", 9),
        QByteArray("GET / HTTP/1.1\r\n\r\n")}) {
    const int before = engine_.connections();
    engine_.pushRaw(poison);
    EXPECT_TRUE(eventually([&] { return engine_.connections() > before && link_->online(); }));
  }
}

TEST_F(ConsoleTest, RefusesAnEngineOfAnotherMajorVersion) {
  engine_.welcome.set_major(2);
  ASSERT_TRUE(engine_.listen(socketPath()));
  openConsole();
  EXPECT_TRUE(
      eventually([this] { return window_->bannerText().contains(QStringLiteral("control protocol 2")); }));
}

TEST_F(ConsoleTest, ShowsHostileTextAsText) {
  const std::string hostile = "<img src=http://127.0.0.1/x><a href='file:///etc/passwd'>x</a>\u202Eevil\n" +
                              std::string(1 << 20, 'A');
  auto* condition = engine_.status.add_conditions();
  condition->set_name("<b>bold</b>");
  condition->set_text(hostile);
  engine_.welcome.set_engine_name("<h1>prod</h1>\u202E");
  engine_.sessions.front().set_target(hostile);
  openConnectedConsole();
  window_->showPage(QStringLiteral("sessions"));
  auto* table = window_->findChild<QTableView*>();
  ASSERT_TRUE(eventually([&] { return table->model()->rowCount() > 0; }));
  const auto cell = table->model()->index(0, SessionModel::Target).data().toString();
  EXPECT_TRUE(cell.startsWith(
      QStringLiteral("<img src=http://127.0.0.1/x><a href='file:///etc/passwd'>x</a>\\u{202e}evil\\u{a}AA")));
  EXPECT_LE(cell.size(), kMaxCellChars + 8);
  for (const auto* label : window_->findChildren<QLabel*>()) {
    EXPECT_EQ(label->textFormat(), Qt::PlainText) << label->text().left(80).toStdString();
    EXPECT_FALSE(label->text().contains(QChar(0x202E)));
    EXPECT_LE(label->text().size(), 2 * kMaxShownChars);
  }
}

class ConfigTest : public ConsoleTest {
 protected:
  void SetUp() override {
    openConnectedConsole(QStringLiteral("config"));
    page_ = dynamic_cast<ConfigPage*>(window_->page());
    ASSERT_NE(page_, nullptr);
  }

  BoundedField& field(const char* key) { return *page_->findField(QLatin1String(key)); }

  void type(const char* key, const char* text) {
    field(key).setText(QLatin1String(text));
    Q_EMIT field(key).edited(QLatin1String(text));
  }

  ConfigPage* page_ = nullptr;
};

TEST_F(ConfigTest, AppliesAnEditAndShowsTheNewValue) {
  type("MTPROTO_MAX_CONCURRENT_USERS", "40");
  page_->apply(false);
  ASSERT_TRUE(eventually([this] { return mirror_->settingsVersion() == 42; }));
  ASSERT_EQ(engine_.changesAsked.size(), 1U);
  EXPECT_EQ(engine_.changesAsked[0].changes(0).value(), "40");
  EXPECT_EQ(engine_.changesAsked[0].expected_version(), 41);
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").text(), QStringLiteral("40"));
}

TEST_F(ConfigTest, ShowsARefusalAtItsField) {
  auto& refusal = engine_.refusals["MTPROTO_SESSION_TIMEOUT"];
  refusal.set_code("invalid_argument");
  refusal.set_setting("MTPROTO_SESSION_TIMEOUT");
  refusal.set_text("The session timeout must stay above the idle timeout.");
  type("MTPROTO_SESSION_TIMEOUT", "61");
  page_->apply(false);
  EXPECT_TRUE(eventually([this] {
    return field("MTPROTO_SESSION_TIMEOUT").message() ==
           QStringLiteral("The session timeout must stay above the idle timeout.");
  }));
  EXPECT_EQ(field("MTPROTO_SESSION_TIMEOUT").text(), QStringLiteral("61"));
}

TEST_F(ConfigTest, ChecksRangesWhileTyping) {
  type("MTPROTO_MAX_CONCURRENT_USERS", "201");
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").message(), QStringLiteral("Out of range: 1–200."));
  type("MTPROTO_MAX_CONCURRENT_USERS", "0");
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").message(), QStringLiteral("Out of range: 1–200."));
  type("MTPROTO_MAX_CONCURRENT_USERS", "many");
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").message(), QStringLiteral("Give a whole number."));
  type("MTPROTO_MAX_CONCURRENT_USERS", "200");
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").message(), QString());
}

TEST_F(ConfigTest, WarnsWhenIdleIsNotBelowTheSessionTimeout) {
  type("MTPROTO_SESSION_TIMEOUT", "3m");
  EXPECT_TRUE(
      field("MTPROTO_IDLE_TIMEOUT").message().startsWith(QStringLiteral("Not below the session timeout")));
}

TEST_F(ConfigTest, KeepsWhatWasTypedWhenTheValueChangesElsewhere) {
  type("MTPROTO_MAX_CONCURRENT_USERS", "40");
  engine_.settings.mutable_settings(1)->set_value("25");
  engine_.settings.set_version(42);
  engine_.pushSettings();
  ASSERT_TRUE(eventually([this] { return mirror_->settingsVersion() == 42; }));
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").text(), QStringLiteral("40"));
  Q_EMIT field("MTPROTO_MAX_CONCURRENT_USERS").conflictResolved(true);
  EXPECT_EQ(field("MTPROTO_MAX_CONCURRENT_USERS").text(), QStringLiteral("25"));
}

TEST_F(ConfigTest, LocksPinnedFields) {
  EXPECT_FALSE(field("MTPROTO_POOL_ENABLED").editable());
  EXPECT_TRUE(field("MTPROTO_MAX_CONCURRENT_USERS").editable());
}

TEST_F(ConsoleTest, IsReadOnlyForAViewer) {
  engine_.welcome.set_role(pb::ROLE_VIEWER);
  openConnectedConsole(QStringLiteral("config"));
  const auto* page = dynamic_cast<ConfigPage*>(window_->page());
  EXPECT_FALSE(page->findField(QStringLiteral("MTPROTO_MAX_CONCURRENT_USERS"))->editable());
}

}  // namespace
}  // namespace mtpool::gui
