// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/local_transport.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <cstring>

namespace mtpool::gui {
namespace {

TEST(LocalTransport, SaysNothingToAStrangerWhoTookThePlaceOfTheEngine) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can listen as somebody else";
  }
  constexpr uid_t kStranger = 65534;
  const QTemporaryDir directory;
  const QString path = directory.filePath(QStringLiteral("engine.sock"));
  const QByteArray name = QFile::encodeName(path);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(static_cast<std::size_t>(name.size()), sizeof address.sun_path);
  std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()) + 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::seteuid(kStranger), 0);
  ASSERT_EQ(::listen(listener, 5), 0);
  ASSERT_EQ(::seteuid(0), 0);
  LocalTransport transport(QStringList{path});
  const QSignalSpy opened(&transport, &Transport::opened);
  QSignalSpy closed(&transport, &Transport::closed);
  transport.open();
  ASSERT_TRUE(!closed.isEmpty() || closed.wait());
  EXPECT_TRUE(opened.isEmpty());
  EXPECT_TRUE(closed.first().first().toString().contains(path));
  ::close(listener);
}

}  // namespace
}  // namespace mtpool::gui
