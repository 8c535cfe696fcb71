// SPDX-License-Identifier: GPL-3.0-or-later
// An engine on another host, through `ssh -T HOST mtpoolctl dial-stdio`. Works where port and socket
// forwarding are switched off, and uses the keys and the configuration ssh already has.
#pragma once

#include <QProcess>

#include "gui/link/transport.h"

namespace mtpool::gui {

class SshTransport final : public Transport {
  Q_OBJECT
 public:
  /// host as ssh takes it; a leading '-' must have been refused before.
  explicit SshTransport(QString host, QObject* parent = nullptr);
  ~SshTransport() override;

  void open() override;
  void close() override;

  QIODevice* device() override { return &process_; }

  QString peerName() const override;

 private:
  void onEnd();

  const QString host_;
  QProcess process_;
  QByteArray complaint_;
  bool quiet_ = false;
};

}  // namespace mtpool::gui
