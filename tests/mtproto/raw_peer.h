// SPDX-License-Identifier: Apache-2.0
// A hand-driven peer for session tests, which can say anything, and a client session against it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "engine/mtproto/client_session.h"
#include "engine/mtproto/container.h"
#include "engine/mtproto/packet.h"
#include "engine/tl/codec.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {

namespace mt = tl::mt;

inline constexpr std::int64_t kStart = 1'700'000'000;
inline constexpr std::int64_t kUnit = std::int64_t{1} << 32;
inline constexpr std::uint32_t kQueryId = 0x0badf00d;
inline constexpr std::uint32_t kAnswerId = 0x0badcafe;

inline std::shared_ptr<const crypto::AuthKey> testKey() {
  static const auto key = [] {
    SeededRandom random(9);
    return std::make_shared<const crypto::AuthKey>(random.bytes(256));
  }();
  return key;
}

/// A query or answer with a number in it, `words` words long.
inline Bytes numbered(std::uint32_t id, std::uint32_t number, std::size_t words = 2) {
  Bytes body(words * 4, 0);
  storeLe32(body.data(), id);
  storeLe32(body.data() + 4, number);
  return body;
}

inline std::uint32_t numberIn(ByteView body) {
  return loadLe32(body.data() + 4);
}

template <class T>
T parsed(ByteView body) {
  tl::Reader r(body);
  auto value = T::decode(r);
  EXPECT_TRUE(value.ok());
  return value.ok() ? *value : T{};
}

template <class T>
std::vector<T> only(const auto& events) {
  std::vector<T> found;
  for (const auto& event : events) {
    if (const T* e = std::get_if<T>(&event)) {
      found.push_back(*e);
    }
  }
  return found;
}

/// A message as it stood in a packet, alone or in a container.
struct Seen {
  Envelope envelope;  // of the packet
  std::int64_t msgId = 0;
  std::int32_t seqNo = 0;
  std::uint32_t id = 0;
  Bytes body;

  bool inContainer() const { return msgId != envelope.msgId; }
};

inline std::vector<Seen> opened(const std::vector<Bytes>& packets, crypto::Sender sender) {
  std::vector<Seen> seen;
  for (const Bytes& packet : packets) {
    Bytes scratch;
    const auto opened = decryptPacket(*testKey(), sender, packet, scratch);
    EXPECT_TRUE(opened.ok());
    const Message outer{opened->envelope.msgId, opened->envelope.seqNo, opened->body};
    std::vector<Message> messages = {outer};
    if (isContainer(outer)) {
      messages = *readContainer(outer);
      EXPECT_GT(messages.size(), 0U);
    }
    for (const Message& m : messages) {
      seen.push_back({opened->envelope, m.msgId, m.seqNo, m.id(), toBytes(m.body)});
    }
  }
  return seen;
}

inline const Seen* firstOf(const std::vector<Seen>& seen, std::uint32_t id) {
  for (const Seen& s : seen) {
    if (s.id == id) {
      return &s;
    }
  }
  return nullptr;
}

inline std::size_t countOf(const std::vector<Seen>& seen, std::uint32_t id) {
  return static_cast<std::size_t>(std::ranges::count(seen, id, &Seen::id));
}

/// One side played by the test: every message exactly as wanted.
class RawPeer {
 public:
  RawPeer(crypto::Sender sender, const Clock& clock, std::uint64_t seed = 5)
      : sender_(sender), clock_(clock), random_(seed) {}

  std::int64_t nextId() { return ids_.next(clock_, random_, sender_ == crypto::Sender::Server ? 1 : 0); }

  std::int32_t nextSeqNo(bool contentRelated) {
    const std::int32_t seqNo = 2 * contentCount_ + (contentRelated ? 1 : 0);
    contentCount_ += contentRelated ? 1 : 0;
    return seqNo;
  }

  Bytes packet(const Bytes& body, bool contentRelated = true) {
    const std::int64_t id = nextId();
    return packetAs(id, nextSeqNo(contentRelated), body);
  }

  Bytes packetAs(std::int64_t msgId, std::int32_t seqNo, const Bytes& body) {
    Bytes out;
    encryptPacket(*testKey(), sender_, {salt, sessionId, msgId, seqNo}, body, random_, out);
    return out;
  }

  template <class T>
  Bytes packet(const T& object, bool contentRelated) {
    return packet(tl::serialize(object), contentRelated);
  }

  std::uint64_t salt = 0;
  std::uint64_t sessionId = 0;

 private:
  crypto::Sender sender_;
  ServerClock clock_;
  SeededRandom random_;
  MessageIdSource ids_;
  std::int32_t contentCount_ = 0;
};

inline Bytes rpcResult(std::int64_t reqMsgId, ByteView object) {
  Bytes body;
  tl::Writer w(body);
  w.uint32(0xf35c6d01);
  w.int64(reqMsgId);
  w.raw(object);
  return body;
}

/// A client session against a server that the test plays.
struct ClientFixture {
  explicit ClientFixture(SessionLimits limits = {})
      : session(testKey(), 77, clock, random, limits), server(crypto::Sender::Server, clock) {
    server.sessionId = session.sessionId();
  }

  /// Connects and swallows the first ping, with its pong.
  void connect() {
    session.onConnected();
    const auto first = sent();
    const Seen* ping = firstOf(first, mt::PingDelayDisconnect::kId);
    ASSERT_NE(ping, nullptr);
    receive(server.packet(mt::Pong{ping->msgId, parsed<mt::PingDelayDisconnect>(ping->body).pingId}, false));
    swallowSalts();
  }

  /// Future salts for days, so that nobody asks again.
  void swallowSalts() {
    const auto asked = sent();
    const Seen* question = firstOf(asked, mt::GetFutureSalts::kId);
    if (question == nullptr) {
      return;
    }
    mt::FutureSalts salts;
    salts.reqMsgId = question->msgId;
    salts.salts.push_back(
        {static_cast<std::int32_t>(kStart - 60), static_cast<std::int32_t>(kStart + 864000), 77});
    receive(server.packet(salts, false));
  }

  std::vector<Seen> sent() { return opened(session.takePackets(), crypto::Sender::Client); }

  std::vector<SessionEvent> receive(const Bytes& packet) {
    auto events = session.receive(packet);
    EXPECT_TRUE(events.ok()) << (events.ok() ? "" : events.error().text());
    return events.ok() ? *std::move(events) : std::vector<SessionEvent>();
  }

  RequestId ask(std::uint32_t number, Idempotency idempotency = Idempotency::Read) {
    return *session.submit(numbered(kQueryId, number), idempotency);
  }

  /// Submits one query and gives it as it was sent.
  Seen askNow(std::uint32_t number, Idempotency idempotency = Idempotency::Read) {
    ask(number, idempotency);
    const auto messages = sent();
    const Seen* query = firstOf(messages, kQueryId);
    EXPECT_NE(query, nullptr);
    return query == nullptr ? Seen{} : *query;
  }

  ManualClock clock{WallTime(std::chrono::seconds(kStart))};
  SeededRandom random{3};
  ClientSession session;
  RawPeer server;
};

}  // namespace mtpool::mtproto
