// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's Unix socket: the first of several places that answers, if who answers can be trusted with what
// is typed: our own user, root, or the owner of a directory nobody else may write to.
#pragma once

#include <QLocalSocket>
#include <QStringList>

#include "gui/link/transport.h"

namespace mtpool::gui {

class LocalTransport final : public Transport {
  Q_OBJECT
 public:
  /// Tried in this order at every open(); not empty.
  explicit LocalTransport(QStringList paths, QObject* parent = nullptr);
  ~LocalTransport() override;

  void open() override;
  void close() override;

  QIODevice* device() override { return &socket_; }

  QString peerName() const override;

 private:
  void tryNext();
  void onConnected();
  void onError();

  const QStringList paths_;
  QLocalSocket socket_;
  QStringList reasons_;
  int next_ = 0;
  bool opening_ = false;
};

}  // namespace mtpool::gui
