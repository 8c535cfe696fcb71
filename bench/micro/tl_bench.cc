// SPDX-License-Identifier: Apache-2.0
// Decoding a history page of 100 messages: through views, by stepping over it, and into structs.
#include <benchmark/benchmark.h>

#include "engine/tl/codec.h"
#include "engine/tl/view.h"
#include "tl/api/message.h"
#include "tl/api/views.h"

namespace mtpool::tl {
namespace {

constexpr int kMessages = 100;

api::Message chatMessage(int id) {
  api::Message message;
  message.id = id;
  message.fromId = api::PeerUser{.userId = 6'000'000'000 + id};
  message.peerId = api::PeerChannel{.channelId = 3'000'000'001};
  message.replyTo = api::MessageReplyHeader{.replyToMsgId = id - 1};
  message.date = 1'700'000'000 + id;
  message.message = "A short answer in a busy chat, no more than a line.";
  return message;
}

Bytes page() {
  api::messages::ChannelMessages page;
  page.pts = 1;
  page.count = 100'000;
  for (int id = kMessages; id > 0; --id) {
    page.messages.push_back(chatMessage(id));
  }
  return serialize(page);
}

void pageThroughViews(benchmark::State& state) {
  const Bytes bytes = page();
  for (auto _ : state) {
    Reader reader(bytes);
    view::messages::Messages view;
    view.read(reader);
    std::int64_t sum = 0;
    for (const view::Message& message : view.messages) {
      sum += message.id + static_cast<std::int64_t>(message.text->size());
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * kMessages);
}

void pageSteppedOver(benchmark::State& state) {
  const Bytes bytes = page();
  for (auto _ : state) {
    Reader reader(bytes);
    skipBoxed(reader);
    benchmark::DoNotOptimize(reader.ok());
  }
  state.SetItemsProcessed(state.iterations() * kMessages);
}

void pageIntoStructs(benchmark::State& state) {
  const Bytes bytes = page();
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse<api::messages::TypeMessages>(bytes).ok());
  }
  state.SetItemsProcessed(state.iterations() * kMessages);
}

BENCHMARK(pageThroughViews);
BENCHMARK(pageSteppedOver);
BENCHMARK(pageIntoStructs);

}  // namespace
}  // namespace mtpool::tl
