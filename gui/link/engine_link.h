// SPDX-License-Identifier: GPL-3.0-or-later
// The console's end of the control socket: greets, keeps subscriptions, answers requests, and comes back by
// itself after every loss. Lives on the GUI thread and never blocks it: input is taken in slices.
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "gui/link/clock.h"
#include "gui/link/frame_codec.h"
#include "gui/link/protocol.h"
#include "gui/link/transport.h"

namespace mtpool::gui {

/// Milliseconds. Tests shorten them.
struct LinkTiming {
  int greeting = 5000;     // from the first byte sent to Welcome
  int backoffMin = 1000;   // doubled after each failure, with jitter …
  int backoffMax = 30000;  // … up to this
  int request = 15000;     // a request without an answer fails after this
  int ping = 5000;         // how often latency is measured
  int silence = 30000;     // an engine that says nothing for this long is left and called again
};

class EngineLink : public QObject {
  Q_OBJECT
 public:
  enum class State { Idle, Connecting, Greeting, Online, Waiting };

  /// Gets the reply, or an Envelope with a Failure when the engine refused, was lost or did not answer in
  /// time.
  using Reply = std::function<void(const pb::Envelope&)>;

  EngineLink(std::unique_ptr<Transport> transport, const Clock& clock, LinkTiming timing = {});
  ~EngineLink() override;

  void start();
  /// Cuts the waiting short.
  void retryNow();

  State state() const { return state_; }

  bool online() const { return state_ == State::Online; }

  /// What the engine said of itself when it last answered; empty before.
  const pb::Welcome& welcome() const { return welcome_; }

  /// Why there is no contact; one sentence, empty while online.
  const QString& problem() const { return problem_; }

  QString peerName() const { return transport_->peerName(); }

  /// Milliseconds to the next try; 0 unless Waiting.
  int nextTryMs() const;

  /// The last measured round trip; -1 before the first.
  int latencyMs() const { return latencyMs_; }

  /// True once a first try has succeeded or failed.
  bool hasTried() const { return hasTried_; }

  /// Sends one request; reply is called once on the GUI thread unless owner has died by then.
  void request(pb::Envelope envelope, QObject* owner, Reply reply);

  /// Asks for a topic's live view, now and after every reconnect, until told otherwise. Items arrive by
  /// itemReceived, the first one a full snapshot.
  void setSubscribed(pb::Topic topic, bool wanted);

 Q_SIGNALS:
  void stateChanged();
  void latencyChanged();
  void itemReceived(const pb::Item& item);

 private:
  struct Pending {
    QPointer<QObject> owner;
    Reply reply;
    qint64 deadlineMs = 0;
  };

  void open();
  void onOpened();
  void lose(const QString& why);
  void setState(State state);
  void readSlice();
  void handle(pb::Envelope& envelope);
  void handleGreeting(const pb::Envelope& envelope);
  bool gather(pb::Envelope& envelope);
  void finish(quint64 id, const pb::Envelope& reply);
  void failPending(const char* code, const QString& text);
  void send(const pb::Envelope& envelope);
  void subscribe(pb::Topic topic);
  void ping();
  void housekeep();

  const std::unique_ptr<Transport> transport_;
  const Clock& clock_;
  const LinkTiming timing_;
  FrameReader reader_;
  State state_ = State::Idle;
  pb::Welcome welcome_;
  QString problem_;
  QTimer retry_;
  QTimer greeting_;
  QTimer housekeeping_;
  int backoffMs_ = 0;
  int latencyMs_ = -1;
  qint64 lastHeardMs_ = 0;
  qint64 lastPingMs_ = 0;
  bool hasTried_ = false;
  bool sliceQueued_ = false;
  bool framesLeft_ = false;  // whole frames may still lie in reader_
  quint64 lastId_ = 0;
  std::map<quint64, Pending> pending_;
  std::map<quint64, pb::Envelope> partial_;  // answers of which more is to come
  std::size_t partialBytes_ = 0;
  std::set<pb::Topic> wanted_;
  std::map<pb::Topic, quint64> subscriptions_;  // of this connection
};

/// The refusal in one sentence for people, safe to show.
QString failureText(const pb::Failure& failure);

}  // namespace mtpool::gui
