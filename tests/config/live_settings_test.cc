// SPDX-License-Identifier: Apache-2.0
#include "engine/config/live_settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace mtpool::config {
namespace {

class LiveSettingsTest : public testing::Test {
 protected:
  LiveSettingsTest() {
    std::string pattern = testing::TempDir() + "mtpool-settings-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    file_ = directory_ / "mtpool.env";
  }

  ~LiveSettingsTest() override { std::filesystem::remove_all(directory_); }

  void write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(file_) << text;
    ::chmod(file_.c_str(), mode);
  }

  std::string read() const {
    std::ifstream in(file_);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  LiveSettings load(const Environment& environment = {}) {
    auto settings = LiveSettings::load(file_, environment);
    EXPECT_TRUE(settings.ok()) << settings.error().text();
    return std::move(*settings);
  }

  static ChangeRequest ask(const std::string& key, const std::string& value) {
    ChangeRequest request;
    request.changes.emplace_back(key, value);
    return request;
  }

  // As the engine does: only what stands still is taken over.
  static Result<ChangeOutcome> reloadTwice(LiveSettings& settings) {
    const auto first = settings.reload();
    EXPECT_TRUE(first.ok() && first->applied.empty());
    return settings.reload();
  }

  std::filesystem::path directory_;
  std::filesystem::path file_;
};

TEST_F(LiveSettingsTest, EnvironmentBeatsFileBeatsDefault) {
  write("MTPROTO_SESSION_TIMEOUT=700\nMTPROTO_IDLE_TIMEOUT=100\n");
  const LiveSettings settings = load({{"MTPROTO_IDLE_TIMEOUT", "90"}});
  EXPECT_EQ(settings.integer("MTPROTO_MAX_CONCURRENT_USERS"), 10);
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 700);
  EXPECT_EQ(settings.seconds("MTPROTO_IDLE_TIMEOUT").count(), 90);
}

TEST_F(LiveSettingsTest, AChangeIsWrittenWithCommentsKeptAndTheModeOfTheFile) {
  write("# ours\nMTPROTO_SESSION_TIMEOUT=700\n", 0640);
  LiveSettings settings = load();
  const auto outcome = settings.change(ask("MTPROTO_SESSION_TIMEOUT", "800"));
  ASSERT_TRUE(outcome.ok()) << outcome.error().text();
  EXPECT_EQ(read(), "# ours\nMTPROTO_SESSION_TIMEOUT=800\n");
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 800);

  struct stat status {};

  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST_F(LiveSettingsTest, TheFirstWriteMakesAPrivateFile) {
  LiveSettings settings = load();
  ASSERT_TRUE(settings.change(ask("MTPROTO_SESSION_TIMEOUT", "800")).ok());

  struct stat status {};

  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(LiveSettingsTest, APinnedKeyIsRefusedWithTheReason) {
  LiveSettings settings = load({{"MTPROTO_SESSION_TIMEOUT", "700"}});
  const auto outcome = settings.change(ask("MTPROTO_SESSION_TIMEOUT", "800"));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code(), Errc::Refused);
  EXPECT_NE(outcome.error().text().find("environment"), std::string::npos);
}

TEST_F(LiveSettingsTest, OneBadValueChangesNothing) {
  write("MTPROTO_SESSION_TIMEOUT=700\n");
  LiveSettings settings = load();
  ChangeRequest request = ask("MTPROTO_SESSION_TIMEOUT", "800");
  request.changes.emplace_back("MTPROTO_IDLE_TIMEOUT", "5");
  EXPECT_FALSE(settings.change(request).ok());
  EXPECT_EQ(read(), "MTPROTO_SESSION_TIMEOUT=700\n");
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 700);
}

TEST_F(LiveSettingsTest, ADryRunTellsAndTouchesNothing) {
  write("MTPROTO_SESSION_TIMEOUT=700\n");
  LiveSettings settings = load();
  ChangeRequest request = ask("MTPROTO_SESSION_TIMEOUT", "800");
  request.dryRun = true;
  const auto outcome = settings.change(request);
  ASSERT_TRUE(outcome.ok());
  ASSERT_EQ(outcome->applied.size(), 1U);
  EXPECT_EQ(outcome->applied[0].before, "700");
  EXPECT_EQ(outcome->applied[0].after, "800");
  EXPECT_EQ(read(), "MTPROTO_SESSION_TIMEOUT=700\n");
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 700);
  EXPECT_EQ(outcome->version, settings.version());
}

TEST_F(LiveSettingsTest, TheCeilingBoundsTheUsers) {
  LiveSettings settings = load();
  EXPECT_FALSE(settings.change(ask("MTPROTO_MAX_CONCURRENT_USERS", "201")).ok());
  EXPECT_TRUE(settings.change(ask("MTPROTO_USER_CEILING", "300")).ok());
  EXPECT_TRUE(settings.change(ask("MTPROTO_MAX_CONCURRENT_USERS", "201")).ok());
}

TEST_F(LiveSettingsTest, ARestartSettingWaitsForTheRestart) {
  LiveSettings settings = load();
  const auto outcome = settings.change(ask("HEALTH_BIND", "127.0.0.1:9999"));
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->restartRequired, std::vector<std::string>{"HEALTH_BIND"});
  EXPECT_EQ(settings.value("HEALTH_BIND"), "127.0.0.1:8091");
}

TEST_F(LiveSettingsTest, AnOutsideEditIsTakenOverAndABrokenOneIsNot) {
  write("MTPROTO_SESSION_TIMEOUT=700\n");
  LiveSettings settings = load();
  write("MTPROTO_SESSION_TIMEOUT=900\n");
  const auto taken = reloadTwice(settings);
  ASSERT_TRUE(taken.ok());
  EXPECT_EQ(taken->applied.size(), 1U);
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 900);
  write("MTPROTO_SESSION_TIMEOUT=900\nMTPROTO_IDLE_TIMEOUT=5\n");
  const auto refused = reloadTwice(settings);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().text().find("mtpool.env: line 2"), std::string::npos) << refused.error().text();
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 900);
}

TEST_F(LiveSettingsTest, AVanishedFileIsTroubleAndNotTheDefaults) {
  write("MTPROTO_ENABLED=false\n");
  LiveSettings settings = load();
  std::filesystem::remove(file_);
  const auto gone = reloadTwice(settings);
  ASSERT_FALSE(gone.ok());
  EXPECT_NE(gone.error().text().find("is gone"), std::string::npos) << gone.error().text();
  EXPECT_FALSE(settings.flag("MTPROTO_ENABLED"));
  write("MTPROTO_ENABLED=false\n");
  EXPECT_TRUE(settings.reload().ok());
  EXPECT_FALSE(settings.unsettled());
}

TEST_F(LiveSettingsTest, AFileStillBeingWrittenIsNotTakenOver) {
  write("MTPROTO_SESSION_TIMEOUT=700\nMTPROTO_ENABLED=false\n");
  LiveSettings settings = load();
  write("MTPROTO_SESSION_TIMEOUT=800\n");
  EXPECT_TRUE(settings.reload().ok());
  EXPECT_TRUE(settings.unsettled());
  write("MTPROTO_SESSION_TIMEOUT=800\nMTPROTO_ENABLED=false\n");
  const auto whole = reloadTwice(settings);
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->applied.size(), 1U);
  EXPECT_FALSE(settings.flag("MTPROTO_ENABLED"));
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 800);
}

TEST_F(LiveSettingsTest, AnEditOthersMayHaveMadeIsRefused) {
  write("MTPROTO_SESSION_TIMEOUT=700\n", 0620);
  LiveSettings settings = load();
  ASSERT_FALSE(settings.warnings().empty());
  EXPECT_NE(settings.warnings().front().find("may be written by others"), std::string::npos);
  write("MTPROTO_SESSION_TIMEOUT=800\n", 0620);
  const auto refused = reloadTwice(settings);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().text().find("chmod 600"), std::string::npos) << refused.error().text();
  ::chmod(file_.c_str(), 0600);
  EXPECT_TRUE(reloadTwice(settings).ok());
  EXPECT_EQ(settings.seconds("MTPROTO_SESSION_TIMEOUT").count(), 800);
}

TEST_F(LiveSettingsTest, WarningsOfAnEditComeWithIt) {
  write("MTPROTO_SESSION_TIMEOUT=700\n");
  LiveSettings settings = load();
  write("MTPROTO_SESSION_TIMEOUT=700\nMTPROTO_SESION_TIMEOUT=800\n");
  const auto taken = reloadTwice(settings);
  ASSERT_TRUE(taken.ok());
  ASSERT_EQ(taken->warnings.size(), 1U);
  EXPECT_NE(taken->warnings[0].find("MTPROTO_SESION_TIMEOUT"), std::string::npos);
  EXPECT_TRUE(settings.reload()->warnings.empty()) << "said once";
}

TEST_F(LiveSettingsTest, AKeyNobodyUsesCannotPreventAStart) {
  write("CELERY_WORKERS=many\n");
  const LiveSettings settings = load({{"DEBUG", "app:*"}});
  const auto notes = notesOn(settings);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_NE(notes[0].find("line 1: CELERY_WORKERS"), std::string::npos) << notes[0];
  EXPECT_NE(notes[1].find("environment: DEBUG"), std::string::npos) << notes[1];
}

TEST_F(LiveSettingsTest, WhereTheEngineGetsItsTruthFromCannotBeChangedThroughAnApi) {
  LiveSettings settings = load();
  for (const char* key : {"DATABASE_URL", "MTPOOL_STATE_DIR", "MTPOOL_SOCKET", "MTPOOL_MASTER_KEY_FILE",
                          "MTPROTO_DC_LIST", "MTPROTO_SERVER_KEYS"}) {
    const auto refused = settings.change(ask(key, "/tmp/x"));
    ASSERT_FALSE(refused.ok()) << key;
    EXPECT_EQ(refused.error().code(), Errc::Refused);
    EXPECT_NE(refused.error().text().find("by hand"), std::string::npos) << refused.error().text();
  }
}

TEST_F(LiveSettingsTest, APasswordInAUrlIsNotToldOn) {
  write("MTPROTO_PROXIES=socks5://u:hush@h:1080\n");
  LiveSettings settings = load();
  const auto outcome = settings.change(ask("MTPROTO_PROXIES", "socks5://u:hush2@h:1080"));
  ASSERT_TRUE(outcome.ok());
  ASSERT_EQ(outcome->applied.size(), 1U);
  EXPECT_EQ(outcome->applied[0].before, "socks5://u:•••@h:1080");
  EXPECT_EQ(outcome->applied[0].after, "socks5://u:•••@h:1080");
}

TEST_F(LiveSettingsTest, AChangeNeverOverwritesAnEditItHasNotSeen) {
  write("MTPROTO_SESSION_TIMEOUT=700\n");
  LiveSettings settings = load();
  write("# a note\nMTPROTO_SESSION_TIMEOUT=700\n");
  const auto outcome = settings.change(ask("MTPROTO_SESSION_TIMEOUT", "800"));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(read(), "# a note\nMTPROTO_SESSION_TIMEOUT=700\n");
}

TEST_F(LiveSettingsTest, AChangeBesideABadLineSaysWhichOneToMend) {
  write("MTPROTO_SESSION_TIMEOUT=700\n");
  LiveSettings settings = load();
  for (const char* bad : {"TELEGRAM_API_HASH=hush", "TELEGRAM_API_HASH=\"hush", "MTPROTO_IDLE_TIMEOUT=5"}) {
    const auto text = std::string("MTPROTO_SESSION_TIMEOUT=700\n") + bad + "\n";
    write(text);
    ChangeRequest request = ask("MTPROTO_SESSION_TIMEOUT", "800");
    for (const bool dryRun : {true, false}) {
      request.dryRun = dryRun;
      const auto outcome = settings.change(request);
      ASSERT_FALSE(outcome.ok()) << bad;
      EXPECT_EQ(outcome.error().code(), Errc::InvalidConfig);
      for (const char* said : {"mtpool.env: line 2: ", "mend"}) {
        EXPECT_NE(outcome.error().text().find(said), std::string::npos) << outcome.error().text();
      }
      EXPECT_NE(outcome.error().text().find(std::string(bad).substr(0, std::string(bad).find('='))),
                std::string::npos);
      EXPECT_EQ(outcome.error().text().find("hush"), std::string::npos) << "a secret was shown";
    }
    EXPECT_EQ(read(), text);
  }
}

TEST_F(LiveSettingsTest, AStaleVersionIsRefused) {
  LiveSettings settings = load();
  ChangeRequest request = ask("MTPROTO_SESSION_TIMEOUT", "800");
  request.expectedVersion = settings.version() + 1;
  EXPECT_FALSE(settings.change(request).ok());
}

TEST_F(LiveSettingsTest, UnknownKeysAndAWideModeAreWarnings) {
  write("NO_SUCH_KEY=1\nREDIS_URL=redis://x\n", 0644);
  const LiveSettings settings = load();
  const auto notes = notesOn(settings);
  ASSERT_EQ(notes.size(), 3U);
  EXPECT_NE(notes[0].find("0600"), std::string::npos);
  EXPECT_NE(notes[1].find("NO_SUCH_KEY"), std::string::npos);
  EXPECT_NE(notes[2].find("REDIS_URL"), std::string::npos);
}

TEST_F(LiveSettingsTest, ASecretIsNeverShown) {
  write("TELEGRAM_API_HASH=0123456789abcdef0123456789abcdef\n");
  LiveSettings settings = load();
  for (const SettingView& view : settings.view("telegram").settings) {
    EXPECT_EQ(view.value.find("0123456789abcdef"), std::string::npos);
  }
  const auto outcome = settings.change(ask("TELEGRAM_API_HASH", "fedcba9876543210fedcba9876543210"));
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->applied[0].after.find("fedcba"), std::string::npos);
}

TEST_F(LiveSettingsTest, ListsAreReadInBothForms) {
  EXPECT_EQ(load({{"MTPROTO_ACCOUNTS", "a, b,c"}}).list("MTPROTO_ACCOUNTS"),
            (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(load({{"MTPROTO_ACCOUNTS", R"(["a", "b"])"}}).list("MTPROTO_ACCOUNTS"),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(load().list("MTPROTO_ACCOUNTS").empty());
}

}  // namespace
}  // namespace mtpool::config
