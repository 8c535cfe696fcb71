// SPDX-License-Identifier: GPL-3.0-or-later
// A byte stream to an engine that can be opened again and again. Lives on the GUI thread; nothing here
// blocks.
#pragma once

#include <QIODevice>
#include <QObject>
#include <QString>

namespace mtpool::gui {

class Transport : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// One try; ends in opened() or closed(why). May be called again after closed().
  virtual void open() = 0;
  /// Silent: no closed() follows.
  virtual void close() = 0;
  /// Valid between opened() and closed().
  virtual QIODevice* device() = 0;
  /// Who is at the other end, for people: a socket path or "ssh:prod-1".
  virtual QString peerName() const = 0;

 Q_SIGNALS:
  void opened();
  /// The try failed or the stream ended; why is one sentence, cause then remedy.
  void closed(const QString& why);
};

}  // namespace mtpool::gui
