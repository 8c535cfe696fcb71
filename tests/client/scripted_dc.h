// SPDX-License-Identifier: Apache-2.0
// A data centre with one key on a loopback port, which does to its client what the test tells it. Sockets are
// real.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "engine/async/scope.h"
#include "engine/model/account.h"
#include "engine/mtproto/container.h"
#include "engine/mtproto/packet.h"
#include "engine/mtproto/server_clock.h"
#include "engine/mtproto/server_session.h"
#include "engine/mtproto/transport/frame_codec.h"
#include "engine/net/tcp.h"
#include "engine/tl/codec.h"
#include "engine/tl/service_ids.h"
#include "tl/api/config.h"
#include "tl/api/wrapper_methods.h"
#include "tl/mt/service.h"

namespace mtpool::client {

inline constexpr std::int32_t kDc = 2;
inline constexpr std::uint64_t kFirstSalt = 1;

class ScriptedDc {
 public:
  ScriptedDc(const Executor& executor, const Clock& clock, Random& random)
      : random_(random),
        key_(std::make_shared<const crypto::AuthKey>(random.bytes(256))),
        clock_(clock),
        sessions_(key_, mtproto::SaltSchedule(7, kFirstSalt, unixSeconds(clock.wall())), clock, random),
        listener_(std::move(net::TcpListener::bind(executor, net::Endpoint{"127.0.0.1", 0}).value())),
        scope_(executor) {}

  // What the test tells it to do.
  int refusals = 0;      // so many connections are refused
  int refuseWith = 404;  // the transport error they get
  bool dropAfterInit = false;
  bool greets = false;  // with a push, before anything that answers its client
  std::deque<std::pair<std::int32_t, std::string>>
      refuseInit;       // errors for initConnection, one after the other
  bool frozen = false;  // reads, and says nothing

  int copies = 1;  // of each packet it sends

  bool rejectBesides = false;  // sends the next answer with as many rejections as end a connection

  // What it saw.
  int connections = 0;
  int queries = 0;     // answered, besides initConnection
  int unanswered = 0;  // packets while frozen

  std::uint16_t port() const { return listener_.local().port; }

  std::string dcList() const { return std::to_string(kDc) + "=" + listener_.local().text(); }

  model::DcKey key() const {
    model::DcKey out;
    out.authKey = key_->bytes();
    out.salt = kFirstSalt;
    return out;
  }

  void start() { scope_.spawn("accept", accept()); }

  Task<void> stop() {
    scope_.cancel();
    co_await scope_.join();
  }

 private:
  struct Peer {
    std::unique_ptr<net::Stream> stream;
    mtproto::ServerDetector detector;
    std::unique_ptr<mtproto::FrameCodec> codec;
    Bytes out;
    std::uint64_t sessionId = 0;
    bool ends = false;
  };

  Task<void> accept() {
    while (true) {
      auto stream = co_await listener_.accept();
      if (!stream.ok()) {
        co_return;
      }
      ++connections;
      auto peer = std::make_unique<Peer>(Peer{std::move(*stream), mtproto::ServerDetector(random_), {}, {}});
      scope_.spawn("peer", serve(std::move(peer)));
    }
  }

  Task<void> serve(std::unique_ptr<Peer> peer) {
    while (!peer->ends) {
      auto read = co_await readMore(*peer);
      if (!read.ok() || !handle(*peer).ok()) {
        break;
      }
      auto sent = co_await peer->stream->writeAll(peer->out);
      peer->out.clear();
      if (!sent.ok()) {
        break;
      }
    }
    peer->stream->close();
  }

  static Task<Result<void>> readMore(Peer& peer) {
    Bytes chunk(4096);
    MTP_CO_TRY(const std::size_t n, co_await peer.stream->readSome(chunk));
    const ByteView got = ByteView(chunk).first(n);
    if (peer.codec) {
      peer.codec->feed(got);
    } else {
      MTP_CO_TRY(peer.codec, peer.detector.feed(got));
    }
    co_return Result<void>();
  }

  Result<void> handle(Peer& peer) {
    while (peer.codec) {
      MTP_TRY(const auto frame, peer.codec->next());
      if (!frame) {
        break;
      }
      if (refusals > 0) {
        --refusals;
        peer.codec->encodeError(refuseWith, peer.out);
        peer.ends = true;
        return {};
      }
      if (frozen) {
        ++unanswered;
        continue;
      }
      MTP_DO(answer(peer, frame->packet));
    }
    return {};
  }

  Result<void> answer(Peer& peer, ByteView packet) {
    MTP_TRY(auto received, sessions_.receive(packet));
    if (peer.sessionId == 0) {
      peer.sessionId = received.sessionId;
      sessions_.onReconnected(peer.sessionId);
      greet(peer);
    }
    for (const auto& event : received.events) {
      if (const auto* violation = std::get_if<mtproto::ServerViolation>(&event)) {
        ADD_FAILURE() << violation->what << ": " << violation->detail;
      } else if (const auto* query = std::get_if<mtproto::ServerQuery>(&event)) {
        answerQuery(peer, *query);
        peer.ends = peer.ends || dropAfterInit;
      }
    }
    for (const Bytes& out : sessions_.takePackets(peer.sessionId)) {
      for (int i = 0; i < copies; ++i) {
        peer.codec->encode(out, peer.out);
      }
    }
    return {};
  }

  void greet(Peer& peer) {
    if (!greets) {
      return;
    }
    mtproto::MessageIdSource ids;
    const mtproto::Envelope envelope{kFirstSalt, peer.sessionId, ids.next(clock_, random_, 3), 1};
    Bytes push(8);
    storeLe32(push.data(), 0xe317af7e);  // updatesTooLong
    Bytes packet;
    mtproto::encryptPacket(*key_, crypto::Sender::Server, envelope, push, random_, packet);
    peer.codec->encode(packet, peer.out);
  }

  /// One packet: what was rejected, and its answer after all.
  Bytes rejectionsAndAnswer(const mtproto::ServerQuery& query) {
    Bytes answer;
    tl::Writer w(answer);
    w.uint32(tl::kRpcResultId);
    w.int64(query.msgId);
    w.raw(query.body);
    const Bytes rejection = tl::serialize(tl::mt::BadMsgNotification{query.msgId, 1, 16});
    mtproto::MessageIdSource ids;
    std::vector<mtproto::Message> messages;
    for (int i = 0; i < 4; ++i) {
      messages.push_back({ids.next(clock_, random_, 1), 0, rejection});
    }
    messages.push_back({ids.next(clock_, random_, 1), 1, answer});
    const Bytes container = mtproto::writeContainer(messages);
    const mtproto::Envelope envelope{kFirstSalt, query.sessionId, ids.next(clock_, random_, 1), 2};
    Bytes packet;
    mtproto::encryptPacket(*key_, crypto::Sender::Server, envelope, container, random_, packet);
    return packet;
  }

  void answerQuery(Peer& peer, const mtproto::ServerQuery& query) {
    const bool introduction = loadLe32(query.body.data()) == tl::api::InvokeWithLayer::kId;
    if (!introduction && std::exchange(rejectBesides, false)) {
      peer.codec->encode(rejectionsAndAnswer(query), peer.out);
    } else if (!introduction) {
      ++queries;
      sessions_.answer(query.sessionId, query.msgId, query.body);
    } else if (refuseInit.empty()) {
      sessions_.answer(query.sessionId, query.msgId, tl::serialize(tl::api::Config{}));
    } else {
      sessions_.fail(query.sessionId, query.msgId, refuseInit.front().first, refuseInit.front().second);
      refuseInit.pop_front();
    }
  }

  Random& random_;
  std::shared_ptr<const crypto::AuthKey> key_;
  mtproto::ServerClock clock_;
  mtproto::ServerSessions sessions_;
  net::TcpListener listener_;
  async::TaskScope scope_;
};

}  // namespace mtpool::client
