// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/fake/fake_engine.h"

#include <algorithm>

namespace mtpool::gui {

bool FakeEngine::listen(const QString& path) {
  connect(&server_, &QLocalServer::newConnection, this, &FakeEngine::accept, Qt::UniqueConnection);
  QLocalServer::removeServer(path);
  return server_.listen(path);
}

void FakeEngine::die() {
  server_.close();
  const auto clients = std::move(clients_);
  clients_.clear();
  for (const auto& [socket, client] : clients) {
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
  }
}

void FakeEngine::accept() {
  while (auto* socket = server_.nextPendingConnection()) {
    ++connections_;
    clients_[socket];
    connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
      clients_.erase(socket);
      socket->deleteLater();
    });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
      auto& reader = clients_[socket].reader;
      reader.feed(socket->readAll());
      pb::Envelope envelope;
      while (reader.next(envelope) == FrameReader::Outcome::Frame) {
        handle(socket, envelope);
      }
    });
  }
}

void FakeEngine::handle(QLocalSocket* socket, const pb::Envelope& envelope) {
  pb::Envelope reply;
  reply.set_request_id(envelope.request_id());
  auto& client = clients_[socket];
  if (envelope.has_hello()) {
    if (!greets) {
      return;
    }
    *reply.mutable_welcome() = welcome;
  } else if (envelope.has_get_status()) {
    *reply.mutable_status_reply() = status;
  } else if (envelope.has_list_settings()) {
    *reply.mutable_settings_reply() = settings;
  } else if (envelope.has_subscribe()) {
    client.subscriptions[envelope.subscribe().topic()] = envelope.request_id();
    *reply.mutable_item() = snapshot(envelope.subscribe().topic());
  } else if (envelope.has_unsubscribe()) {
    for (auto it = client.subscriptions.begin(); it != client.subscriptions.end();) {
      it = it->second == envelope.unsubscribe().subscription() ? client.subscriptions.erase(it)
                                                               : std::next(it);
    }
    reply.mutable_done();
  } else if (envelope.has_set_settings()) {
    change(socket, envelope.request_id(), envelope.set_settings());
    return;
  } else {
    reply.mutable_failure()->set_code("unsupported");
  }
  send(socket, reply);
}

pb::Item FakeEngine::snapshot(pb::Topic topic) const {
  pb::Item item;
  item.set_topic(topic);
  item.set_reset(true);
  switch (topic) {
    case pb::TOPIC_STATUS:
      *item.mutable_status() = status;
      *item.mutable_history() = {history.begin(), history.end()};
      break;
    case pb::TOPIC_SESSIONS:
      *item.mutable_sessions() = {sessions.begin(), sessions.end()};
      break;
    case pb::TOPIC_ACCOUNTS:
      *item.mutable_accounts() = {accounts.begin(), accounts.end()};
      break;
    case pb::TOPIC_SETTINGS:
      *item.mutable_settings() = settings;
      break;
    default:
      break;
  }
  return item;
}

void FakeEngine::change(QLocalSocket* socket, quint64 id, const pb::SetSettings& request) {
  changesAsked.push_back(request);
  pb::Envelope reply;
  reply.set_request_id(id);
  for (const auto& change : request.changes()) {
    const auto refusal = refusals.find(change.key());
    if (refusal != refusals.end()) {
      *reply.mutable_failure() = refusal->second;
      send(socket, reply);
      return;
    }
  }
  auto* done = reply.mutable_set_settings_reply();
  for (const auto& change : request.changes()) {
    for (auto& setting : *settings.mutable_settings()) {
      if (setting.key() == change.key()) {
        auto* applied = done->add_applied();
        applied->set_key(change.key());
        applied->set_before(setting.value());
        applied->set_after(change.value());
        applied->set_live(setting.live());
        if (!request.dry_run()) {
          setting.set_value(change.value());
          setting.set_origin("file");
          setting.set_restart_pending(!setting.live());
        }
      }
    }
  }
  if (!request.dry_run()) {
    settings.set_version(settings.version() + 1);
  }
  done->set_version(settings.version());
  send(socket, reply);
  if (!request.dry_run()) {
    pushSettings();
  }
}

void FakeEngine::push(const pb::Item& item) {
  for (const auto& [socket, client] : clients_) {
    const auto subscription = client.subscriptions.find(item.topic());
    if (subscription != client.subscriptions.end()) {
      pb::Envelope envelope;
      envelope.set_request_id(subscription->second);
      *envelope.mutable_item() = item;
      send(socket, envelope);
    }
  }
}

void FakeEngine::pushStatus() {
  pb::Item item;
  item.set_topic(pb::TOPIC_STATUS);
  *item.mutable_status() = status;
  push(item);
}

void FakeEngine::pushSettings() {
  pb::Item item;
  item.set_topic(pb::TOPIC_SETTINGS);
  *item.mutable_settings() = settings;
  push(item);
}

void FakeEngine::pushRaw(const QByteArray& bytes) {
  for (const auto& [socket, client] : clients_) {
    socket->write(bytes);
    socket->flush();
  }
}

bool FakeEngine::isSubscribed(pb::Topic topic) const {
  return std::any_of(clients_.begin(), clients_.end(),
                     [&](const auto& entry) { return entry.second.subscriptions.count(topic) > 0; });
}

void FakeEngine::send(QLocalSocket* socket, const pb::Envelope& envelope) {
  socket->write(encodeFrame(envelope));
  socket->flush();
}

}  // namespace mtpool::gui
