// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/local_transport.h"

namespace mtpool::gui {
namespace {

// An engine faster than this window is slowed down instead of filling its memory.
constexpr qint64 kReadBufferBytes = 256 * 1024;

}  // namespace

LocalTransport::LocalTransport(QStringList paths, QObject* parent)
    : Transport(parent), paths_(std::move(paths)) {
  socket_.setReadBufferSize(kReadBufferBytes);
  connect(&socket_, &QLocalSocket::connected, this, [this] {
    opening_ = false;
    Q_EMIT opened();
  });
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
