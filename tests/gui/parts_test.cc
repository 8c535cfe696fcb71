// SPDX-License-Identifier: GPL-3.0-or-later
// The small parts of the console that need no window.
#include <gtest/gtest.h>

#include <QDirIterator>
#include <QFile>
#include <QTranslator>

#include "gui/app/options.h"
#include "gui/app/settings_draft.h"
#include "gui/link/frame_codec.h"
#include "gui/link/plain_text.h"
#include "gui/link/socket_lookup.h"
#include "gui/widgets/axis_memory.h"
#include "gui/widgets/theme.h"
#include "tests/gui/console_fixture.h"

namespace mtpool::gui {
namespace {

TEST(FrameReader, CutsFramesOutOfSingleBytes) {
  pb::Envelope sent;
  sent.set_request_id(7);
  sent.mutable_get_status();
  const auto frame = encodeFrame(sent);
  FrameReader reader;
  pb::Envelope got;
  for (int i = 0; i + 1 < frame.size(); ++i) {
    reader.feed(frame.mid(i, 1));
    ASSERT_EQ(reader.next(got), FrameReader::Outcome::NeedMore);
  }
  reader.feed(frame.right(1));
  ASSERT_EQ(reader.next(got), FrameReader::Outcome::Frame);
  EXPECT_EQ(got.request_id(), 7U);
}

TEST(FrameReader, RefusesALengthBeyondTheCapBeforeReadingOn) {
  FrameReader reader;
  reader.feed(QByteArray("\xff\xff\xff\xff", 4));
  pb::Envelope envelope;
  EXPECT_EQ(reader.next(envelope), FrameReader::Outcome::Broken);
}

TEST(PlainText, MarksControlsAndCutsLongAndStackedText) {
  EXPECT_EQ(plainText(std::string("a\tb\u202Ec")), QStringLiteral("a\\u{9}b\\u{202e}c"));
  EXPECT_EQ(plainText(std::string(1 << 20, 'x'), 10), QStringLiteral("xxxxxxxxxx…"));
  QString zalgo(QLatin1Char('a'));
  zalgo.append(QString(200, QChar(0x0301)));
  EXPECT_LE(plainText(zalgo).size(), 4);
  EXPECT_FALSE(plainToolTip(QStringLiteral("<b>x</b>")).contains(QStringLiteral("<b>")));
}

TEST(SocketLookup, TakesANamedSocketAloneElseTheUsersThenTheSystems) {
  EXPECT_EQ(socketCandidates({QStringLiteral("/a"), QStringLiteral("/b"), {}, {}, {}}),
            QStringList{QStringLiteral("/a")});
  EXPECT_EQ(socketCandidates({{}, QStringLiteral("/b"), QStringLiteral("/run/user/1"), {}, {}}),
            QStringList{QStringLiteral("/b")});
  EXPECT_EQ(socketCandidates({{}, {}, QStringLiteral("/run/user/1"), {}, {}}),
            (QStringList{QStringLiteral("/run/user/1/mtpool/mtpool.sock"),
                         QStringLiteral("/run/mtpool/mtpool.sock")}));
  EXPECT_EQ(socketCandidates({{}, {}, {}, {}, QStringLiteral("/h")}).first(),
            QStringLiteral("/h/.local/state/mtpool/mtpool.sock"));
}

TEST(AxisMemory, GrowsAtOnceAndShrinksAfterTenQuietSeconds) {
  AxisMemory axis;
  EXPECT_EQ(axis.upper(10, 0), 10);
  EXPECT_EQ(axis.upper(50, 1000), 50);
  EXPECT_EQ(axis.upper(20, 2000), 50);
  EXPECT_EQ(axis.upper(20, 11'999), 50);
  EXPECT_EQ(axis.upper(20, 12'000), 20);
}

TEST(Theme, KeepsTextReadableInBothKinds) {
  for (const auto kind : {ThemeKind::Light, ThemeKind::Dark}) {
    const auto& c = themeColors(kind);
    for (const auto& ground : {c.window, c.surface, c.raised, c.selection}) {
      EXPECT_GE(contrastRatio(c.text, ground), 4.5);
    }
    for (const auto& ink : {c.muted, c.accent, c.good, c.warn, c.bad}) {
      EXPECT_GE(contrastRatio(ink, c.surface), 4.5) << ink.name().toStdString();
      EXPECT_GE(contrastRatio(ink, c.raised), 4.5) << ink.name().toStdString();
    }
    EXPECT_GE(contrastRatio(c.onAccent, c.accent), 4.5);
    EXPECT_GE(contrastRatio(c.text, c.warnGround), 4.5);
  }
}

TEST(Options, NamesThePagesWhenOneIsUnknown) {
  const auto parsed =
      parseOptions({QStringLiteral("--screenshot"), QStringLiteral("nope"), QStringLiteral("x.png")});
  ASSERT_TRUE(std::holds_alternative<UsageError>(parsed));
  EXPECT_TRUE(std::get<UsageError>(parsed).text.contains(QStringLiteral("overview, config, sessions")));
}

TEST(Options, RefusesWhatItDoesNotKnow) {
  for (const auto& bad :
       {QStringList{QStringLiteral("--nope")}, QStringList{QStringLiteral("--theme"), QStringLiteral("pink")},
        QStringList{QStringLiteral("--scale")}, QStringList{QStringLiteral("--ssh=-oProxyCommand=x")},
        QStringList{QStringLiteral("--help=yes")}}) {
    EXPECT_TRUE(std::holds_alternative<UsageError>(parseOptions(bad)))
        << bad.join(QLatin1Char(' ')).toStdString();
  }
}

TEST(EquivalentCommand, QuotesForAShellAndLeavesSecretsOut) {
  EXPECT_EQ(equivalentCommand({{QStringLiteral("A"), {}, QStringLiteral("1")},
                               {QStringLiteral("B"), {}, QStringLiteral("it's $x")},
                               {QStringLiteral("S"), {}, QStringLiteral("hush"), true, true}},
                              QStringLiteral("new server")),
            QStringLiteral("mtpoolctl config set A=1 'B=it'\\''s $x' --comment 'new server'"));
}

TEST(Translations, AreComplete) {
  for (const auto* language : {"en", "ru"}) {
    QFile file(QStringLiteral(MTPOOL_SOURCE_DIR "/resources/translations/mtpool_%1.ts")
                   .arg(QLatin1String(language)));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("unfinished")) << language;
    EXPECT_TRUE(
        QTranslator().load(QStringLiteral(":/translations/mtpool_%1.qm").arg(QLatin1String(language))));
  }
}

TEST(Sources, UseNoLabelThatGuessesMarkup) {
  QDirIterator files(QStringLiteral(MTPOOL_SOURCE_DIR "/gui"), QDir::Files, QDirIterator::Subdirectories);
  while (files.hasNext()) {
    const auto path = files.next();
    if (path.endsWith(QStringLiteral(".md")) || path.contains(QStringLiteral("plain_label"))) {
      continue;
    }
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto text = file.readAll();
    for (const auto* banned :
         {"QMessageBox", "new QLabel", "QTextBrowser", "QTextEdit", "setOpenExternalLinks"}) {
      EXPECT_FALSE(text.contains(banned)) << banned << " in " << path.toStdString();
    }
  }
}

TEST(Mirror, JoinsASnapshotWithLaterDeltas) {
  ManualClock clock;
  Mirror mirror(clock);
  pb::Item item;
  item.set_topic(pb::TOPIC_STATUS);
  item.set_reset(true);
  item.mutable_status()->set_taken_at_us(1'000'000);
  item.add_history()->set_at_us(500'000);
  mirror.apply(item);
  EXPECT_EQ(mirror.history().size(), 2U);
  clock.now += 5000;
  pb::Item heartbeat;
  heartbeat.set_topic(pb::TOPIC_STATUS);
  mirror.apply(heartbeat);
  EXPECT_EQ(mirror.history().back().at_us(), 6'000'000);
}

}  // namespace
}  // namespace mtpool::gui
