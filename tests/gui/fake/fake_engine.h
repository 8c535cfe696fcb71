// SPDX-License-Identifier: GPL-3.0-or-later
// An engine made of a socket and a handful of values: greets, answers, keeps subscriptions, and misbehaves on
// request. Lives on the thread of its event loop.
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <map>
#include <set>
#include <vector>

#include "gui/link/frame_codec.h"

namespace mtpool::gui {

class FakeEngine : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  ~FakeEngine() override { die(); }

  /// What it greets with, holds and refuses; change before or between requests.
  pb::Welcome welcome;
  pb::StatusReply status;
  std::vector<pb::StatusPoint> history;
  std::vector<pb::Session> sessions;
  std::vector<pb::Account> accounts;
  pb::SettingsReply settings;
  std::map<std::string, pb::Failure> refusals;  // by setting key
  bool greets = true;

  bool listen(const QString& path);
  /// Ends every connection and removes the socket, as a dying engine does.
  void die();

  /// Sends an item to whoever subscribed to its topic.
  void push(const pb::Item& item);
  void pushStatus();
  void pushSettings();
  /// Sends bytes as they are to every client.
  void pushRaw(const QByteArray& bytes);

  int connections() const { return connections_; }

  bool isSubscribed(pb::Topic topic) const;
  /// Every SetSettings received, in order.
  std::vector<pb::SetSettings> changesAsked;

 private:
  struct Client {
    FrameReader reader;
    std::map<pb::Topic, quint64> subscriptions;
  };

  void accept();
  void handle(QLocalSocket* socket, const pb::Envelope& envelope);
  pb::Item snapshot(pb::Topic topic) const;
  void change(QLocalSocket* socket, quint64 id, const pb::SetSettings& request);
  static void send(QLocalSocket* socket, const pb::Envelope& envelope);

  QLocalServer server_;
  std::map<QLocalSocket*, Client> clients_;
  int connections_ = 0;
};

}  // namespace mtpool::gui
