// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/local_transport.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <QFileInfo>

namespace mtpool::gui {
namespace {

// An engine faster than this window is slowed down instead of filling its memory.
constexpr qint64 kReadBufferBytes = 256 * 1024;

// Codes and passwords go to whoever listens. That must be our own user, root, or the user to whom the
// socket's directory belongs, if he alone may put a socket there.
bool isTrusted(qintptr socket, const QString& path) {
  ucred listener{};
  socklen_t size = sizeof listener;
  if (::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_PEERCRED, &listener, &size) != 0) {
    return false;
  }
  if (listener.uid == ::geteuid() || listener.uid == 0) {
    return true;
  }

  struct stat info {};

  const auto directory = QFile::encodeName(QFileInfo(path).path());
  return ::stat(directory.constData(), &info) == 0 && info.st_uid == listener.uid &&
         (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

}  // namespace

LocalTransport::LocalTransport(QStringList paths, QObject* parent)
    : Transport(parent), paths_(std::move(paths)) {
  socket_.setReadBufferSize(kReadBufferBytes);
  connect(&socket_, &QLocalSocket::connected, this, &LocalTransport::onConnected);
  connect(&socket_, &QLocalSocket::disconnected, this, [this] {
    if (!opening_) {
      Q_EMIT closed(tr("The engine closed the connection."));
    }
  });
  // Queued: a failing connectToServer() reports from inside the call, and the next try must not nest in it.
  connect(&socket_, &QLocalSocket::errorOccurred, this,
          [this] { QMetaObject::invokeMethod(this, &LocalTransport::onError, Qt::QueuedConnection); });
}

LocalTransport::~LocalTransport() {
  socket_.disconnect(this);
}

void LocalTransport::open() {
  next_ = 0;
  reasons_.clear();
  opening_ = true;
  tryNext();
}

void LocalTransport::close() {
  opening_ = true;  // keeps disconnected() quiet
  socket_.abort();
  opening_ = false;
}

QString LocalTransport::peerName() const {
  return socket_.fullServerName().isEmpty() ? paths_.value(0) : socket_.fullServerName();
}

void LocalTransport::tryNext() {
  socket_.abort();
  socket_.connectToServer(paths_.at(next_));
}

void LocalTransport::onConnected() {
  if (!isTrusted(socket_.socketDescriptor(), paths_.at(next_))) {
    socket_.abort();  // still opening: disconnected() stays quiet
    opening_ = false;
    Q_EMIT closed(tr("Who listens on %1 is another user in a directory that is not his alone, and could read "
                     "what you type. Check --socket.")
                      .arg(paths_.at(next_)));
    return;
  }
  opening_ = false;
  Q_EMIT opened();
}

void LocalTransport::onError() {
  if (!opening_ || socket_.state() != QLocalSocket::UnconnectedState) {
    return;
  }
  QString reason;
  switch (socket_.error()) {
    case QLocalSocket::ServerNotFoundError:
      reason = tr("no such socket");
      break;
    case QLocalSocket::ConnectionRefusedError:
      reason = tr("nobody listens");
      break;
    case QLocalSocket::SocketAccessError:
      reason = tr("permission denied");
      break;
    default:
      reason = socket_.errorString();
  }
  reasons_.append(QStringLiteral("%1 (%2)").arg(paths_.at(next_), reason));
  if (++next_ < paths_.size()) {
    tryNext();
    return;
  }
  opening_ = false;
  Q_EMIT closed(tr("No engine answers at %1. Start mtpoold, or name its socket with --socket.")
                    .arg(reasons_.join(QStringLiteral(", "))));
}

}  // namespace mtpool::gui
