// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/ssh_transport.h"

#include "gui/link/plain_text.h"

namespace mtpool::gui {
namespace {

constexpr int kMaxComplaintBytes = 4096;

}  // namespace

SshTransport::SshTransport(QString host, QObject* parent) : Transport(parent), host_(std::move(host)) {
  connect(&process_, &QProcess::started, this, &Transport::opened);
  connect(&process_, &QProcess::readyReadStandardError, this, [this] {
    complaint_.append(process_.readAllStandardError());
    complaint_ = complaint_.right(kMaxComplaintBytes);
  });
  connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) {
      Q_EMIT closed(tr("ssh could not be started. Install the OpenSSH client."));
    }
  });
  connect(&process_, qOverload<int, QProcess::ExitStatus>(&QProcess::finished), this, &SshTransport::onEnd);
}

SshTransport::~SshTransport() {
  process_.disconnect(this);
  process_.kill();
  process_.waitForFinished(1000);
}

void SshTransport::open() {
  if (process_.state() != QProcess::NotRunning) {
    // The killed one is still being reaped; the next try will find it gone.
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT closed(tr("The previous ssh is still ending.")); }, Qt::QueuedConnection);
    return;
  }
  complaint_.clear();
  quiet_ = false;
  // BatchMode: there is no terminal to ask for a password on. ServerAlive: an idle tunnel must not die
  // silently.
  process_.start(
      QStringLiteral("ssh"),
      {QStringLiteral("-T"), QStringLiteral("-o"), QStringLiteral("BatchMode=yes"), QStringLiteral("-o"),
       QStringLiteral("ConnectTimeout=10"), QStringLiteral("-o"), QStringLiteral("ServerAliveInterval=10"),
       QStringLiteral("--"), host_, QStringLiteral("mtpoolctl"), QStringLiteral("dial-stdio")});
}

void SshTransport::close() {
  quiet_ = true;
  process_.kill();
}

QString SshTransport::peerName() const {
  return QStringLiteral("ssh:") + plainText(host_, kMaxCellChars);
}

void SshTransport::onEnd() {
  if (quiet_) {
    return;
  }
  const auto said = plainText(QString::fromUtf8(complaint_.trimmed()), kMaxCellChars);
  Q_EMIT closed(said.isEmpty() ? tr("ssh to %1 ended. Is the engine running there?").arg(host_)
                               : tr("ssh to %1 ended: %2").arg(host_, said));
}

}  // namespace mtpool::gui
