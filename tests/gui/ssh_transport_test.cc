// SPDX-License-Identifier: GPL-3.0-or-later
// A console that reaches its engine through a real ssh and a real sshd, which talk over a pipe: no port is
// opened.
#include "gui/link/ssh_transport.h"

#include <gtest/gtest.h>
#include <pwd.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include "tests/gui/console_fixture.h"

namespace mtpool::gui {
namespace {

class SshTransportTest : public ConsoleTest {
 protected:
  void SetUp() override {
    path_ = qgetenv("PATH");
    if (::geteuid() == 0) {
      // sshd refuses to run for root without it; the service unit of a machine makes it at boot.
      ASSERT_TRUE(QDir().mkpath(QStringLiteral("/run/sshd")));
    }
    for (const auto* name : {"host", "user"}) {
      ASSERT_EQ(QProcess::execute(QStringLiteral("ssh-keygen"),
                                  {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                   QStringLiteral("-N"), QString(), QStringLiteral("-f"), file(name)}),
                0);
    }
    write("known", "prod-1 " + read("host.pub"));
    write("authorized", read("user.pub"));
    write("sshd_config", "HostKey " + local("host") + "\nAuthorizedKeysFile " + local("authorized") +
                             "\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nSetEnv MTPOOL_SOCKET=" +
                             socketPath().toLocal8Bit() + " PATH=" MTPOOL_BIN_DIR ":/usr/bin:/bin\n");
    write("ssh_config", "Host prod-1\n  User " + QByteArray(::getpwuid(::geteuid())->pw_name) +
                            "\n  IdentityFile " + local("user") + "\n  UserKnownHostsFile " + local("known") +
                            "\n  ProxyCommand /usr/sbin/sshd -i -f " + local("sshd_config") + " -E " +
                            local("sshd.log") + "\n");
    // ssh reads the configuration of the account's home, whatever HOME says: a word before the real one.
    ASSERT_TRUE(QDir(dir_.path()).mkdir(QStringLiteral("bin")));
    write("bin/ssh", "#!/bin/sh\nexec /usr/bin/ssh -F " + local("ssh_config") + " \"$@\"\n");
    ASSERT_TRUE(
        QFile::setPermissions(file("bin/ssh"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("PATH", local("bin") + ":" + path_);
  }

  void TearDown() override { qputenv("PATH", path_); }

  void openConsoleThroughSsh() {
    link_ = std::make_unique<EngineLink>(std::make_unique<SshTransport>(QStringLiteral("prod-1")), clock_,
                                         LinkTiming{});
    mirror_ = std::make_unique<Mirror>(clock_);
    window_ = std::make_unique<MainWindow>(Desk{*link_, *mirror_, clock_});
    window_->show();
    link_->start();
  }

  QString file(const char* name) const { return dir_.filePath(QString::fromLatin1(name)); }

  QByteArray local(const char* name) const { return QFile::encodeName(file(name)); }

  void write(const char* name, const QByteArray& content) const {
    QFile target(file(name));
    ASSERT_TRUE(target.open(QIODevice::WriteOnly));
    ASSERT_EQ(target.write(content), content.size());
  }

  QByteArray read(const char* name) const {
    QFile source(file(name));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
  }

 private:
  QByteArray path_;
};

TEST_F(SshTransportTest, ShowsAnEngineOnAnotherHostAndLeavesAmidItsNews) {
  ASSERT_TRUE(engine_.listen(socketPath()));
  openConsoleThroughSsh();
  ASSERT_TRUE(eventually([this] { return window_->page()->ready() && mirror_->hasStatus(); }))
      << link_->problem().toStdString() << read("sshd.log").toStdString();
  // News that lie unread in the pipe when the window goes must find nobody.
  engine_.pushStatus();
  window_.reset();
  mirror_.reset();
  link_.reset();
}

TEST_F(SshTransportTest, TellsWhatTheOtherHostSaidWhenNoEngineRunsThere) {
  openConsoleThroughSsh();
  ASSERT_TRUE(eventually([this] { return link_->state() == EngineLink::State::Waiting; }));
  EXPECT_TRUE(link_->problem().contains(QStringLiteral("prod-1"))) << link_->problem().toStdString();
  EXPECT_TRUE(link_->problem().contains(socketPath())) << link_->problem().toStdString();
}

}  // namespace
}  // namespace mtpool::gui
